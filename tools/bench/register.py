"""The national register: imported while pages are served, searched, and PostgreSQL given the same rows and questions.

Needs a file of the register: `make bench ARGS="--register FILE"`. Without PostgreSQL on the machine, ours alone.
"""

import contextlib
import json
import os
import random
import re
import resource
import statistics
import subprocess
import sys
import threading
import time
import urllib.error
from pathlib import Path

from tools.with_postgresql import binaries, server

from .server import ROOT, fetch, run, served

QUESTIONS = 200
A_SECOND = 20
"""Pages asked each second while the import runs."""


def measure(figures, environment, path):
    """Imports ``path`` beside a server that answers, then asks; adds what was found to ``figures``."""
    # One network asks for a whole town: its limit is not what is measured.
    with served({**environment, "LIMIT_SEARCHES": "100000/m/network"}) as site:
        steady = Steady(site.address)
        steady.start()
        seconds, megabytes = _import(environment, path)
        steady.stop()
    figures.add("import of the register, the site serving", seconds, "s", most=90)
    figures.add("memory of the import, at most", megabytes, "MB", most=1000)
    figures.add("pages asked meanwhile that failed", steady.failed, "", most=0)
    figures.add("pages a second meanwhile", steady.answered / steady.seconds, "/s", least=A_SECOND * 0.95)
    figures.add("a page meanwhile, p95", steady.p95_ms, "ms")
    ours = json.loads(run(environment, "-m", "tools.bench.register", "ask"))
    for kind, found in ours["times"].items():
        figures.add(f"search: {kind}, p95", found["p95"], "ms", most=5)
    programs = binaries()
    if programs is None:
        print("  PostgreSQL is not on this machine: nothing to compare with.")
        return
    with server(programs) as address:
        asked = {**environment, "QUESTIONS": json.dumps(ours["asked"])}
        theirs = json.loads(run(asked, "-m", "tools.bench.register", "postgresql", address, str(path)))
    figures.add("the same file read and copied to PostgreSQL", theirs["copied"], "s")
    figures.add("the same with its text and trigram indexes", theirs["load"], "s")
    figures.add("import: ours to PostgreSQL's", seconds / theirs["load"], "×", most=1 / 3)
    for kind, found in theirs["times"].items():
        ratio = ours["times"][kind]["p95"] / found["p95"]
        figures.add(f"search: {kind}, ours to PostgreSQL's {found['p95']:.1f} ms, p95", ratio, "×", most=1)


def _import(environment, path):
    started = time.monotonic()
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    subprocess.run(
        [sys.executable, "manage.py", "import_rna", str(path)],
        cwd=ROOT,
        env=environment,
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    most = max(before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    return time.monotonic() - started, most / 1024


class Steady(threading.Thread):
    """Asks A_SECOND pages each second, in turn, whatever the answers take; four readers."""

    PATHS = ("/", "/annuaire/", "/territoires/", "/charte/", "/annuaire/?q=sport")

    def __init__(self, address):
        super().__init__(daemon=True)
        self.address, self.failed, self.times = address, 0, []
        self.over = threading.Event()
        self.began = time.monotonic()

    def run(self):
        readers = [threading.Thread(target=self._read, args=(place,), daemon=True) for place in range(4)]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()

    def _read(self, place):
        turn = place
        while not self.over.is_set():
            time.sleep(max(0.0, self.began + turn / A_SECOND - time.monotonic()))
            asked = time.monotonic()
            try:
                fetch(self.address + self.PATHS[turn % len(self.PATHS)])
                self.times.append(time.monotonic() - asked)
            except (OSError, urllib.error.URLError):
                self.failed += 1
            turn += 4

    def stop(self):
        self.over.set()
        self.join()
        self.seconds = time.monotonic() - self.began

    @property
    def answered(self):
        return len(self.times)

    @property
    def p95_ms(self):
        return statistics.quantiles(self.times, n=20)[-1] * 1000


def ask():
    """Our times, and the questions: drawn from the rows imported, each kind as people would type it."""
    from maillage.national_register import search, snapshots

    questions = _questions(snapshots.current())
    times = {}
    for kind, asked in questions.items():
        for text in asked[:20]:
            search.find(text, limit=20)
        times[kind] = _quantiles([_timed(search.find, text, limit=20) for text in asked])
    return {"times": times, "asked": questions}


def _questions(snapshot):
    drawn = random.Random(4)  # noqa: S311  questions, not secrets
    most = snapshot.vintage.rows
    rows = [
        snapshot.rows.execute("SELECT number, title, commune FROM association WHERE row = ?", (number,)).fetchone()
        for number in drawn.sample(range(1, most + 1), min(most, QUESTIONS * 3))
    ]
    rows = [row for row in rows if row is not None and len(row["title"].split()) > 1][:QUESTIONS]
    words = [[word for word in row["title"].split() if len(word) > 3] or row["title"].split() for row in rows]
    return {
        "number": [row["number"] for row in rows],
        "two words, the last unfinished": [" ".join(found[:2])[:-1] for found in words],
        "name and commune": [f"{row['title']} {row['commune']}" for row in rows],
        "a typing error": [_mistyped(row["title"], drawn) for row in rows],
    }


def _mistyped(title, drawn):
    """A letter forgotten in its longest word."""
    longest = max(re.findall(r"[^\W\d_]+", title) or [title], key=len)
    at = drawn.randrange(1, max(2, len(longest) - 1))
    return title.replace(longest, longest[:at] + longest[at + 1 :], 1)


def _timed(work, *arguments, **options):
    started = time.perf_counter()
    work(*arguments, **options)
    return (time.perf_counter() - started) * 1000


def _quantiles(times):
    return {"p50": statistics.median(times), "p95": statistics.quantiles(times, n=20)[-1]}


WORDS = "plain(title || ' ' || short_title || ' ' || commune)"
PREPARE = (
    "CREATE EXTENSION unaccent",
    "CREATE EXTENSION pg_trgm",
    "CREATE FUNCTION plain(text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT lower(unaccent('unaccent', $1)) $$",
)
TABLE = (
    f"CREATE TABLE association ({{columns}}, words text GENERATED ALWAYS AS ({WORDS}) STORED,"
    f" found tsvector GENERATED ALWAYS AS (to_tsvector('french', {WORDS})) STORED)"
)
INDEXES = (
    "CREATE INDEX ON association (number)",
    "CREATE INDEX ON association (siret) WHERE siret <> ''",
    "CREATE INDEX ON association USING gin (found)",
    "CREATE INDEX ON association USING gin (words gin_trgm_ops)",
    "ANALYZE association",
)
BY_NUMBER = "SELECT title FROM association WHERE number = %s LIMIT 20"
BY_WORDS = (
    "SELECT title FROM association, to_tsquery('french', plain(%s)) asked WHERE found @@ asked"
    " ORDER BY ts_rank(found, asked) DESC LIMIT 20"
)
BY_LIKENESS = (
    "SELECT title FROM association, plain(%s) asked WHERE words %% asked"
    " ORDER BY similarity(words, asked) DESC LIMIT 20"
)


def postgresql(address, path):
    """The same file read by the same code, copied, indexed for the same service, and the same questions asked."""
    import psycopg

    from maillage.national_register.records import Record

    asked, columns = json.loads(os.environ["QUESTIONS"]), ", ".join(Record._fields)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("SET maintenance_work_mem = '512MB'")
        for statement in (*PREPARE, TABLE.format(columns=", ".join(f"{name} text" for name in Record._fields))):
            connection.execute(statement)
        started = time.monotonic()
        with connection.cursor().copy(f"COPY association ({columns}) FROM STDIN") as copy:
            for record in _read(Path(path)):
                copy.write_row(record)
        copied = time.monotonic() - started
        for statement in INDEXES:
            connection.execute(statement)
        load = time.monotonic() - started
        times = {}
        for kind, texts in asked.items():
            texts = texts[:60] if kind == "a typing error" else texts
            times[kind] = _quantiles([_timed(_theirs, connection, kind, text) for text in texts])
    return {"load": load, "copied": copied, "times": times}


def _read(path):
    from maillage.national_register.reading import parts_of, read_part

    with parts_of(path) as parts:
        for part in parts:
            rows = read_part(part, latest="9999-12-31", reject=lambda *_: None, advance=lambda _count: None)
            yield from (record for _line, record in rows if record is not None)


def _theirs(connection, kind, text):
    if kind == "number":
        return connection.execute(BY_NUMBER, (text,)).fetchall()
    if kind == "a typing error":
        return connection.execute(BY_LIKENESS, (text,)).fetchall()
    words = ["".join(filter(str.isalnum, word)) for word in text.split()]
    words = [word for word in words if word]
    query = " & ".join([*words[:-1], f"{words[-1]}:*"])
    return connection.execute(BY_WORDS, (query,)).fetchall()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    import django

    django.setup()
    with contextlib.suppress(BrokenPipeError):
        print(json.dumps(ask() if sys.argv[1] == "ask" else postgresql(*sys.argv[2:])))
