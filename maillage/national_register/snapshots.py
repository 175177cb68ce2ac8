"""Snapshots of the register on disk: each a folder that never changes; a link says which one is read.

    register/20261001-1a2b3c/register.sqlite3    rows
                             index/              words
    register/current                             link to the snapshot in use, replaced in one move
    register/lock                                held while an import runs

The former snapshot stays until the next import: whoever was reading it goes on.
"""

import datetime
import fcntl
import os
import shutil
import sqlite3
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import tantivy
from django.conf import settings
from django.utils.translation import gettext as _

from .refusals import NoRegister, RegisterRefused

ROWS = "register.sqlite3"
INDEX = "index"
FORMAT = 1
"""Of the tables and the index; a snapshot of another format is not opened."""


def folder():
    """Where snapshots are, in the data folder."""
    return Path(settings.VAR) / "register"


def current_name():
    """The name of the snapshot in use, None where nothing was imported. Costs a few microseconds."""
    try:
        return os.readlink(folder() / "current")
    except OSError:
        return None


@contextmanager
def building():
    """An empty folder to build in, gone afterwards whatever happens; one import at a time.

    Raises RegisterRefused where another import is running.
    """
    folder().mkdir(parents=True, exist_ok=True)
    with open(folder() / "lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise RegisterRefused(_("Une autre importation du répertoire est en cours : attendez sa fin.")) from None
        for left_behind in folder().glob("building-*"):
            shutil.rmtree(left_behind, ignore_errors=True)
        place = folder() / f"building-{os.getpid()}"
        place.mkdir()
        try:
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)


def put_in_use(built, name):
    """``built`` becomes the snapshot in use, in one move; those older than the one it replaces are removed."""
    former = current_name()
    for file in built.rglob("*"):
        if file.is_file():
            # Who imports is not always who serves; what is here is public.
            file.chmod(0o644)
            with file.open("rb") as written:
                os.fsync(written.fileno())
    built.rename(folder() / name)
    link = folder() / f"current-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(name)
    link.replace(folder() / "current")
    directory = os.open(folder(), os.O_RDONLY)
    os.fsync(directory)
    os.close(directory)
    for old in folder().iterdir():
        if old.is_dir() and not old.is_symlink() and old.name not in {name, former}:
            shutil.rmtree(old, ignore_errors=True)


def schema():
    """The index: the words of each row, what it can be narrowed to, and the row's number in the rows' file."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("filters", tokenizer_name="whitespace", index_option="basic")
    builder.add_integer_field("row", fast=True)
    return builder.build()


def a_day(text):
    """The day that the register writes ``text`` (ISO), None where it writes none."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


@dataclass(frozen=True)
class Vintage:
    """Of which day the register is, where it came from, when it was imported, how many rows it holds."""

    on: str
    source: str
    imported_at: str
    rows: int
    rejected: int

    @property
    def day(self):
        """``on`` as a date, None where the file did not tell."""
        return a_day(self.on)


class Snapshot:
    """One snapshot, opened to be read; threads share it."""

    def __init__(self, name):
        place = folder() / name
        self.name = name
        self.process = os.getpid()
        self.index = tantivy.Index.open(str(place / INDEX))
        self.searcher = self.index.searcher()
        self.schema = self.index.schema
        self._uri = f"{(place / ROWS).as_uri()}?mode=ro&immutable=1"
        self._of_thread = threading.local()
        self._connections = []
        self.rows.execute("SELECT 1")
        facts = dict(self.rows.execute("SELECT name, value FROM fact"))
        if int(facts["format"]) != FORMAT:
            raise NoRegister(
                _("Le répertoire importé ici vient d’une autre version de Maillage : importez-le de nouveau.")
            )
        self.vintage = Vintage(
            facts["vintage"], facts["source"], facts["imported_at"], int(facts["rows"]), int(facts["rejected"])
        )

    @property
    def rows(self):
        """This thread's connection to the rows, read-only; keep the snapshot as long as it is used."""
        connection = getattr(self._of_thread, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self._uri, uri=True, check_same_thread=False)
            connection.row_factory = sqlite3.Row
            self._of_thread.connection = connection
            self._connections.append(connection)
        return connection

    def __del__(self):
        for connection in getattr(self, "_connections", ()):
            connection.close()


_opened = None
_opening = threading.Lock()


def current():
    """The snapshot in use, opened at the first call, and again once another was put in its place.

    Raises NoRegister where nothing was imported.
    """
    global _opened
    snapshot, name = _opened, current_name()
    if snapshot is not None and snapshot.name == name and snapshot.process == os.getpid():
        return snapshot
    with _opening:
        for _attempt in range(3):
            name = current_name()
            if name is None:
                break
            try:
                _opened = Snapshot(name)
            except (OSError, ValueError, sqlite3.Error):
                continue  # replaced twice between the two lines above
            return _opened
    raise NoRegister(_("Le répertoire national n’est pas importé ici : lancez d’abord import_rna."))
