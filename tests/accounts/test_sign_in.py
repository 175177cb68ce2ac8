"""Signing in by a code sent by e-mail; no password anywhere."""

import re

import pytest
from django.urls import reverse

from maillage.accounts.models import User
from maillage.messaging.models import Message
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def code():
    message = Message.objects.latest("pk")
    assert not re.search(r"\d{4}", message.subject), "an operator reads subjects: no code in them"
    return re.search(r"^([A-Z0-9-]{6,9})$", message.body, re.MULTILINE)[1]


def test_signing_in(client):
    UserFactory(email="amina@exemple.org", first_name="Amina", last_name="B.")
    client.post(reverse("account_login"), {"email": "Amina@exemple.org"})
    assert Message.objects.get().recipient == "amina@exemple.org"
    page = client.post(reverse("account_confirm_login_code"), {"code": code()}, follow=True)
    assert "Bonjour Amina B." in page.content.decode()


def test_a_wrong_code_is_refused_and_another_try_is_left(client):
    UserFactory(email="amina@exemple.org")
    client.post(reverse("account_login"), {"email": "amina@exemple.org"})
    right = code()
    page = client.post(reverse("account_confirm_login_code"), {"code": "AAAAAA"})
    assert page.status_code == 200
    assert "field--error" in page.content.decode()
    client.post(reverse("account_confirm_login_code"), {"code": right})
    assert client.get("/espace/").status_code == 200


def test_an_unknown_address_is_answered_like_a_known_one(client):
    known, unknown = "amina@exemple.org", "inconnue@exemple.org"
    UserFactory(email=known)
    answers = [type(client)().post(reverse("account_login"), {"email": email}) for email in (known, unknown)]
    assert answers[0].status_code == answers[1].status_code == 302
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert "pas de compte" in Message.objects.get(recipient=unknown).body


def test_creating_an_account(client):
    client.post(reverse("account_signup"), {"email": "neuve@exemple.org"})
    page = client.post(reverse("account_email_verification_sent"), {"code": code()}, follow=True)
    assert page.status_code == 200
    person = User.objects.get(email="neuve@exemple.org")
    assert not person.has_usable_password()
    assert client.get("/espace/").status_code == 200


def test_a_page_that_needs_a_person_comes_back_after_signing_in(client):
    UserFactory(email="amina@exemple.org")
    asked = client.get("/organisations/nouvelle/")
    assert asked.headers["Location"] == "/compte/connexion/?next=/organisations/nouvelle/"
    form = client.get(asked.headers["Location"]).content.decode()
    assert 'name="next"' in form
    client.post(reverse("account_login"), {"email": "amina@exemple.org", "next": "/organisations/nouvelle/"})
    confirm = client.post(reverse("account_confirm_login_code"), {"code": code(), "next": "/organisations/nouvelle/"})
    assert confirm.headers["Location"] == "/organisations/nouvelle/"


def test_no_page_asks_for_a_password(client):
    for route in ("account_login", "account_signup"):
        assert "password" not in client.get(reverse(route)).content.decode()


def test_codes_cannot_be_asked_for_without_end(client):
    UserFactory(email="amina@exemple.org")
    answers = [client.post(reverse("account_login"), {"email": "amina@exemple.org"}).status_code for _ in range(30)]
    assert 429 in answers or Message.objects.count() < 30
