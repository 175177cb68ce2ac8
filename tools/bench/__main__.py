"""Measures this version against its budgets: the demo town in a folder of its own, served as anybody would.

    make bench          or: python -m tools.bench [--requests 100] [--seconds 20] [--json PATH]
                                                 [--register FILE] [--clone]

Processor time is the server's own: other work on the machine hardly changes it. Times on the wall do depend on it;
the load is written beside them. Exit code 1 where a budget is passed.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from . import pages, register, search, signing, together, told
from .budgets import Figures
from .server import ROOT, environment_of, fetch, run, served


def measure_start(figures, environment):
    with served(environment):
        pass  # collects static files, once
    with served(environment) as server:
        figures.add("start to first answer", server.started_in, "s", most=10)
        time.sleep(3)
        figures.add("memory at rest, two workers and the sender", server.megabytes(), "MB", most=250)


def measure_inside(figures, environment):
    found = json.loads(run(environment, "-m", "tools.bench.inside", "documents"))
    figures.add("charter PDF", found["charter"], "ms", most=20)
    figures.add("sealed certificate", found["sealed"], "ms", most=500)
    found = json.loads(run(environment, "-m", "tools.bench.inside", "places"))
    figures.add(f"which of {found['outlines']} {found['source']} QPV holds a point", found["one"], "ms", most=0.05)
    figures.add("the same for 2.2 million points", found["all"], "s", most=2)


def measure_clone(figures):
    """From nothing to the first page of the demo, installation included."""
    with tempfile.TemporaryDirectory(prefix="maillage-clone-") as folder:
        started = time.monotonic()
        subprocess.run(["git", "clone", "--quiet", ROOT, f"{folder}/maillage"], check=True)  # noqa: S607
        environment = environment_of(f"{folder}/var")
        demo = subprocess.Popen(
            ["make", "demo"],  # noqa: S607
            cwd=f"{folder}/maillage",
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        try:
            while demo.poll() is None:
                try:
                    fetch(f"http://127.0.0.1:{environment['PORT']}/")
                except OSError:
                    time.sleep(0.1)
                    continue
                figures.add("fresh clone to first page", time.monotonic() - started, "s", most=60)
                break
        finally:
            demo.terminate()
            demo.wait(60)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=100, help="for each page")
    parser.add_argument("--seconds", type=int, default=20, help="of signing, for each database; 0: none")
    parser.add_argument("--json", type=Path, metavar="PATH", help="write the figures there too")
    parser.add_argument("--register", type=Path, metavar="FILE", help="a national register to import and to search")
    parser.add_argument("--clone", action="store_true", help="also install a fresh clone, and time it")
    options = parser.parse_args()
    figures, folder = Figures(), Path(tempfile.mkdtemp(prefix="maillage-bench-"))
    print(f"  load {os.getloadavg()[0]:.1f}; ! is past its budget\n")
    try:
        environment = environment_of(folder)
        started = time.monotonic()
        run(environment, "manage.py", "demo", "--seed", "4", "--no-serve")
        figures.add("demo town from nothing", time.monotonic() - started, "s")
        measure_start(figures, environment)
        pages.measure(figures, environment, options.requests)
        measure_inside(figures, environment)
        together.measure(figures, environment)
        told.measure(figures, environment)
        search.measure(figures, environment)
        if options.seconds:
            signing.measure(figures, options.seconds)
        if options.register:
            register.measure(figures, environment, options.register)
        if options.clone:
            measure_clone(figures)
    finally:
        shutil.rmtree(folder)
        if options.json:
            figures.write(options.json)
    print(f"\n  {len(figures.over)} past their budget (!)" if figures.over else "\n  every budget is kept")
    return 1 if figures.over else 0


if __name__ == "__main__":
    sys.exit(main())
