"""Where one is led afterwards is always on this site."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from maillage.messaging.models import Message

pytestmark = pytest.mark.django_db
ELSEWHERE = [
    "https://mechant.example/",
    "//mechant.example/",
    "///mechant.example",
    "/\\mechant.example",
    "\\\\mechant.example",
    "https:mechant.example",
    "javascript:alert(1)",
    "http://testserver@mechant.example/",
    "http://testserver.mechant.example/",
    "data:text/html,x",
    " https://mechant.example/",
    "/\thttps://mechant.example",
    "https://mechant.example\\@testserver/",
]


def is_ours(answer):
    if answer.status_code not in {301, 302, 303, 307, 308}:
        return True
    where = answer["Location"].strip()
    return bool(re.match(r"(https?://testserver)?/(?![/\\])", where)) and not where.startswith("//")


@pytest.mark.parametrize("there", ELSEWHERE)
def test_after_signing_in(amina, there):
    client = Client()
    client.get(reverse("account_login"), {"next": there})
    client.post(reverse("account_login"), {"email": amina.email, "next": there})
    code = re.search(r"^([A-Z0-9-]{6,9})$", Message.objects.latest("pk").body, re.MULTILINE)[1]
    answer = client.post(reverse("account_confirm_login_code"), {"code": code, "next": there})
    assert answer.status_code == 302
    assert is_ours(answer), answer["Location"]
    assert client.get("/espace/").status_code == 200


@pytest.mark.parametrize("there", ELSEWHERE)
@pytest.mark.parametrize(
    "address",
    ["/langue/", "/demo/devenir/", "/compte/quitter/", "/compte/connexion/", "/compte/securite/confirmer/"],
)
def test_everywhere_else(sign_in, amina, there, address):
    for client in (Client(), sign_in(amina)):
        fields = {"next": there, "language": "en", "persona": ""}
        assert is_ours(client.post(address, fields, HTTP_REFERER="https://mechant.example/"))
        assert is_ours(client.get(address, {"next": there}))


@pytest.mark.parametrize("there", ELSEWHERE)
def test_the_door_of_the_back_office(there):
    answer = Client().get("/gestion/login/", {"next": there})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/compte/connexion/?next=")


def test_a_host_that_is_not_ours_is_not_answered():
    assert Client().get("/", HTTP_HOST="mechant.example").status_code == 400
