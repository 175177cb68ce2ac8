"""Codes and links that let somebody in or sign: once, in time, for the right person."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from maillage.charters.models import Signature
from maillage.messaging.models import Message
from tests.factories.accounts import UserFactory
from tests.factories.charters import national, request_for

pytestmark = pytest.mark.django_db
CONFIRM = "account_confirm_login_code"


def code_for(email):
    body = Message.objects.filter(recipient=email).latest("pk").body
    return re.search(r"^([A-Z0-9-]{6,9})$", body, re.MULTILINE)[1]


def ask(client, email):
    client.post(reverse("account_login"), {"email": email})
    return code_for(email)


def is_in(client):
    return client.get("/espace/").status_code == 200


@pytest.fixture
def two():
    """Two people, whose addresses are known."""
    return [UserFactory(email=f"{name}@exemple.org").email for name in ("amina", "bruno")]


def test_a_code_opens_only_where_it_was_asked_for(two):
    here, elsewhere = Client(), Client()
    code = ask(here, two[0])
    elsewhere.post(reverse(CONFIRM), {"code": code})
    assert not is_in(elsewhere)


def test_the_code_of_somebody_else_opens_nothing(two):
    amina, bruno = Client(), Client()
    code_of_bruno = ask(bruno, two[1])
    ask(amina, two[0])
    amina.post(reverse(CONFIRM), {"code": code_of_bruno})
    assert not is_in(amina)


def test_a_code_serves_once(two):
    client = Client()
    code = ask(client, two[0])
    client.post(reverse(CONFIRM), {"code": code})
    assert is_in(client)
    client.post(reverse("account_logout"))
    client.post(reverse(CONFIRM), {"code": code})
    assert not is_in(client)


def test_a_code_ends_after_fifteen_minutes(two, monkeypatch):
    import time

    client = Client()
    code = ask(client, two[0])
    later = time.time() + 15 * 60 + 1
    monkeypatch.setattr(time, "time", lambda: later)
    client.post(reverse(CONFIRM), {"code": code})
    assert not is_in(client)


def test_a_newer_code_ends_the_older_one(two):
    client = Client()
    old = ask(client, two[0])
    client.post(reverse("account_logout"))
    fresh = Client()
    new = ask(fresh, two[0])
    fresh.post(reverse(CONFIRM), {"code": old})
    assert not is_in(fresh)
    fresh.post(reverse(CONFIRM), {"code": new})
    assert is_in(fresh)


def test_guessing_ends_the_code(two):
    client = Client()
    code = ask(client, two[0])
    for guess in ("AAAA", "BBBB", "CCCC", "DDDD"):
        client.post(reverse(CONFIRM), {"code": guess})
    client.post(reverse(CONFIRM), {"code": code})
    assert not is_in(client)


def test_signing_in_changes_the_session(two):
    """Whoever planted a session in the browser beforehand does not share what follows."""
    client = Client()
    code = ask(client, two[0])
    before = client.session.session_key
    client.post(reverse(CONFIRM), {"code": code})
    assert client.session.session_key != before


def link_of(prepared):
    body = Message.objects.filter(recipient=prepared.email).latest("pk").body
    return re.search(r"/charte/signer/confirmer/\S+?/", body)[0]


def test_a_link_to_sign_ends_after_a_week(clock):
    prepared = request_for(national(at=clock.moment), at=clock.moment)
    link = link_of(prepared)
    clock.advance(days=7, seconds=1)
    client = Client()
    assert "a expiré" in client.get(link).content.decode()
    client.post(link)
    assert not Signature.objects.exists()


def test_a_link_signs_once_and_only_its_own(clock):
    version = national()
    one, other = request_for(version, email="un@exemple.org"), request_for(version, email="deux@exemple.org")
    link = link_of(one)
    client = Client()
    for _ in range(3):
        client.get(link)
    assert not Signature.objects.exists()
    for _ in range(3):
        client.post(link)
    assert [signature.organisation for signature in Signature.objects.all()] == [one.organisation]
    other.refresh_from_db()
    assert other.confirmed_at is None


@pytest.mark.parametrize("token", ["x", "0" * 64, "..%2F..%2Fetc", "%00", "é", "a" * 5000, "' OR 1=1 --"])
def test_an_invented_link_is_nothing(token):
    client = Client()
    for answer in (
        client.get(f"/charte/signer/confirmer/{token}/"),
        client.post(f"/charte/signer/confirmer/{token}/"),
    ):
        assert answer.status_code in {400, 404}


def test_a_new_link_ends_the_one_before():
    prepared = request_for(national())
    old = link_of(prepared)
    client = Client()
    client.post(reverse("charters:signature-send-again", args=[prepared.uuid]))
    prepared.refresh_from_db()
    new = link_of(prepared)
    if new != old:
        assert client.post(old).status_code == 404
        assert not Signature.objects.exists()
    assert client.post(new).status_code == 302
    assert Signature.objects.count() == 1
