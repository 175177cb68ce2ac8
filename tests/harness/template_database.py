"""The test database, copied from a template that is migrated once per set of migration files.

SQLite: the test database is a file (threads see the same rows, with the options of production), written over
from the template in a few milliseconds. PostgreSQL: `CREATE DATABASE … TEMPLATE`. A test that commits
(`transaction=True`) gets the template again when it ends, rows of the first migrations included: Django's own
flush would leave neither Wagtail's root page nor its locale.
"""

import hashlib
import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection, connections

LOCK = 4_201_901
"""Any number, the same in every run: whoever builds a template holds this advisory lock."""
KEPT_SECONDS = 7 * 24 * 60 * 60


def template_key():
    """What the migrations say, in sixteen hexadecimal digits: a changed file is a new template."""
    digest = hashlib.sha256()
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
        for file in sorted((Path(app.path) / "migrations").glob("*.py")):
            digest.update(f"{app.label}/{file.name}\0".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def template_database(*, cache, folder):
    """The template for the engine in use. ``cache`` outlives the run; ``folder`` is this run's own."""
    kind = SQLiteTemplate if connection.vendor == "sqlite" else PostgreSQLTemplate
    return kind(cache=cache, folder=folder)


def _use(name):
    """Point every connection, of every thread, at the database ``name``."""
    connections.close_all()
    connection.settings_dict["NAME"] = str(name)


class SQLiteTemplate:
    def __init__(self, *, cache, folder):
        self.template = cache / f"{template_key()}.sqlite3"
        self.file = folder / "test.sqlite3"

    def create(self):
        if not self.template.exists():
            self._build()
        self._remove_old()
        _use(self.file)
        self.restore()

    def _build(self):
        # Two runs may build it at once: each in its own file, and the last one takes the place.
        _use(self.file)
        call_command("migrate", verbosity=0)
        fresh = self.template.with_suffix(f".{os.getpid()}")
        with closing(sqlite3.connect(fresh)) as copy:
            connection.connection.backup(copy)
        os.replace(fresh, self.template)

    def _remove_old(self):
        for file in self.template.parent.glob("*.sqlite3"):
            if file != self.template and file.stat().st_mtime < time.time() - KEPT_SECONDS:
                file.unlink(missing_ok=True)

    def restore(self):
        """The test database, as the migrations leave it."""
        connections.close_all()
        with closing(sqlite3.connect(self.template)) as source, closing(sqlite3.connect(self.file)) as target:
            source.backup(target)

    def remove(self):
        connections.close_all()
        for file in self.file.parent.glob(f"{self.file.name}*"):
            file.unlink()


class PostgreSQLTemplate:
    def __init__(self, *, cache, folder):
        self.template = f"maillage_template_{template_key()}"
        self.name = f"test_maillage_{os.getpid()}"

    def create(self):
        connections.close_all()
        with connection._nodb_cursor() as server:
            server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.template])
            if server.fetchone() is None:
                self._build(server)
            server.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        _use(self.name)
        self.restore()

    def _build(self, server):
        building = f"{self.template}_building"
        server.execute(f'DROP DATABASE IF EXISTS "{building}"')
        server.execute(f'CREATE DATABASE "{building}"')
        _use(building)
        call_command("migrate", verbosity=0)
        connections.close_all()
        server.execute(f'ALTER DATABASE "{building}" RENAME TO "{self.template}"')

    def restore(self):
        """The test database, as the migrations leave it."""
        connections.close_all()
        with connection._nodb_cursor() as server:
            server.execute(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
            server.execute(f'CREATE DATABASE "{self.name}" TEMPLATE "{self.template}"')

    def remove(self):
        connections.close_all()
        with connection._nodb_cursor() as server:
            server.execute(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
