"""The coverage board: where the charter stands, for the country, a région, a département, a network."""

import csv
import datetime
import io
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from maillage.directory.coverage import Board, State, life_of
from maillage.organisations.models import Network
from maillage.territories.models import Territory
from tests.factories.charters import adaptation_draft, adopted, national, signed
from tests.factories.organisations import NetworkMembershipFactory, OrganisationFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db

COUNTRY = "/territoires/couverture/"
REGION = "/territoires/couverture/98/"
DEPARTEMENT = "/territoires/couverture/departement/98A/"


@pytest.fixture(autouse=True)
def places(tilleuls, ailleurs):
    """An invented région and its two départements: Les Tilleuls in one, La Pierre-Plate in the other."""
    kinds = Territory.Kind
    region = TerritoryFactory(kind=kinds.REGION, code="98", slug="region-98", name="Région d’essai")
    for code, name, place in (("98A", "Aval", tilleuls), ("98B", "Bocage", ailleurs)):
        place.departement = TerritoryFactory(
            kind=kinds.DEPARTEMENT, code=code, slug=f"departement-{code}", name=name, region=region
        )
        place.region = region
        place.longitude, place.latitude = 2.5, 46.5
        place.save()
    return region


def text(client, address, **query):
    response = client.get(address, query)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def rows_of(client, address, **query):
    """The CSV of ``address``, a dictionary a row."""
    response = client.get(f"{address}couverture.csv", query)
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content), delimiter=";"))


def test_the_country_the_region_and_the_departement_say_the_same(client, elsa, jardins, tilleuls):
    version = adopted(promoter=jardins, actor=elsa, territory=tilleuls, needed=1)
    signed(version, organisation=jardins, email="bruno@exemple.org")
    for address in (COUNTRY, REGION):
        page = text(client, address)
        assert "2 quartiers prioritaires de la politique de la ville (QPV), géographie 2024." in page
        assert "1 quartier a au moins une organisation signataire." in page
        assert "Quartiers où la charte est adaptée : 1 en vigueur, 0 en vigueur" in page
        assert "Nombres du" in page
    page = text(client, DEPARTEMENT)
    assert "Les Tilleuls" in page
    assert "Adaptation en vigueur" in page
    assert version.get_absolute_url() in client.get(DEPARTEMENT).content.decode()


def test_a_neighbourhood_without_a_signatory_is_shown_without_blame(client):
    page = text(client, "/territoires/couverture/departement/98B/")
    assert "La Pierre-Plate" in page
    assert "Pas encore de signataire" in page


def test_from_the_country_one_reaches_the_neighbourhood(client, tilleuls):
    assert f'href="{REGION}"' in client.get(COUNTRY).content.decode()
    assert f'href="{DEPARTEMENT}"' in client.get(REGION).content.decode()
    assert f'href="/territoires/{tilleuls.slug}/"' in client.get(DEPARTEMENT).content.decode()


@pytest.mark.parametrize("name", ["directory:neighbourhood-list", "charters:adaptation-list", "home:sitemap"])
def test_the_board_is_found_from(client, name):
    assert f'href="{COUNTRY}"' in client.get(reverse(name)).content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/territoires/couverture/77777/",
        "/territoires/couverture/departement/98/",
        "/territoires/couverture/departement/",
        "/territoires/couverture/?reseau=inconnu",
        "/territoires/couverture/couverture.csv?reseau=inconnu",
    ],
)
def test_what_is_not_known_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_an_empty_platform_says_what_to_do(client):
    Territory.objects.priority_neighbourhoods().update(valid_until=datetime.date(2025, 1, 1))
    assert "importer" in text(client, COUNTRY)
    assert "Aucun quartier prioritaire n’est enregistré ici" in text(client, REGION)


def test_a_text_being_written_is_counted_for_those_who_may_read_it(
    client, sign_in, elsa, jardins, bruno, amina, fatou, hugo, tilleuls
):
    adaptation_draft(promoter=jardins, actor=elsa, territory=tilleuls, opened=True)
    for reader in (sign_in(bruno), sign_in(amina), sign_in(elsa)):
        assert "Adaptation en cours d’écriture : 1" in text(reader, COUNTRY)
        assert rows_of(reader, DEPARTEMENT)[0]["adaptation_en_ecriture"] == "1"
    assert "Adaptation en cours d’écriture : 0" in text(sign_in(hugo), COUNTRY)
    for reader in (client, sign_in(fatou)):
        for address in (COUNTRY, REGION, DEPARTEMENT):
            assert "Adaptation en cours d’écriture" not in text(reader, address)
            assert "adaptation_en_ecriture" not in rows_of(reader, address)[0]
        found = reader.get(f"{COUNTRY}couverture.geojson").json()["features"]
        assert {feature["properties"]["etat"] for feature in found} == {"none"}


def test_a_signatory_who_is_not_listed_is_counted_for_the_country_alone(client, sign_in, amina, entraide):
    national()
    signed(organisation=entraide, email="amina@exemple.org", is_listed=False)
    page = text(client, COUNTRY)
    assert "1 autre organisation signataire a choisi de ne pas apparaître" in page
    assert re.search(r"0 signatures? (est|sont) en cours", page)
    for address in (COUNTRY, REGION, DEPARTEMENT):
        assert {row["organisations_signataires"] for row in rows_of(client, address)} == {"0"}
        assert "Entraide" not in text(client, address)
    assert "choisi de ne pas" not in text(client, DEPARTEMENT)
    found = client.get(f"{DEPARTEMENT}couverture.geojson").json()["features"]
    assert all(feature["properties"]["signataires"] == 0 for feature in found)
    assert "1 signature est en cours" in text(sign_in(amina), DEPARTEMENT), "she sees her own"


def test_the_life_of_a_text(elsa, jardins, tilleuls, now):
    today = timezone.localdate(now)
    draft = adaptation_draft(promoter=jardins, actor=elsa, territory=tilleuls)
    assert life_of(draft, today) == "draft"
    version = adopted(promoter=jardins, actor=elsa, territory=tilleuls, name="Une autre", needed=1)
    assert life_of(version, today) == "adopted"
    signed(version, organisation=jardins)
    version.refresh_from_db()
    assert life_of(version, today) == "in_force"
    assert life_of(version, version.review_on - datetime.timedelta(days=1)) == "in_force"
    assert life_of(version, version.review_on) == "to_review"
    version.adaptation.dormant_since = now
    assert life_of(version, today) == "dormant"


def test_of_several_adaptations_the_one_nearest_to_force_is_said(client, elsa, jardins, tilleuls, djibril):
    signed(adopted(promoter=jardins, actor=elsa, territory=tilleuls, needed=1), organisation=jardins)
    adopted(promoter=jardins, actor=elsa, territory=tilleuls, name="Une autre")
    board = Board(tilleuls.departement, user=djibril, on=timezone.localdate())
    assert [row.state for row in board.rows] == [State.IN_FORCE]
    assert board.total.neighbourhoods == sum(board.total.states.values()) == 1


def test_an_organisation_on_two_places_is_counted_in_each_and_once_in_all(client, tilleuls, ailleurs):
    national()
    signed(organisation=OrganisationFactory(territories=[tilleuls, ailleurs]))
    assert [row["organisations_signataires"] for row in rows_of(client, REGION)] == ["1", "1"]
    assert "1 signature est en cours, par 1 organisation." in text(client, REGION)


def test_signatures_of_a_text_that_another_replaced_are_told_apart(client, tilleuls):
    national()
    signed(organisation=OrganisationFactory(territories=[tilleuls]))
    signed(organisation=OrganisationFactory(territories=[tilleuls]))
    national()
    signed(organisation=OrganisationFactory(territories=[tilleuls]))
    page = text(client, DEPARTEMENT)
    assert "(1 du texte le plus récent, 2 d’une version après laquelle une autre a paru)" in page


def test_by_network_with_its_branches(client, federation, jardins, entraide, ailleurs):
    national()
    signed(organisation=jardins, email="bruno@exemple.org")
    signed(organisation=entraide, email="amina@exemple.org")
    branch = Network.objects.create(name="Branche", slug="branche", kind="branch", parent=federation)
    NetworkMembershipFactory(network=branch, organisation=OrganisationFactory(territories=[ailleurs]))
    page = text(client, COUNTRY, reseau=federation.slug)
    assert "2 membres du réseau sont sur Maillage et agissent ici, dont 1 signataire." in page
    rows = rows_of(client, REGION, reseau=federation.slug)
    assert [row["organisations_signataires"] for row in rows] == ["1", "0"]
    assert {row["reseau"] for row in rows} == {federation.slug}
    assert [row["nom"] for row in rows_of(client, REGION, reseau="branche")] == ["Bocage"]
    assert (
        f'href="{REGION}?reseau={federation.slug}"'
        in client.get(COUNTRY, {"reseau": federation.slug}).content.decode()
    )


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("", ["Aval", "Bocage"]),
        ("-nom", ["Bocage", "Aval"]),
        ("-code", ["Bocage", "Aval"]),
        ("-quartiers", ["Bocage", "Aval"]),
        ("n’importe quoi", ["Aval", "Bocage"]),
    ],
)
def test_the_table_is_sorted_by_links(client, ailleurs, order, names):
    TerritoryFactory(qpv=True, departement=ailleurs.departement, region=ailleurs.region)
    page = client.get(REGION, {"tri": order}).content.decode()
    assert re.findall(r'<th scope="row"[^>]*><a[^>]*>(\w+)</a>', page) == names


def test_the_csv_has_these_columns(client):
    assert ";".join(rows_of(client, DEPARTEMENT)[0]) == (
        "code;nom;communes;millesime;quartiers;avec_signataire;organisations_signataires;sans_signataire;"
        "signataires_sans_adaptation;adaptation_adoptee;adaptation_en_vigueur;adaptation_a_revoir;"
        "adaptation_en_sommeil;reseau;date"
    )


def test_the_chart_says_its_numbers_to_who_does_not_see_it(client):
    page = re.sub(r"\s+", " ", client.get(COUNTRY).content.decode())
    assert re.search(r'<desc id="barres-desc">Pas encore de signataire : 2 ; Signataires, sans adaptation : 0', page)


def test_the_map_gives_a_point_for_the_country_and_a_border_for_a_departement(client, tilleuls):
    features = client.get(f"{COUNTRY}couverture.geojson").json()["features"]
    assert [feature["geometry"]["coordinates"] for feature in features] == [[2.5, 46.5]] * 2
    assert features[0]["properties"]["adresse"] == f"/territoires/{tilleuls.slug}/"
    assert client.get(f"{DEPARTEMENT}couverture.geojson").json()["features"] == [], "no border is known here"
