"""Narrowing the directory: words, places, what organisations say of themselves; as a list, a map, a table."""

import csv
import io
import re

import pytest
from django.utils import timezone

from maillage.organisations.models import Exchange, Organisation, OrganisationTheme
from maillage.organisations.words import keep_words
from maillage.ui import pagination
from tests.factories.charters import national, signed
from tests.factories.organisations import NetworkFactory, NetworkMembershipFactory, OrganisationFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
LIST, TABLE, MAP = "/annuaire/", "/annuaire/annuaire.csv", "/annuaire/annuaire.geojson"


def names(client, **query):
    """In the list, in its order."""
    page = client.get(LIST, query).content.decode()
    return re.findall(r'card__title"><a href="[^"]+">([^<]+)</a>', page)


def rows(client, **query):
    content = client.get(TABLE, query).getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content), delimiter=";"))


@pytest.fixture
def places(db):
    """A département with a commune and its neighbourhood, and another commune 30 km to the east."""
    departement = TerritoryFactory(kind="departement", name="Orle", code="99")
    commune = TerritoryFactory(
        kind="commune", name="Clairmont", code="99001", departement=departement, longitude=2.0, latitude=48.0
    )
    quartier = TerritoryFactory(
        qpv=True, name="Les Glycines", departement=departement, longitude=2.01, latitude=48.01
    )
    quartier.communes.add(commune)
    far = TerritoryFactory(
        kind="commune", name="Montfer", code="99002", departement=departement, longitude=2.4, latitude=48.0
    )
    return {"departement": departement, "commune": commune, "quartier": quartier, "far": far}


@pytest.fixture
def town(places):
    """Three organisations, one of which tells everything of itself."""
    rich = OrganisationFactory(
        name="Atelier du vélo",
        purpose="Réparer ensemble des bicyclettes",
        employer="up_to_two",
        seeks_partners=True,
        territories=[places["quartier"]],
    )
    OrganisationTheme.objects.create(organisation=rich, theme="environment")
    Exchange.objects.create(organisation=rich, side="offer", kind="premises")
    Exchange.objects.create(organisation=rich, side="need", kind="people")
    keep_words([rich])
    head = NetworkFactory(slug="tete")
    branch = NetworkFactory(slug="branche", parent=NetworkFactory(slug="federation", parent=head))
    NetworkMembershipFactory(organisation=rich, network=branch)
    OrganisationFactory(name="Bibliothèque de rue", territories=[places["commune"]])
    OrganisationFactory(name="Chorale de Montfer", territories=[places["far"]])
    return rich


@pytest.mark.parametrize(
    "query",
    [
        {"q": "bicyclette"},
        {"q": "jardins alimentation"},
        {"q": "glycines velo"},
        {"territory": "les glycines"},
        {"theme": "environment"},
        {"network": "branche"},
        {"network": "federation"},
        {"network": "tete"},
        {"employer": "up_to_two"},
        {"offers": "premises"},
        {"needs": "people"},
        {"seeks_partners": "on"},
        {"q": "vélo", "territory": "Orle", "offers": "premises"},
    ],
)
def test_each_filter_finds_the_one_and_nobody_else(client, town, query):
    assert names(client, **query) == ["Atelier du vélo"]
    assert [row["nom"] for row in rows(client, **query)] == ["Atelier du vélo"]


@pytest.mark.parametrize(
    "query", [{"offers": "people"}, {"needs": "premises"}, {"employer": "more"}, {"territory": "Nulle-Part"}]
)
def test_what_nobody_is_finds_nobody_and_says_so(client, town, query):
    assert names(client, **query) == []
    assert "Aucun" in client.get(LIST, query).content.decode()
    assert rows(client, **query) == []


def test_a_territory_of_any_level_holds_what_lies_in_it(client, town):
    everybody = ["Atelier du vélo", "Bibliothèque de rue", "Chorale de Montfer"]
    assert names(client, territory="Orle") == everybody
    assert names(client, territory="Clairmont") == everybody[:2]
    assert names(client, territory="Montfer") == everybody[2:]


def test_a_name_that_several_places_bear_is_told(client, town):
    TerritoryFactory(kind="commune", name="Montfer", code="88002")
    page = client.get(LIST, {"territory": "Montfer"}).content.decode()
    assert "D’autres lieux répondent à ces mots" in page
    other = re.search(r'href="\?territory=([^"]+)"', page)[1]
    assert {*names(client, territory="Montfer"), *names(client, territory=other)} == {"Chorale de Montfer"}


def test_near_comes_first_and_says_how_far(client, town):
    assert names(client, near="Clairmont") == ["Bibliothèque de rue", "Atelier du vélo", "Chorale de Montfer"]
    assert names(client, near="Clairmont", sort="recent") != []
    page = client.get(LIST, {"near": "Clairmont"}).content.decode()
    assert re.search(r"Association · 29,[89] km", page)
    assert re.search(r"Association · 1,[0-9] km", page)


def test_a_place_without_a_point_is_in_the_middle_of_what_lies_in_it(client, town, places):
    assert set(names(client, near="Orle")) == {"Atelier du vélo", "Bibliothèque de rue", "Chorale de Montfer"}
    TerritoryFactory(kind="commune", name="Sans-Point", code="99008")
    assert "On ne sait pas où est « Sans-Point »" in client.get(LIST, {"near": "Sans-Point"}).content.decode()


def test_farther_than_fifty_kilometres_is_not_near(client, town, places):
    away = TerritoryFactory(kind="commune", name="Lointain", code="99003", longitude=2.9, latitude=48.0)
    OrganisationFactory(name="Au loin", territories=[away])
    assert "Au loin" not in names(client, near="Clairmont")
    assert "Au loin" in names(client)


def test_the_last_read_again_first(client, town, now):
    Organisation.objects.filter(name="Chorale de Montfer").update(refreshed_at=now + timezone.timedelta(minutes=5))
    assert names(client, sort="recent")[0] == "Chorale de Montfer"


def test_names_that_answer_come_before_descriptions(client, places):
    OrganisationFactory(name="Aide", purpose="Un jardin pour chacun")
    OrganisationFactory(name="Zone jardin")
    assert names(client, q="jardin") == ["Zone jardin", "Aide"]


def test_the_map_shows_the_same(client, town, places):
    def points(**query):
        features = client.get(MAP, query).json()["features"]
        return {feature["properties"]["nom"]: feature["properties"]["nombre"] for feature in features}

    assert points() == {"Les Glycines": 1, "Clairmont": 1, "Montfer": 1}
    assert points(theme="environment") == {"Les Glycines": 1}
    assert points(territory="Nulle-Part") == {}
    address = client.get(MAP, {"theme": "environment"}).json()["features"][0]["properties"]["adresse"]
    assert "Atelier du vélo" in client.get(address).content.decode()
    assert "theme=environment" in address, "what was looked for is still looked for there"


def test_the_table_tells_what_is_published_and_nothing_else(client, town, now):
    town.contact_email = "secret@exemple.org"
    town.name = "=HYPERLINK(1)"
    town.save()
    signed(national(at=now), organisation=town, email="amina@exemple.org", at=now)
    OrganisationFactory(name="Brouillon secret", draft=True)
    OrganisationFactory(name="Parti", archived=True)
    table = client.get(TABLE).getvalue().decode()
    assert not re.search("secret|Parti|amina", table)
    row = next(row for row in rows(client) if row["signataire"] == "oui")
    assert row["nom"].startswith("'="), "no cell runs in a spreadsheet"
    assert (row["territoires"], row["themes"]) == (
        town.territories.get().code,
        "environnement, jardins, alimentation",
    )
    assert len(rows(client, signatory="on")) == 1


def test_a_long_list_is_never_counted_whole(client, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(pagination, "MOST_COUNTED", 20)
    OrganisationFactory.create_batch(25)
    page = client.get(LIST).content.decode()
    assert "Plus de 20 organisations" in page
    assert "Page 1 sur 2" in page
    last = client.get(LIST, {"page": "2"}).content.decode()
    assert last.count('class="card"') == 2
    assert "emportez-la entière" in last
    assert len(rows(client)) == 25


def test_alone_its_list_follows_what_is_typed(client, town):
    fragment = client.get(LIST, {"q": "velo", "fragment": "1"}).content.decode()
    assert "Atelier du vélo" in fragment
    assert "<html" not in fragment
    assert "fragment" not in fragment, "the addresses of its map and its table are those of the page"


@pytest.mark.parametrize("organisations", [1, 3])
def test_every_filter_at_once_costs_the_same_for_one_and_three(
    client, town, places, organisations, django_assert_max_num_queries
):
    for number in range(organisations - 1):
        other = OrganisationFactory(name=f"Vélo {number}", seeks_partners=True, territories=[places["quartier"]])
        Exchange.objects.create(organisation=other, side="offer", kind="premises")
    query = {"q": "velo", "territory": "Orle", "near": "Clairmont", "offers": "premises", "seeks_partners": "on"}
    with django_assert_max_num_queries(10):
        page = client.get(LIST, query).content.decode()
    assert page.count('class="card"') == organisations


@pytest.mark.parametrize("name", ["q", "territory", "near", "network", "sort", "page", "theme"])
@pytest.mark.parametrize("value", ["x" * 10_000, "a\x00b", 'NEAR("a" *) OR 1=1', "🙂" * 50, "%", "-1"])
@pytest.mark.parametrize("address", [LIST, TABLE, MAP])
def test_whatever_is_typed_is_answered(client, town, address, name, value):
    answer = client.get(address, {name: value})
    # A file is never the whole directory in the place of what was asked.
    assert answer.status_code == 200 or (answer.status_code == 400 and address != LIST)


@pytest.mark.parametrize("query", [{"network": "zzz"}, {"theme": "zzz"}, {"q": "a\x00b"}])
def test_a_filter_that_is_not_understood_gives_no_file_and_is_said_on_the_page(client, town, query):
    assert client.get(TABLE, query).status_code == client.get(MAP, query).status_code == 400
    assert 'class="error-summary' in client.get(LIST, query).content.decode() or "n’est pas compris" in (
        client.get(LIST, query).content.decode()
    )
