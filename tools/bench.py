"""Measures this version against its budgets: the demo town in a folder of its own, served as anybody would.

    make bench          or: tools/bench.py [--requests 100] [--keep FOLDER]

Processor time is the server's own, from /proc: other work on the machine hardly changes it. Times on the wall do
depend on it; the load is printed. Exit code 1 where a budget is passed.
"""

import argparse
import dataclasses
import gzip
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from bisect import bisect_right
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

ROOT = Path(__file__).resolve().parent.parent
PAGES = [
    "/",
    "/charte/",
    "/charte/signer/",
    "/charte/signataires/",
    "/charte/adaptations/",
    "/territoires/",
    "/annuaire/",
]
FIRST_OF = {"/territoires/": r'href="(/territoires/[\w-]+/)"', "/annuaire/": r'href="(/annuaire/[\w-]+/)"'}
"""The first link of a list leads to a page that is measured too."""
FILES = ["/charte/charte.pdf", "/charte/registre.ndjson"]

MOST_KILOBYTES, MOST_REQUESTS, MOST_ELEMENTS, LEAST_ECOINDEX = 40, 8, 400, 85
MOST_PAGE_MS, MOST_PDF_MS, MOST_MEGABYTES, MOST_START_SECONDS = 10, 20, 250, 10

# EcoIndex, quantiles of the HTTP Archive as its authors publish them (elements, requests, kilobytes).
QUANTILES = {
    "elements": [0, 47, 75, 159, 233, 298, 358, 417, 476, 537, 603, 674, 753, 843, 949, 1076, 1237, 1459, 1801, 2479],
    "requests": [0, 2, 15, 25, 34, 42, 49, 56, 63, 70, 78, 86, 95, 105, 117, 130, 147, 170, 205, 281],
    "kilobytes": [
        *(0, 1.37, 144.7, 319.53, 479.46, 631.97, 783.38, 937.91, 1098.62, 1265.47, 1448.32),
        *(1648.27, 1876.08, 2142.06, 2465.37, 2866.31, 3401.59, 4155.73, 5400.08, 8037.54),
    ],
}
WEIGHTS = {"elements": 3, "requests": 2, "kilobytes": 1}
over_budget = []


@dataclasses.dataclass
class Served:
    process: subprocess.Popen
    address: str
    started_in: float

    def pids(self):
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [self.process.pid, *map(int, children)]

    def processor_ms(self):
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


class Page(HTMLParser):
    """Counts elements, an SVG drawing as one, and gathers what the page asks for."""

    def __init__(self):
        super().__init__()
        self.elements, self.assets, self.drawing = 0, set(), 0

    def handle_starttag(self, tag, attributes):
        self.elements += not self.drawing
        self.drawing += tag == "svg"
        found = dict(attributes)
        if tag in {"script", "img"} and found.get("src") and found.get("loading") != "lazy":
            self.assets.add(found["src"])
        if tag == "link" and found.get("rel") in {"stylesheet", "icon", "modulepreload"}:
            self.assets.add(found["href"])

    def handle_endtag(self, tag):
        self.drawing -= tag == "svg"


def fetch(address):
    """(bytes on the wire, bytes of the body, media type)."""
    headers = {"Accept-Encoding": "gzip", "Accept-Language": "fr"}
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 (our own server)
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        wire = answer.read()
        zipped = answer.headers.get("Content-Encoding") == "gzip"
        return wire, gzip.decompress(wire) if zipped else wire, answer.headers.get_content_type()


def ecoindex(**measures):
    score = 0.0
    for name, value in measures.items():
        marks = [*QUANTILES[name], float("inf")]
        rank = bisect_right(marks, value) - 1
        width = marks[rank + 1] - marks[rank]
        score += WEIGHTS[name] * (rank + (value - marks[rank]) / width)
    return 100 - 5 * score / sum(WEIGHTS.values())


def budget(value, limit, *, least=False):
    """The value in words, marked where it is past its budget."""
    is_over = value < limit if least else value > limit
    if is_over:
        over_budget.append(limit)
    return f"{value:7.1f}{'!' if is_over else ' '}"


def processor_a_request(server, address, requests):
    for _warm in range(10):
        fetch(address)
    before = server.processor_ms()
    for _turn in range(requests):
        fetch(address)
    return (server.processor_ms() - before) / requests


def measure_page(server, path, requests):
    address = urljoin(server.address, path)
    wire, body, _kind = fetch(address)
    page = Page()
    page.feed(body.decode())
    ours = {urljoin(address, asset) for asset in page.assets if not asset.startswith("data:")}
    if {urlsplit(asset).netloc for asset in ours} - {urlsplit(address).netloc}:
        raise SystemExit(f"{path} asks another host")
    kilobytes = (len(wire) + sum(len(fetch(asset)[0]) for asset in ours)) / 1024
    score = ecoindex(elements=page.elements, requests=1 + len(ours), kilobytes=kilobytes)
    print(
        f"  {path:36.36}{budget(kilobytes, MOST_KILOBYTES)}{budget(1 + len(ours), MOST_REQUESTS)}"
        f"{budget(page.elements, MOST_ELEMENTS)}{budget(score, LEAST_ECOINDEX, least=True)}"
        f"{budget(processor_a_request(server, address, requests), MOST_PAGE_MS)}",
        flush=True,
    )
    return body.decode()


def serve(environment):
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{environment['PORT']}"
    while process.poll() is None:
        try:
            fetch(f"{address}/charte/registre.ndjson")
        except OSError:
            time.sleep(0.02)
            continue
        return Served(process, address, time.monotonic() - started)
    raise SystemExit("the server did not start")


def report(server, requests):
    print(f"\n  {'page, first visit':36}     kB    req.   elem.  EcoI.  CPU ms")
    for path in PAGES:
        body = measure_page(server, path, requests)
        if path in FIRST_OF and (first := re.search(FIRST_OF[path], body)):
            measure_page(server, first[1], requests)
    for path in FILES:
        address = urljoin(server.address, path)
        cost = processor_a_request(server, address, max(10, requests // 5))
        print(f"  {path:36.36}{len(fetch(address)[0]) / 1024:7.1f} {'':24}{budget(cost, MOST_PDF_MS)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=100)
    parser.add_argument("--keep", metavar="FOLDER", help="data folder to use, and to leave")
    options = parser.parse_args()
    folder = Path(options.keep or tempfile.mkdtemp(prefix="maillage-bench-")).resolve()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    environment = {
        **os.environ,
        "MAILLAGE_VAR": str(folder),
        "PORT": port,
        "DATABASE_URL": "",
        "MAILLAGE_DEMO": "yes",
    }
    started = time.monotonic()
    subprocess.run(
        [sys.executable, "manage.py", "demo", "--seed", "4", "--no-serve"],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    seconds = time.monotonic() - started
    print(f"  demo town from nothing               {seconds:7.1f} s   (load {os.getloadavg()[0]:.1f})")
    first = serve(environment).process  # collects static files, once
    first.terminate()
    first.wait(30)
    server = serve(environment)
    try:
        print(f"  start to first answer                {budget(server.started_in, MOST_START_SECONDS)}s")
        time.sleep(3)
        print(f"  memory at rest, two workers (PSS)    {budget(server.megabytes(), MOST_MEGABYTES)}MB")
        report(server, options.requests)
        print(f"\n  memory after that (PSS)              {server.megabytes():7.1f} MB")
    finally:
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(30)
        if not options.keep:
            shutil.rmtree(folder)
    print(f"  {len(over_budget)} past their budget (!)" if over_budget else "  every budget is kept")
    return 1 if over_budget else 0


if __name__ == "__main__":
    sys.exit(main())
