"""The page of a neighbourhood: who acts there by theme, federated or not, the charter, the people, on paper too."""

import re

import pytest
from django.utils import timezone

from maillage.organisations.models import OrganisationTheme
from maillage.territories.models import Territory
from tests.factories.charters import adaptation_draft, adopted, signed
from tests.factories.organisations import (
    NetworkFactory,
    NetworkMembershipFactory,
    OrganisationFactory,
    TerritoryRoleFactory,
)

pytestmark = pytest.mark.django_db

MOST_QUERIES = 10


def themes(organisation, *names):
    for name in names:
        OrganisationTheme.objects.create(organisation=organisation, theme=name)


def page_of(client, place):
    response = client.get(f"/territoires/{place.slug}/")
    assert response.status_code == 200
    return response.content.decode()


def text(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def section(page, start, end):
    assert start in page
    return page.split(start, 1)[1].split(end, 1)[0]


def group(page, theme):
    """The names under one theme."""
    return section(page, f"<h3>{theme}</h3>", "</section>")


def test_an_organisation_stands_under_each_of_its_themes(client, tilleuls, entraide, jardins):
    themes(entraide, "sport", "rights")
    themes(jardins, "sport")
    page = page_of(client, tilleuls)
    assert "Entraide du Parc" in group(page, "Sport")
    assert "Les Jardins partagés" in group(page, "Sport")
    assert "Entraide du Parc" in group(page, "Accès aux droits")
    assert "Les Jardins partagés" not in group(page, "Accès aux droits")


def test_what_nobody_covers_and_who_declared_nothing_are_said(client, tilleuls, entraide, jardins):
    themes(entraide, "sport")
    page = text(page_of(client, tilleuls))
    missing = section(page, "Thèmes que personne n’a encore déclarés ici :", "Fédérées")
    assert "numérique" in missing
    assert "sport" not in missing
    assert "Les Jardins partagés" in section(page, "Sans thème déclaré :", "Thèmes que personne")


def test_federated_and_unaffiliated_stand_apart(client, tilleuls, entraide, jardins, federation, prefecture):
    page = page_of(client, tilleuls)
    lists = section(page, '<dl class="named-lists">', "</dl>")
    federated, unaffiliated = lists.split("Non fédérées")
    assert "/annuaire/reseaux/federation-des-jardins/" in federated
    assert "Les Jardins partagés" in federated
    assert "Entraide du Parc" in unaffiliated
    assert "Préfecture" not in unaffiliated, "a public partner is no association without a network"


def test_a_membership_that_ended_is_no_longer_said(client, tilleuls, entraide, jardins, federation):
    membership = jardins.network_memberships.get()
    membership.until = timezone.localdate()
    membership.save()
    assert "Fédération des jardins" not in page_of(client, tilleuls)


def test_signatories_and_adaptations(client, tilleuls, entraide, amina, jardins, elsa):
    version = adopted(promoter=jardins, actor=elsa, territory=tilleuls, needed=1)
    signed(version, organisation=entraide, email="amina@exemple.org")
    page = text(page_of(client, tilleuls))
    assert "1 association d’ici sur 2 a signé la charte" in page
    assert "en vigueur" in page
    assert "les associations promotrices : Les Jardins partagés." in page
    assert page.count("La charte aux Tilleuls") == 3, "the text, its promoters, and in the table its one signatory"


def test_a_signature_that_is_not_listed_is_not_said(client, sign_in, tilleuls, entraide, amina, elsa):
    signed(organisation=entraide, email="amina@exemple.org", is_listed=False)
    # Not on paper either: what the coordinator prints is what everybody reads.
    for reader in (client, sign_in(elsa)):
        assert "Aucune association d’ici n’a encore signé" in text(page_of(reader, tilleuls))
        assert "charte nationale, version 1" not in page_of(reader, tilleuls)


def test_a_text_being_written_is_not_on_a_page_that_is_handed_round(
    client, sign_in, tilleuls, jardins, elsa, bruno, fatou
):
    adaptation_draft(promoter=jardins, actor=elsa, territory=tilleuls)
    for reader in (client, sign_in(fatou), sign_in(bruno)):
        page = page_of(reader, tilleuls)
        assert "La charte aux Tilleuls" not in page
        assert "promotrices" not in page
    assert "La charte aux Tilleuls" in sign_in(bruno).get("/espace/").content.decode(), "it is in their own space"


def test_nor_on_the_pages_of_what_holds_it_and_of_a_network(
    client, sign_in, tilleuls, commune, jardins, federation, elsa, bruno
):
    adaptation_draft(promoter=jardins, actor=elsa, territory=tilleuls)
    NetworkMembershipFactory(organisation=jardins, network=NetworkFactory(slug="la-nouvelle"))
    for address in (f"/territoires/{commune.slug}/", "/annuaire/reseaux/la-nouvelle/"):
        for reader in (client, sign_in(bruno), sign_in(elsa)):
            page = text(reader.get(address).content.decode())
            assert "Pas encore de signataire : 1" in page
            assert "Adaptation en cours d’écriture : 1" not in page


def test_who_coordinates_is_a_function_never_a_name(client, sign_in, tilleuls, entraide, elsa, chloe, amina):
    TerritoryRoleFactory(user=chloe, territory=tilleuls, role="mediator")
    for reader in (client, sign_in(amina)):
        page = page_of(reader, tilleuls)
        assert "Coordination : 1 personne coordonne ce quartier." in page
        assert "Médiation : 1 personne." in page
        for person in (elsa, chloe):
            assert person.first_name not in page
            assert person.email not in page


def test_who_left_coordinates_no_more(client, tilleuls, elsa):
    elsa.territory_roles.update(until=timezone.localdate())
    assert "Personne ne s’est encore fait connaître pour coordonner" in page_of(client, tilleuls)


def test_paper_says_when_and_of_which_geography(client, tilleuls):
    page = text(page_of(client, tilleuls))
    assert "géographie prioritaire 2024" in page
    assert "Ce que Maillage savait le" in page
    assert f"/territoires/{tilleuls.slug}/" in page, "its address is printed"
    assert "data-maillage-print" in page_of(client, tilleuls)


def test_no_support_is_invented(client, tilleuls):
    page = page_of(client, tilleuls)
    assert "Maillage ne connaît encore aucun appui pour ce quartier" in text(page)
    assert "https://www.education.gouv.fr/bo/23/Hebdo13/MENV2306862J.htm" in page, "what is said has its source"


def test_a_name_is_text_and_nothing_else(client, tilleuls):
    sly = OrganisationFactory(
        name="<script>alert(1)</script>",
        territories=[tilleuls],
        contact_function="<b>accueil</b>",
        website='https://a.example/"onclick="x',
    )
    themes(sly, "sport")
    page = page_of(client, tilleuls)
    assert "<script>alert" not in page
    assert "<b>accueil" not in page
    assert "&lt;b&gt;accueil" in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_as_many_questions_whatever_its_rows(client, tilleuls, elsa, number, django_assert_num_queries):
    for rank in range(number):
        organisation = OrganisationFactory(territories=[tilleuls])
        themes(organisation, "sport", "rights")
        NetworkMembershipFactory(organisation=organisation, network=NetworkFactory())
        version = adopted(promoter=organisation, actor=elsa, territory=tilleuls, needed=1, name=f"La charte {rank}")
        signed(version, organisation=organisation)
    # One more than others: what comes soon there.
    with django_assert_num_queries(MOST_QUERIES + 1):
        page_of(client, tilleuls)


# a commune, and what holds it


@pytest.fixture
def larger(tilleuls, commune):
    """The commune of the neighbourhood, its EPCI, its département, its région."""
    kinds = Territory.Kind
    region = Territory.objects.create(kind=kinds.REGION, code="98", slug="region-98", name="Région d’essai")
    departement = Territory.objects.create(
        kind=kinds.DEPARTEMENT, code="98A", slug="departement-98a", name="Aval", region=region
    )
    epci = Territory.objects.create(kind=kinds.EPCI, code="200098", slug="epci-200098", name="Communauté d’essai")
    for place in (tilleuls, commune):
        place.region, place.departement, place.epci = region, departement, epci
        place.longitude, place.latitude = 2.5, 46.5
        place.save()
    return {"commune": commune, "epci": epci, "departement": departement, "region": region}


@pytest.mark.parametrize("kind", ["commune", "epci", "departement", "region"])
def test_what_holds_neighbourhoods_counts(client, larger, kind, tilleuls, entraide, amina, jardins, elsa, federation):
    themes(entraide, "sport")
    version = adopted(promoter=jardins, actor=elsa, territory=tilleuls, needed=1)
    signed(version, organisation=entraide, email="amina@exemple.org")
    html = page_of(client, larger[kind])
    page = text(html)
    assert "2 organisations agissent ici (signataires : 1 ; non fédérées : 1)." in page
    assert "1 quartier prioritaire, géographie 2024 : 1 où une adaptation de la charte vit, 0 où elle est" in page
    assert "Signatures en cours : 1 du texte le plus récent." in page
    assert "sport : 1" in page
    assert "numérique" in section(page, "Thèmes que personne n’a encore déclarés ici :", ".")
    assert f'href="/territoires/{tilleuls.slug}/"' in html
    assert "/territoires/couverture/" in html
    assert "Entraide du Parc" in page


def test_above_many_names_it_leads_to_the_directory(client, larger, tilleuls, monkeypatch, entraide, jardins):
    monkeypatch.setattr("maillage.directory.territory_views.MOST_NAMES", 1)
    page = page_of(client, larger["commune"])
    assert "Entraide du Parc" not in page
    assert "/annuaire/?territory=Valmont-sur-Ourse" in page


def test_many_neighbourhoods_come_page_by_page(client, larger, monkeypatch):
    monkeypatch.setattr("maillage.directory.territory_views.A_PAGE", 1)
    other = Territory.objects.priority_neighbourhoods().get()
    another = Territory.objects.create(
        kind="qpv",
        code="QN99999M",
        slug="qn99999m",
        name="Zola",
        search_name="zola",
        vintage=2024,
        departement=larger["departement"],
        region=larger["region"],
    )
    address = f"/territoires/{larger['departement'].slug}/"
    first, second = (client.get(address, {"page": number}).content.decode() for number in (1, 2))
    assert other.slug in first
    assert another.slug not in first
    assert another.slug in second
    assert "2 quartiers prioritaires" in text(second)


@pytest.mark.parametrize("kind", ["commune", "epci", "departement", "region"])
def test_its_map_shows_its_neighbourhoods(client, larger, kind, tilleuls, ailleurs):
    response = client.get(f"/territoires/{larger[kind].slug}/quartiers.geojson")
    assert response.status_code == 200
    codes = [feature["id"] for feature in response.json()["features"]]
    assert codes == ([tilleuls.code] if kind == "region" else []), "a border where there is one, or the middle"


def test_a_neighbourhood_has_no_such_map(client, tilleuls):
    assert client.get(f"/territoires/{tilleuls.slug}/quartiers.geojson").status_code == 404


@pytest.mark.parametrize("kind", ["commune", "departement", "region"])
@pytest.mark.parametrize("number", [1, 3])
def test_a_larger_place_asks_as_many_questions_whatever_its_rows(
    client, larger, kind, tilleuls, elsa, number, django_assert_num_queries
):
    for rank in range(number):
        organisation = OrganisationFactory(territories=[tilleuls])
        themes(organisation, "sport")
        version = adopted(promoter=organisation, actor=elsa, territory=tilleuls, needed=1, name=f"La charte {rank}")
        signed(version, organisation=organisation)
    with django_assert_num_queries(MOST_QUERIES):
        page_of(client, larger[kind])
