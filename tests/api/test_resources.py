"""What a program reads: pages that follow each other, whole files, borders, answers that are not sent twice."""

import csv
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from maillage.charters.register import verify
from maillage.organisations.models import Organisation
from tests.api.conftest import LISTS
from tests.factories.organisations import OrganisationFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


def read(client, address, **parameters):
    answer = client.get(address if address.startswith(("/", "http")) else f"/api/v1/{address}", parameters)
    assert answer.status_code == 200, answer.content
    return answer.json()


def lines(client, name, **parameters):
    """Every line, from page to page."""
    found, page = [], read(client, name, **parameters)
    while True:
        found += page["donnees"]
        if page["suivant"] is None:
            return found
        page = read(client, page["suivant"].removeprefix("http://testserver"))


def content(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def table(answer):
    text = content(answer).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


@pytest.mark.parametrize("name", LISTS)
def test_pages_follow_each_other_and_lose_nothing(world, client, name):
    whole = lines(client, name, limite=200)
    assert whole
    assert lines(client, name, limite=1) == whole
    assert read(client, name)["total"] == len(whole)


@pytest.mark.parametrize("name", LISTS)
def test_every_answer_says_its_licence_its_source_and_its_day(world, client, name):
    page = read(client, name)
    assert page["licence"] == "Licence Ouverte 2.0"
    assert page["source"]
    assert page["date"]


@pytest.mark.parametrize("name", LISTS)
def test_a_file_has_the_same_lines_as_the_pages(world, client, name):
    answer = client.get(f"/api/v1/{name}", {"format": "csv", "limite": 1})
    assert answer["Content-Type"].startswith("text/csv")
    assert f'filename="{name}.csv"' in answer["Content-Disposition"]
    rows = table(answer)
    assert len(rows) == read(client, name)["total"]
    assert all(row["licence_du_fichier"] and row["date_du_fichier"] for row in rows)


def test_every_neighbourhood_says_its_vintage_wherever_it_appears(world, client):
    for territory in lines(client, "territoires", nature="qpv"):
        assert territory["millesime"] in {2015, 2024}
        assert territory["source"].startswith("ANCT")
    for name in ("organisations", "adaptations"):
        places = [place for line in lines(client, name) for place in line["territoires"]]
        assert places
        assert all(place["millesime"] == 2024 for place in places)


def test_neighbourhoods_of_one_vintage_and_what_they_replace(world, client):
    old = lines(client, "territoires", millesime=2015)
    assert [(one["code"], one["remplace_par"]) for one in old] == [("QP011001", ["QN01101I"])]
    assert not lines(client, "territoires", millesime=2015, en_vigueur="oui")
    assert {one["code"] for one in lines(client, "territoires", departement=11, nature="qpv", en_vigueur="oui")} == {
        "QN01101I",
        "QN01102N",
    }


def test_borders_are_geojson_with_their_vintage(world, client):
    answer = client.get("/api/v1/territoires", {"format": "geojson", "departement": "11", "limite": 2})
    assert answer["Content-Type"] == "application/geo+json"
    page = json.loads(answer.content)
    assert page["type"] == "FeatureCollection"
    assert page["total"] == 3
    assert page["suivant"]
    for one in page["features"]:
        assert one["geometry"]["type"] == "MultiPolygon"
        assert one["properties"]["millesime"]
        assert one["properties"]["licence"] == "Licence Ouverte 2.0"


def test_an_organisation_is_what_its_page_shows(world, client):
    (gardens,) = [one for one in lines(client, "organisations") if one["nom"] == "Les Jardins"]
    assert gardens["identifiant"] == str(world["gardens"].uuid)
    assert gardens["adresse"] == "1 place du Marché"
    assert gardens["echanges"] == [{"sens": "offer", "quoi": "premises", "precisions": "Une salle le samedi."}]
    assert [network["nom"] for network in gardens["reseaux"]] == ["Fédération"]
    assert "exemple.org" not in json.dumps(gardens)


def test_organisations_of_a_place_and_of_what_it_contains(world, client):
    OrganisationFactory(name="Ailleurs", territories=[TerritoryFactory(qpv=True)])
    for place in ("QN01101I", "departement-11"):
        assert len(lines(client, "organisations", territoire=place)) == 2
    assert not lines(client, "organisations", territoire="rien")


def test_a_signature_that_ended_is_told_without_its_reason(world, client):
    (gone,) = lines(client, "signatures", etat="finies")
    assert (gone["etat"], gone["organisation"]["nom"]) == ("withdrawn", "Entraide")
    assert gone["retiree_le"]
    assert "arrêtons" not in json.dumps(gone)
    (standing,) = lines(client, "signatures", etat="en_cours")
    assert standing["version"] == f"{world['adaptation'].adaptation.slug}/1"


def test_the_lines_of_the_register_are_the_ones_that_are_verified(world, client):
    entries = lines(client, "registre", limite=1)
    report = verify([entry["ligne"] for entry in entries], head=entries[-1]["empreinte"])
    assert report.is_whole
    assert report.entries == 3


def test_the_point_is_in_its_neighbourhood_by_vintage(world, client):
    answer = read(client, "localisation", lon="2.005", lat="43.003")
    assert [(one["millesime"], one["code"], one["dedans"]) for one in answer["donnees"]] == [
        (2024, "QN01101I", True),
        (2015, "QP011001", True),
    ]
    assert len(read(client, "localisation", lon="2.005", lat="43.003", millesime=2015)["donnees"]) == 1


def test_an_address_is_asked_for_only_where_a_geocoder_is_set(world, client, settings):
    answer = client.get("/api/v1/localisation", {"adresse": "1 place du Marché, Carcassonne"})
    assert (answer.status_code, answer.json()["code"]) == (400, "adresses_non_activees")
    assert client.get("/api/v1/localisation").json()["code"] == "lieu_manquant"
    settings.GEOCODER_URL = "http://127.0.0.1:9"  # nobody listens: the commune is the answer
    answer = client.get("/api/v1/localisation", {"adresse": "Nulle-Part"})
    assert (answer.status_code, answer.json()["code"]) == (404, "lieu_inconnu")
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("query", ["", "?format=csv", "?limite=1"])
@pytest.mark.parametrize("name", LISTS)
def test_what_has_not_changed_is_not_sent_again(world, client, name, query):
    first = client.get(f"/api/v1/{name}{query}")
    assert "public" in first["Cache-Control"]
    content(first)
    again = client.get(f"/api/v1/{name}{query}", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert again["Access-Control-Allow-Origin"] == "*"
    Organisation.objects.update(name="=1+1", search_name="1 1")
    if name == "organisations":
        changed = client.get(f"/api/v1/{name}{query}", headers={"If-None-Match": first["ETag"]})
        assert changed.status_code == 200
        content(changed)


def test_a_cell_that_a_spreadsheet_would_run_is_text_and_a_number_is_a_number(world, client):
    Organisation.objects.update(name="=HYPERLINK(1)", purpose="@SUM(1)", publics="-2+3", languages="\tx")
    row = table(client.get("/api/v1/organisations?format=csv"))[0]
    assert (row["nom"], row["objet"], row["publics"]) == ("'=HYPERLINK(1)", "'@SUM(1)", "'-2+3")
    TerritoryFactory(code="97101", slug="aaa", longitude=-61.5, latitude=16.2)
    first = table(client.get("/api/v1/territoires?format=csv&code=97101"))[0]
    assert float(first["longitude"]) == -61.5


@pytest.mark.parametrize(
    ("name", "query"),
    [*((name, query) for name in LISTS for query in ("", "?format=csv")), ("territoires", "?format=geojson")],
)
def test_the_number_of_queries_does_not_follow_the_number_of_rows(world, client, name, query):
    def queries(limit):
        with CaptureQueriesContext(
            connection,
        ) as made:
            answer = client.get(f"/api/v1/{name}{query}{'&' if query else '?'}limite={limit}")
            content(answer)
        return len(made)

    one = queries(1)
    assert one <= 10
    assert queries(3) == one
    if query == "?format=csv" and name == "organisations":
        for number in range(3):
            OrganisationFactory(name=f"Autre {number}", territories=[world["here"]])
        assert queries(1) == one
