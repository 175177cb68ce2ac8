"""The page for people and the dictionary in the documents say what the schemas say."""

import os
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from config.settings import limits
from maillage.api import dictionary
from maillage.api.catalogue import RESOURCES
from maillage.api.service import contract
from tests.harness.client import html_faults

pytestmark = pytest.mark.django_db
PAGE = Path(__file__).resolve().parents[2] / "docs" / "data" / "open-data.md"


def test_the_document_is_the_dictionary():
    """To write it again, below the mark: `as_markdown()` in `manage.py shell`, or MAILLAGE_SNAPSHOTS=write here."""
    introduction, mark, _table = PAGE.read_text().partition("<!-- généré -->\n")
    if os.environ.get("MAILLAGE_SNAPSHOTS") == "write":
        PAGE.write_text(introduction + mark + dictionary.as_markdown())
    assert PAGE.read_text().partition("<!-- généré -->\n")[2] == dictionary.as_markdown()


def test_every_field_and_every_parameter_is_told():
    for resource, fields, parameters in dictionary.described():
        assert all(entry.about and entry.kind for entry in fields), resource.name
        assert all(words for _name, words, _values in parameters)
        assert {entry.name.partition(".")[0] for entry in fields} == set(resource.schema.model_fields)


def test_a_word_among_some_is_told_with_its_label():
    (kinds,) = [entry for entry in dictionary.fields(RESOURCES[1].schema) if entry.name == "nature"]
    assert ("social_centre", "centre social") in kinds.values
    assert "un mot parmi" in kinds.sentence


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_tells_every_resource_and_leads_to_it(world, language):
    client = Client()
    client.cookies["langue"] = language
    page = client.get(reverse("api:open-data")).content.decode()
    assert not html_faults(page)
    for resource in RESOURCES:
        assert f'id="{resource.name}"' in page
        assert f'href="#{resource.name}"' in page
        assert f'href="/api/v1/{resource.name}?format=csv"' in page
        assert all(f"<dt>{name}</dt>" in page for name in resource.schema.model_fields)
    assert "Licence Ouverte 2.0" in page
    assert page.count("<") < 2 * 900


def test_the_page_tells_the_limits_that_the_operator_set(world, client, settings):
    settings.LIMITS = {**limits.LIMITS, "api": {**limits.LIMITS["api"], "rates": "77/m/network,900/h/network"}}
    assert "77 demandes en 60 secondes" in client.get("/donnees/").content.decode()
    settings.LIMITS = {"api": {**limits.LIMITS["api"], "rates": ""}}
    assert "demandes en" not in client.get("/donnees/").content.decode()


def test_every_page_leads_to_it(world, client):
    assert 'href="/donnees/"' in client.get("/charte/").content.decode()
    assert 'href="/donnees/"' in client.get("/plan-du-site/").content.decode()


def test_the_contract_names_nothing_of_the_machine():
    assert b"testserver" not in contract()
    assert b"127.0.0.1" not in contract()
