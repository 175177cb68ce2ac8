"""Building a snapshot: records in, a file of rows and an index out."""

import sqlite3
from itertools import islice

import tantivy

from . import snapshots
from .analysis import index_terms, length
from .records import Record, filters

BATCH = 5_000
INDEX_MEMORY = 220_000_000
TABLES = f"""
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE rejected (file TEXT NOT NULL, line INTEGER NOT NULL, reason TEXT NOT NULL);
CREATE TABLE association (row INTEGER PRIMARY KEY, {", ".join(f"{name} TEXT NOT NULL" for name in Record._fields)});
"""
INDEXES = (
    "CREATE UNIQUE INDEX association_number ON association (number)",
    "CREATE INDEX association_siret ON association (siret) WHERE siret <> ''",
)


class Builder:
    """Fills one snapshot. Use as a context; then `finish`, or nothing of it is good."""

    def __init__(self, place):
        self._rows = sqlite3.connect(place / snapshots.ROWS, isolation_level=None)
        self._rows.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE;"
            " PRAGMA cache_size=-64000;"
        )
        self._rows.executescript(TABLES)
        (place / snapshots.INDEX).mkdir()
        self._schema = snapshots.schema()
        self._writer = tantivy.Index(self._schema, path=str(place / snapshots.INDEX)).writer(INDEX_MEMORY, 1)
        marks = ",".join("?" * (len(Record._fields) + 1))
        self._insert = f"INSERT INTO association VALUES ({marks})"  # noqa: S608  question marks alone
        self.count = 0

    def __enter__(self):
        self._rows.execute("BEGIN")
        return self

    def __exit__(self, error, *_):
        self._rows.close()
        if error:
            # Its threads would go on writing in a folder that is about to go.
            self._writer.rollback()
            self._writer.wait_merging_threads()

    def add(self, records):
        """Write all of ``records``, an iterator."""
        add_document, Document = self._writer.add_document, tantivy.Document
        while batch := list(islice(records, BATCH)):
            first = self.count
            self._rows.executemany(self._insert, ((n, *record) for n, record in enumerate(batch, first)))
            for n, record in enumerate(batch, first):
                add_document(
                    Document(
                        words=index_terms(record.title, record.short_title, record.commune),
                        filters=f"{filters(record)} n{length(record.title)}",
                        row=n,
                    )
                )
            self.count += len(batch)

    def latest_sign(self):
        """The latest day that any row tells of."""
        return self._rows.execute("SELECT max(last_sign) FROM association").fetchone()[0] or ""

    def finish(self, *, facts, rejected):
        """Write what is known of the whole, and the indexes."""
        self._rows.executemany("INSERT INTO rejected VALUES (?, ?, ?)", rejected)
        self._rows.executemany(
            "INSERT INTO fact VALUES (?, ?)", [(name, str(value)) for name, value in facts.items()]
        )
        self._writer.commit()
        for index in INDEXES:
            self._rows.execute(index)
        self._rows.execute("COMMIT")
        self._writer.wait_merging_threads()
