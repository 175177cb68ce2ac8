"""This version, served as anybody would, and what the system says that it costs. Linux: /proc."""

import dataclasses
import gzip
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def environment_of(folder, **others):
    """The variables of a demo in ``folder``, on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    own = {"MAILLAGE_VAR": str(folder), "PORT": port, "DATABASE_URL": "", "MAILLAGE_DEMO": "yes"}
    return {**os.environ, **own, **others}


def run(environment, *command, **options):
    """Run a Python command of the checkout to its end; returns what it printed."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        **options,
    )
    return done.stdout


@dataclasses.dataclass
class Served:
    process: subprocess.Popen
    address: str
    started_in: float

    def pids(self):
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [self.process.pid, *map(int, children)]

    def processor_ms(self):
        """Of the master and all its processes since they started: other work on the machine hardly changes it."""
        ticks = 0
        for pid in self.pids():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks * 1000 / os.sysconf("SC_CLK_TCK")

    def megabytes(self):
        """Proportional set size: what this server alone adds to the machine."""
        total = 0
        for pid in self.pids():
            smaps = Path(f"/proc/{pid}/smaps_rollup").read_text()
            total += int(re.search(r"^Pss:\s+(\d+)", smaps, re.MULTILINE)[1])
        return total / 1024

    def processor_a_request(self, path, requests):
        address = self.address + path
        for _warm in range(10):
            fetch(address)
        before = self.processor_ms()
        for _turn in range(requests):
            fetch(address)
        return (self.processor_ms() - before) / requests


@contextmanager
def served(environment):
    """The server, until the end of the block."""
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{environment['PORT']}"
    try:
        while True:
            if process.poll() is not None:
                raise SystemExit("the server did not start")
            try:
                fetch(f"{address}/charte/registre.ndjson")
            except OSError:
                time.sleep(0.02)
                continue
            break
        yield Served(process, address, time.monotonic() - started)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def fetch(address):
    """(bytes on the wire, bytes of the body)."""
    headers = {"Accept-Encoding": "gzip", "Accept-Language": "fr"}
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 (our own server)
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        wire = answer.read()
        zipped = answer.headers.get("Content-Encoding") == "gzip"
        return wire, gzip.decompress(wire) if zipped else wire
