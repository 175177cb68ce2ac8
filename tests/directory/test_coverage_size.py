"""The coverage board stays cheap, whatever the rows; with the whole official file too, where it is."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from maillage.territories.actions import import_neighbourhoods
from maillage.territories.models import Territory
from tests.factories.charters import adopted, signed
from tests.factories.organisations import NetworkMembershipFactory, OrganisationFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db

MOST_QUERIES = 10
MOST_ELEMENTS = 400


def neighbourhoods(number, elsa, tilleuls, federation):
    """So many départements with their neighbourhood, its adaptation, its signatory; in the région 98."""
    kinds = Territory.Kind
    region = TerritoryFactory(kind=kinds.REGION, code="98", slug="region-98")
    tilleuls.departement = TerritoryFactory(kind=kinds.DEPARTEMENT, code="98A", slug="departement-98A", region=region)
    tilleuls.region = region
    tilleuls.save()
    for rank in range(number):
        departement = tilleuls.departement
        if rank:
            departement = TerritoryFactory(kind=kinds.DEPARTEMENT, region=region)
            TerritoryFactory(qpv=True, departement=tilleuls.departement, region=region)
        place = TerritoryFactory(qpv=True, departement=departement, region=region, longitude=2.5, latitude=46.5)
        organisation = OrganisationFactory(territories=[place, tilleuls])
        NetworkMembershipFactory(organisation=organisation, network=federation)
        version = adopted(promoter=organisation, actor=elsa, territory=tilleuls, needed=1, name=f"La charte {rank}")
        version.adaptation.territories.add(place)
        signed(version, organisation=organisation)


@pytest.mark.parametrize("path", ["", "98/", "departement/98A/"])
@pytest.mark.parametrize("query", ["", "?reseau=federation-des-jardins"])
@pytest.mark.parametrize("number", [1, 3])
def test_the_board_asks_as_many_questions_whatever_its_rows(
    client, elsa, tilleuls, federation, path, query, number, django_assert_num_queries
):
    neighbourhoods(number, elsa, tilleuls, federation)
    expected = 10 if path and query else 9
    with django_assert_num_queries(expected):
        client.get(f"/territoires/couverture/{path}{query}")


@pytest.mark.parametrize("number", [1, 3])
def test_the_table_to_take_away_and_the_map_too(
    client, elsa, tilleuls, federation, number, django_assert_num_queries
):
    neighbourhoods(number, elsa, tilleuls, federation)
    with django_assert_num_queries(5):
        b"".join(client.get("/territoires/couverture/couverture.csv").streaming_content)
    with django_assert_num_queries(4):
        client.get("/territoires/couverture/couverture.geojson")


def test_the_whole_official_file(client, official_data):
    file = official_data / "QP2024_France_Hexagonale_Outre_Mer_WGS84.geojson"
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    import_neighbourhoods(features, vintage=2024, source="ANCT, Licence Ouverte 2.0", at=timezone.now())
    for path, said in (("", "1 584"), ("11/", "298"), ("departement/59/", "94")):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            response = client.get(f"/territoires/couverture/{path}")
        page = response.content.decode().replace("\u202f", " ").replace("\xa0", " ")
        assert f"<strong>{said}</strong> quartiers" in page
        assert len(asked) <= MOST_QUERIES
        assert page.count("<") - page.count("</") < MOST_ELEMENTS
    rows = b"".join(client.get("/territoires/couverture/couverture.csv").streaming_content).splitlines()
    assert len(rows) == 1 + 20
    points = client.get("/territoires/couverture/couverture.geojson").json()["features"]
    assert len(points) == 1584
