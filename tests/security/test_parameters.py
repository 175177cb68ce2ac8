"""Whatever stands after the question mark: never a failure, never given back as code, never obeyed if unknown."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert(1)</script>"
NASTY = [
    SCRIPT,
    "\"'><img src=x onerror=alert(1)>",
    "' OR 1=1 --",
    "%' ESCAPE '",
    "{{7*7}}{% debug %}",
    "\x00",
    "a\x00b",
    "é" * 10_000,
    "a" * 10_000,
    "-1",
    "0",
    "99999999999999999999999999",
    "1e400",
    "NaN",
    "٣",
    "\ud7ff\uffff",
    "../../etc/passwd",
    "\r\nSet-Cookie: a=b",
    "",
    " ",
    "[]",
    "true",
]
PARAMETERS = {
    "/": ["q"],
    "/recherche/": ["q"],
    "/territoires/": ["q", "departement", "page"],
    "/annuaire/": ["q", "territory", "theme", "unaffiliated", "signatory", "page"],
    "/charte/signataires/": ["q", "text", "territory", "network", "page"],
    "/charte/signataires.csv": ["q", "text", "territory", "network"],
    "/charte/signer/": ["q"],
    "/charte/signer/nouvelle/": ["nom"],
    "/charte/adaptations/": ["page"],
    "/charte/adaptations/la-charte-aux-tilleuls/signer/": ["q"],
    "/charte/": ["version"],
    "/charte/registre.ndjson": ["page"],
    "/compte/connexion/": ["next"],
    "/compte/creer/": ["next", "email"],
    "/compte/connexion/cle/": ["next"],
    "/composants/": ["page"],
    "/gestion/login/": ["next"],
}
CASES = [(path, name) for path, names in PARAMETERS.items() for name in [*names, "inconnu", "page[]", "__class__"]]


def content(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize(("path", "name"), CASES)
def test_nothing_typed_makes_a_page_fail_or_comes_back_as_code(town, path, name):
    client = Client()
    for value in NASTY:
        answer = client.get(path, {name: value})
        assert answer.status_code < 500, value[:40]
        body = content(answer)
        if "html" in answer.get("Content-Type", ""):
            assert b"<script>alert" not in body
            assert b"<img src=x" not in body
            assert b">49<" not in body
        assert "Set-Cookie: a=b" not in str(answer.headers)


@pytest.mark.parametrize("path", [path for path in PARAMETERS if path != "/composants/"])
def test_an_unknown_parameter_changes_nothing(town, path):
    client = Client()

    def page(query):
        return content(client.get(path + query)).replace(query.encode(), b"")

    plain = page("")
    unknown = page("?utm_source=lettre")
    token = rb'name="csrfmiddlewaretoken" value="[^"]+"'
    clean = [re.sub(rb'name="ouverture" value="[^"]+"', b"", re.sub(token, b"", body)) for body in (plain, unknown)]
    assert clean[0] == clean[1].replace(b"utm_source=lettre", b"")


@pytest.mark.parametrize(
    "path", [path for path in PARAMETERS if path.startswith(("/annuaire", "/charte/signataires"))]
)
def test_the_same_parameter_twice_or_badly_encoded(town, path):
    for query in ("?q=a&q=b", "?q=%FF%FE", "?page=1&page=zz", "?&&&==", "?q=%", "?" + "a=1&" * 500):
        assert Client().get(path + query).status_code < 500


def test_a_cell_that_a_spreadsheet_would_run_is_text(town):
    from maillage.organisations.models import Organisation

    Organisation.objects.filter(name="Les Jardins partagés").update(name="=HYPERLINK(1)")
    from maillage.charters.models import Signature

    assert Signature.objects.exists()
    for line in content(Client().get("/charte/signataires.csv")).decode().splitlines():
        for cell in line.split(";" if ";" in line else ","):
            assert not cell.strip('"').startswith(("=", "+", "@", "-")), line
