"""The contract and one example of each resource, as they were last agreed. To change them on purpose:

    MAILLAGE_SNAPSHOTS=write .venv/bin/pytest -q tests/api/test_contract.py

and read what changed before it is committed; a field removed or renamed is told in `api/catalogue.py: CHANGES`.
"""

import json
import os
import re
from pathlib import Path

import pytest

from tests.api.conftest import LISTS

pytestmark = pytest.mark.django_db
SNAPSHOTS = Path(__file__).parent / "__snapshots__"
BY_CHANCE = (
    # what is drawn by chance or follows the clock, and what stands for it
    (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "00000000-0000-4000-8000-000000000000"),
    (r"\b[0-9a-f]{64}\b", "0" * 64),
    (r"\b[0-9a-f]{32}\b", "0" * 32),
    (r"curseur=[\w.%=-]+", "curseur=…"),
    (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(Z|\+00:00)", r"2026-01-01T12:00:00\1"),
    (r"(?<![\d-])20(?!24-01-01|25-01-01|15-01-01)\d\d-\d\d-\d\d(?![\dT])", "2026-01-01"),
    (r"(les-jardins|entraide)-[0-9a-f]{6}", r"\1-000000"),
    (r"Charte d’essai \d+", "Charte d’essai"),
)


def agreed(name, text):
    """Is ``text`` what was agreed under this name? Written instead, where it is asked for."""
    file = SNAPSHOTS / name
    if os.environ.get("MAILLAGE_SNAPSHOTS") == "write":
        file.write_text(text)
    return file.exists() and file.read_text() == text


def settled(content):
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    for pattern, stands_for in BY_CHANCE:
        text = re.sub(pattern, stands_for, text)
    return text


def test_the_contract_is_the_one_that_was_agreed(client, db):
    answer = client.get("/api/v1/openapi.json")
    assert answer["Content-Type"] == "application/json"
    assert agreed("openapi.json", answer.content.decode()), "see the top of this file"


@pytest.mark.parametrize("name", LISTS)
def test_an_example_is_the_one_that_was_agreed(world, client, name):
    wanted = {"territoires": {"code": "QN01101I"}, "organisations": {"theme": "environment"}}.get(name, {})
    page = client.get(f"/api/v1/{name}", {"limite": 1, **wanted}).json()
    assert agreed(f"{name}.json", settled(page)), "see the top of this file"


def test_the_example_of_borders_and_of_a_point(world, client):
    borders = json.loads(client.get("/api/v1/territoires?format=geojson&code=QN01101I").content)
    assert agreed("territoires.geojson", settled(borders)), "see the top of this file"
    point = client.get("/api/v1/localisation", {"lon": "2.005", "lat": "43.003"}).json()
    assert agreed("localisation.json", settled(point)), "see the top of this file"
    assert agreed("index.json", settled(client.get("/api/v1/").json())), "see the top of this file"


@pytest.mark.parametrize("name", LISTS)
def test_the_header_of_a_file_is_the_one_that_was_agreed(world, client, name):
    first = b"".join(client.get(f"/api/v1/{name}?format=csv").streaming_content).decode("utf-8-sig").split("\r\n")[0]
    assert agreed(f"{name}.csv", f"{first}\n"), "see the top of this file"
