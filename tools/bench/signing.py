"""How many signatures a second, each on the disk before its answer; and how many are found afterwards.

`python -m tools.bench.signing SECONDS` measures on the database of DATABASE_URL and prints one JSON object.
"""

import json
import os
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

from .crowd import Crowd
from .server import ROOT, environment_of, run, served

PEOPLE = 16
MOST_A_SECOND = 400
LEAST_A_SECOND = 200


def measure(figures, seconds):
    with_postgresql = [str(ROOT / "tools" / "with_postgresql.py"), sys.executable]
    for name, before in (("SQLite", []), ("PostgreSQL", with_postgresql)):
        try:
            said = run(os.environ, *before, "-m", "tools.bench.signing", str(seconds))
        except Exception as error:  # 77: no PostgreSQL here
            print(f"  signatures, {name}: not measured ({error})")
            continue
        found = json.loads(said.splitlines()[-1])
        figures.add(f"signatures, {name}: a second", found["a_second"], "/s", least=LEAST_A_SECOND)
        figures.add(f"signatures, {name}: acknowledged", found["acknowledged"], "")
        figures.add(f"signatures, {name}: acknowledged and not found", found["lost"], "", most=0)
        figures.add(f"signatures, {name}: processor of the server, each", found["processor"], "ms")
        figures.add(f"signatures, {name}: a second of that processor", 1000 / found["processor"], "/s")
        figures.add(f"signatures, {name}: processor of those who sign, each", found["people"], "ms")
        figures.add(f"signatures, {name}: all else on the machine, each", found["elsewhere"], "ms")
        figures.add(f"signatures, {name}: slowest answer of 20", found["p95"] * 1000, "ms")


def _signatures(environment):
    """How many entries the register holds; the command stops everything where it is not whole."""
    return int(re.search(r"(\d+) entrées", run(environment, "manage.py", "verify_register"))[1])


def _busy_ms():
    """Processor used by everything on this machine since it started."""
    with open("/proc/stat") as lines:
        user, nice, system, _idle, _waiting, *others = map(int, next(lines).split()[1:8])
    return (user + nice + system + sum(others)) * 1000 / os.sysconf("SC_CLK_TCK")


def main():
    seconds = float(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix="maillage-bench-") as folder:
        # The sender rests: it would seal certificates with the processor that is measured.
        environment = environment_of(
            Path(folder), DATABASE_URL=os.environ.get("DATABASE_URL", ""), OUTBOX_EVERY_SECONDS="3600"
        )
        run(environment, "manage.py", "demo", "--seed", "4", "--no-serve")
        tokens = run(environment, "-m", "tools.bench.crowd", str(int(seconds * MOST_A_SECOND))).split()
        before = _signatures(environment)
        with served(environment) as server:
            crowd = Crowd(server.address, tokens, people=PEOPLE, patience=seconds)
            processor, started = server.processor_ms(), time.monotonic()
            people, busy = time.process_time(), _busy_ms()
            crowd.start()
            crowd.join()
            lasted = time.monotonic() - started
            processor = server.processor_ms() - processor
            people, busy = (time.process_time() - people) * 1000, _busy_ms() - busy
        acknowledged = sum(status == 302 for status in crowd.answers.values())
        found = _signatures(environment) - before
        durations = statistics.quantiles(crowd.durations, n=20)
        print(
            json.dumps(
                {
                    "a_second": acknowledged / lasted,
                    "acknowledged": acknowledged,
                    "lost": acknowledged - found,
                    "processor": processor / acknowledged,
                    "people": people / acknowledged,
                    "elsewhere": (busy - processor - people) / acknowledged,
                    "p95": durations[-1],
                }
            )
        )


if __name__ == "__main__":
    main()
