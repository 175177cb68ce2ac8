"""The same bytes for everybody, readable from any site, and nothing but reading."""

import json

import pytest
from django.core.cache import cache
from django.test import Client

from config.settings import limits
from tests.api.conftest import ADDRESSES, LISTS
from tests.architecture.test_access import declared

pytestmark = pytest.mark.django_db


def content(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize("persona", ["amina", "elsa", "fatou", "gael"])
def test_whoever_asks_gets_the_same_bytes(request, world, sign_in, persona):
    somebody = request.getfixturevalue(persona)
    client = sign_in(somebody)
    client.cookies["langue"] = "en"
    for address in [*ADDRESSES, "/api/v1/rien", "/api/v1/organisations?limite=0"]:
        theirs, ours = client.get(address), Client().get(address)
        assert content(theirs) == content(ours), address
        assert theirs.headers == ours.headers, address
        assert not theirs.cookies


@pytest.mark.parametrize("address", [*ADDRESSES, "/api/v1/rien", "/api/v1/organisations?curseur=x"])
def test_another_site_may_read_it_without_credentials(world, client, address):
    answer = client.get(address, headers={"Origin": "https://ailleurs.example"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer
    assert "Cookie" not in answer.get("Vary", "")
    content(answer)


def test_a_browser_may_ask_before(client, db):
    answer = client.options("/api/v1/organisations")
    assert (answer.status_code, answer["Access-Control-Allow-Headers"]) == (204, "If-None-Match")
    assert "POST" not in answer["Access-Control-Allow-Methods"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_is_only_read(client, db, method):
    answer = getattr(Client(enforce_csrf_checks=True), method)("/api/v1/organisations")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert answer.json()["code"] == "lecture_seule"


@pytest.mark.parametrize("address", ["/api/v1/signatures", "/api/v1/signatures?format=csv"])
def test_head_gives_the_headers_alone(world, client, address):
    whole, head = client.get(address), client.head(address)
    assert head.status_code == 200
    assert head["ETag"] == whole["ETag"]
    assert head["Content-Length"] == str(len(content(whole)))
    assert content(head) == b""


def test_pages_outside_the_api_are_not_open_to_other_sites(client, db):
    assert "Access-Control-Allow-Origin" not in client.get("/donnees/")


@pytest.fixture
def real_limits(settings, tmp_path):
    settings.LIMITS = {
        **limits.LIMITS,
        "api": {**limits.LIMITS["api"], "rates": "5/m/network"},
        "api-file": {**limits.LIMITS["api-file"], "rates": "2/m/network"},
    }
    files = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(tmp_path / "cache")}
    settings.CACHES = {"default": files}
    cache.clear()
    yield
    cache.clear()


@pytest.mark.parametrize("verb", ["get", "head"])
@pytest.mark.parametrize(("query", "most"), [("", 5), ("?format=csv", 2)])
def test_too_many_requests_are_told_when_to_come_back(world, client, real_limits, verb, query, most):
    answers = [getattr(client, verb)(f"/api/v1/organisations{query}") for _ in range(7)]
    bodies = [content(answer) for answer in answers]
    assert [answer.status_code for answer in answers] == [200] * most + [429] * (7 - most)
    refused = answers[-1]
    assert 0 < int(refused["Retry-After"]) <= 60
    assert refused["Content-Type"] == "application/problem+json"
    assert refused["Access-Control-Allow-Origin"] == "*"
    if verb == "get":
        assert json.loads(bodies[-1])["code"] == "trop_de_demandes"


def test_every_resource_has_its_limit():
    ours = {name for name, _kind in declared() if name.startswith("api:")} - {"api:open-data", "api:openapi"}
    assert set(limits.LIMITS["api"]["routes"]) == ours
    assert len(limits.LIMITS["api-file"]["routes"]) == len(LISTS)
