"""Hidden fields, numbers and dates that no page of ours would send: refused in words, never a failure."""

from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from maillage.charters import actions
from maillage.organisations.actions import follow_mandates

from .doors import DOORS
from .scene import build_scene

pytestmark = pytest.mark.django_db
NUL = "a\x00b"
NUMBERS = ["-1", "9" * 30, "٣"]
DAYS = ["9999-12-31", "0001-01-01"]


@pytest.fixture
def scene(request):
    return build_scene(request)


@contextmanager
def no_nul():
    """PostgreSQL refuses a text with a NUL, SQLite keeps it: neither may meet one."""

    def look(execute, sql, parameters, many, context):
        flat = [value for value in parameters or () if isinstance(value, str)]
        assert not any("\x00" in value for value in flat), f"a NUL reaches the database: {sql[:80]}"
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(look):
        yield


def forgeries(data):
    for name, value in data.items():
        if isinstance(value, UploadedFile):
            yield name, {**data, name: "pas un fichier"}
            continue
        for nasty in [NUL, *strange(name, value)]:
            yield f"{name}={nasty[:12]!r}", {**data, name: nasty}
    yield "nothing", {}
    texts = [name for name, value in data.items() if isinstance(value, str)]
    yield "too long", {**data, **{name: "<b>\r\nBcc: x@y.z" + "a" * 70_000 for name in texts}}


def strange(name, value):
    if name.endswith("_on") or name == "until":
        return DAYS
    return [] if isinstance(value, str) and name != "organisation" else NUMBERS


def test_nothing_that_is_sent_makes_an_address_fail(scene):
    """Each field of each form in turn, from somebody who may; then the pages and the daily work, where it passed."""
    wrong, clients = [], {}
    for name, door in DOORS.items():
        if not door.may or name in {"privacy:forget", "charters:publish-national"}:
            continue
        persona = sorted(door.may)[-1] if "djibril" not in door.may else "djibril"
        scene["persona"] = persona
        client = clients.setdefault(persona, Client(raise_request_exception=False))
        if scene[persona].is_authenticated and "sessionid" not in str(client.cookies):
            client.force_login(scene[persona])
        for what, data in forgeries(door.data(scene)):
            cache.clear()
            kept = transaction.savepoint()
            try:
                with no_nul():
                    answer = client.post(reverse(name, kwargs=door.where(scene)), data)
                if answer.status_code >= 500:
                    wrong.append(f"{name}, {what}: {answer.exc_info[1]!r}")
                elif answer.status_code == 302 and ("9999" in what or "0001" in what):
                    wrong += [f"{name}, {what}: {trouble}" for trouble in afterwards(scene)]
            except AssertionError as error:
                wrong.append(f"{name}, {what}: {error}")
            transaction.savepoint_rollback(kept)
    assert not wrong, "\n".join(wrong)


def afterwards(scene):
    """What a strange day, once taken, breaks."""
    now = timezone.now()
    try:
        actions.follow_renewals(at=now)
        actions.follow_reviews(at=now)
        follow_mandates(at=now)
    except Exception as error:
        yield f"the daily work: {error!r}"
    client = Client(raise_request_exception=False)
    client.force_login(scene["elsa"])
    addresses = [scene[name].get_absolute_url() for name in ("adopted", "asleep", "ready", "entraide", "jardins")]
    for address in [
        *addresses,
        "/espace/",
        "/charte/adaptations/",
        "/charte/signataires/",
        "/territoires/couverture/",
    ]:
        answer = client.get(address)
        if answer.status_code >= 500:
            yield f"{address}: {answer.exc_info[1]!r}"
