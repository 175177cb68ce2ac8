"""The ground of every test: the database, the strict client, the people, the clock."""

import datetime
import logging
import os
import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from django.test import TransactionTestCase, override_settings
from django.utils import timezone

from .harness.client import StrictClient
from .harness.people import *  # noqa: F403
from .harness.template_database import template_database

ONCE = (
    *("tests/ui/", "tests/home/", "tests/demo/"),
    *(f"tests/architecture/test_{name}.py" for name in ("access", "docs", "english", "harness", "journal", "sizes")),
    *(
        f"tests/security/test_{name}.py"
        for name in (
            *("codes_and_links", "doors", "forged", "hidden_fields", "links", "mail_abuse"),
            *(
                "reading_changes_nothing",
                "redirections",
                "side_doors",
                "side_doors_together",
                "uploads",
                "written_words",
            ),
        )
    ),
    *("tests/api/test_schemathesis.py", "tests/api/test_hostile.py"),
)
"""What no database decides: passed on SQLite alone. Queries, constraints, locks and actions are passed on both."""


def pytest_collection_modifyitems(items):
    for item in items:
        if item.nodeid.startswith(ONCE):
            item.add_marker("once")


@pytest.fixture(scope="session", autouse=True)
def data_folder(tmp_path_factory):
    """The run's own data folder: no test writes in the one of a developer."""
    var = tmp_path_factory.mktemp("var")
    (var / "static").mkdir()
    (var / "media").mkdir()
    own = {"VAR": var, "STATIC_ROOT": var / "static", "MEDIA_ROOT": var / "media", "PRIVATE_ROOT": var / "private"}
    if hasattr(settings, "SEAL_FOLDER"):
        own["SEAL_FOLDER"] = var / "seal"
    with override_settings(**own):
        yield var


@pytest.fixture(scope="session", autouse=True)
def logs_are_pytests_affair():
    """The handler that writes on the console holds a stream that pytest has closed; pytest shows what is logged."""
    root = logging.getLogger()
    for handler in [handler for handler in root.handlers if type(handler) is logging.StreamHandler]:
        root.removeHandler(handler)


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker, tmp_path_factory):
    """A database copied from a migrated template; see `tests/harness/template_database.py`."""
    try:
        cache = request.config.cache.mkdir("databases")
    except AttributeError:  # pytest runs without its cache
        cache = Path(tempfile.gettempdir())
    flush = TransactionTestCase._fixture_teardown
    with django_db_blocker.unblock():
        database = template_database(cache=cache, folder=tmp_path_factory.mktemp("database"))
        database.create()
    TransactionTestCase._fixture_teardown = lambda *_: database.restore()
    yield
    TransactionTestCase._fixture_teardown = flush
    with django_db_blocker.unblock():
        database.remove()


@pytest.fixture
def client():
    """A reader who is not signed in; fails on a page that writes while it is read, or breaks the rules of pages."""
    return StrictClient()


@pytest.fixture
def sign_in():
    """`sign_in(amina)` is a strict client in which Amina is signed in. Two people need two clients."""

    def sign_in(user):
        client = StrictClient()
        if user.is_authenticated:
            client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def now():
    """The moment of the test, for the `at` of actions; the views' own clock runs from there."""
    return timezone.now().replace(microsecond=0)


@pytest.fixture
def clock(monkeypatch, now):
    """Stops time at `now`, for views and commands too; `clock.advance(days=3)` moves it."""
    return Clock(monkeypatch, now)


class Clock:
    def __init__(self, monkeypatch, moment):
        self.moment = moment
        monkeypatch.setattr(timezone, "now", lambda: self.moment)

    def advance(self, **length):
        """Moves on by a `timedelta` of that length; returns the new moment."""
        self.moment += datetime.timedelta(**length)
        return self.moment

    def set(self, moment):
        self.moment = moment
        return moment


@pytest.fixture(scope="session")
def official_data():
    """The folder of official sample files: MAILLAGE_DATA, else `shared/data` beside the repository."""
    beside = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
    folder = Path(os.environ.get("MAILLAGE_DATA") or beside)
    if not folder.is_dir():
        pytest.skip("no official sample data here: give its folder in MAILLAGE_DATA")
    return folder
