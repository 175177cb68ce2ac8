"""Whatever is sent: a refusal that says what is wrong, never a failure."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.signing import Signer

from tests.api.conftest import LISTS
from tests.security.test_parameters import NASTY

pytestmark = pytest.mark.django_db
PARAMETERS = (
    *("limite", "curseur", "format", "nature", "code", "departement", "millesime", "en_vigueur", "theme"),
    *("territoire", "texte", "numero", "etat", "signature", "lon", "lat", "adresse"),
)


@pytest.mark.parametrize("name", [*LISTS, "localisation"])
def test_nothing_that_is_typed_makes_it_fail(world, client, name):
    for parameter in PARAMETERS:
        for value in NASTY:
            answer = client.get(f"/api/v1/{name}", {parameter: value})
            assert answer.status_code in {200, 400, 404}, (parameter, value[:40])
            if answer.status_code != 200:
                assert answer["Content-Type"] == "application/problem+json"
                assert answer.json()["code"]
                assert len(answer.content) < 1500, "what is refused is not given back"


@pytest.mark.parametrize("name", LISTS)
def test_a_forged_or_cut_cursor_is_refused_in_words(world, client, name):
    page = client.get(f"/api/v1/{name}", {"limite": 1}).json()
    (cursor,) = parse_qs(urlsplit(page["suivant"]).query)["curseur"] if page["suivant"] else ["abcdefgh:ijklmnop"]
    body, signature = cursor.rsplit(":", 1)
    forged = [
        cursor[:-1],
        cursor[5:],
        body,
        f":{signature}",
        cursor.swapcase(),
        f"{body}a:{signature}",
        "WzFd",
        "a" * 500,
        "....",
        "::::",
        # Signed by us, for something else or in another shape.
        Signer(salt=f"maillage.api.{name}").sign_object(["a", "b", "c", "d", "e", "f"]),
        Signer(salt=f"maillage.api.{name}").sign_object({"a": 1}),
        Signer(salt=f"maillage.api.{name}").sign_object(3),
        Signer(salt=f"maillage.api.{name}").sign_object([{"a": 1}] * 4),
        Signer(salt="maillage.api.autre").sign_object(["a"]),
        Signer(salt=f"maillage.api.{name}").sign("pas-du-JSON"),
    ]
    for wrong in forged:
        answer = client.get(f"/api/v1/{name}", {"curseur": wrong})
        assert (answer.status_code, answer.json()["code"]) == (400, "curseur_invalide"), wrong


def test_the_cursor_of_a_resource_is_not_good_for_another(world, client):
    following = client.get("/api/v1/organisations", {"limite": 1}).json()["suivant"]
    answer = client.get(following.removeprefix("http://testserver").replace("organisations", "adaptations"))
    assert answer.json()["code"] == "curseur_invalide"


@pytest.mark.parametrize("limit", ["0", "201", "-1", "1e2", "1.0", " 5", "1_0", "٣", "999999999999"])
def test_a_page_has_its_bounds(world, client, limit):
    answer = client.get("/api/v1/organisations", {"limite": limit})
    assert (answer.status_code, answer.json()["code"]) == (400, "parametre_invalide")
    assert answer.json()["erreurs"][0]["parametre"] == "limite"


@pytest.mark.parametrize("query", ["?limite=1&limite=2", "?curseur=%FF%FE", "?%00=1", "?&&&==", "?" + "a=1&" * 500])
def test_the_same_parameter_twice_or_badly_encoded(world, client, query):
    assert client.get(f"/api/v1/territoires{query}").status_code in {200, 400}


@pytest.mark.parametrize("path", ["/api/v1/rien", "/api/v1/organisations/", "/api/v1/../v1", "/api/v1/%00"])
def test_another_address_answers_a_problem(client, db, path):
    answer = client.get(path)
    assert (answer.status_code, answer.json()["code"]) == (404, "introuvable")
