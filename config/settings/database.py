"""One URL chooses SQLite or PostgreSQL. SQLite is tuned from the first day (docs/decisions/0004)."""

import dj_database_url

from config import env

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_default_file = env.folder("MAILLAGE_VAR", "var") / "maillage.sqlite3"
_database = dj_database_url.parse(
    env.text("DATABASE_URL") or f"sqlite:///{_default_file}", conn_max_age=60, conn_health_checks=True
)

SQLITE_OPTIONS = {
    # A transaction that means to write says so at once: DEFERRED ones fail under load.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # FULL: a signature acknowledged must survive a power cut.
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728;"
        " PRAGMA journal_size_limit=27103364; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY"
    ),
}

if _database["ENGINE"] == "django.db.backends.sqlite3":
    _database["OPTIONS"] = SQLITE_OPTIONS

DATABASES = {"default": _database}
