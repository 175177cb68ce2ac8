"""Networks: the tree, the members that are here, the neighbourhoods where they act."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.charters import adaptation_draft, adopted, signed
from tests.factories.organisations import NetworkFactory, NetworkMembershipFactory, OrganisationFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db

ADDRESS = "/annuaire/reseaux/federation-des-jardins/"


def text(client, address, **query):
    response = client.get(address, query)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def branch(federation):
    return NetworkFactory(name="Branche du Nord", slug="branche-du-nord", kind="branch", parent=federation)


def test_the_list_is_a_tree_with_members_counted_once(client, federation, branch, jardins, entraide):
    NetworkMembershipFactory(organisation=jardins, network=branch)
    NetworkMembershipFactory(organisation=entraide, network=branch)
    page = text(client, "/annuaire/reseaux/")
    assert "Fédération des jardins fédération 2 Branche du Nord branche régionale ou départementale 2" in page


def test_an_empty_list_says_so(client):
    assert "Aucun réseau n’est encore enregistré" in text(client, "/annuaire/reseaux/")


def test_the_members_of_a_network_and_of_its_branches(client, federation, branch, entraide, jardins, boxe):
    NetworkMembershipFactory(organisation=entraide, network=branch)
    page = text(client, ADDRESS)
    assert "2 membres sont sur Maillage." in page
    assert "Entraide du Parc (Branche du Nord)" in page
    assert "Boxe pour toutes" not in page
    assert "Les Jardins partagés" not in text(client, "/annuaire/reseaux/branche-du-nord/")


def test_where_they_act_and_how_the_charter_stands_there(client, federation, jardins, tilleuls, elsa, ailleurs):
    version = adopted(promoter=jardins, actor=elsa, territory=tilleuls, needed=1)
    signed(version, organisation=jardins, email="bruno@exemple.org")
    page = text(client, ADDRESS)
    assert "1 membre est sur Maillage, dont 1 signataire." in page
    assert "1 quartier prioritaire, géographie 2024 : 1 où une adaptation de la charte vit, 0 où elle est" in page
    assert "Signatures en cours : 1 du texte le plus récent." in page
    assert "Les Tilleuls" in page
    assert "La Pierre-Plate" not in page
    html = client.get(ADDRESS).content.decode()
    assert version.get_absolute_url() in html
    assert "couverture.geojson?reseau=federation-des-jardins" in html


def test_an_adaptation_that_sleeps_is_counted_apart(client, federation, jardins, tilleuls, elsa):
    version = adopted(promoter=jardins, actor=elsa, territory=tilleuls, needed=1)
    version.adaptation.dormant_since = timezone.now()
    version.adaptation.save()
    assert "0 où une adaptation de la charte vit, 1 où elle est en sommeil" in text(client, ADDRESS)


def test_what_must_not_be_seen(client, sign_in, federation, tilleuls, jardins, elsa, ines, fatou):
    """A draft, an archived one, one that left, a signature not listed, a text being written."""
    for name, options in (("Brouillon", {"draft": True}), ("Plus ici", {"archived": True})):
        hidden = OrganisationFactory(name=name, territories=[tilleuls], **options)
        NetworkMembershipFactory(organisation=hidden, network=federation)
    gone = OrganisationFactory(name="Partie ailleurs", territories=[tilleuls])
    NetworkMembershipFactory(organisation=gone, network=federation, until=timezone.localdate())
    signed(organisation=jardins, email="bruno@exemple.org", is_listed=False)
    adaptation_draft(promoter=jardins, actor=elsa, territory=tilleuls)
    for reader in (client, sign_in(ines), sign_in(fatou)):
        page = text(reader, ADDRESS)
        assert "1 membre est sur Maillage." in page
        assert "aucune pour l’instant" in page
        for hidden in ("Brouillon", "Plus ici", "Partie ailleurs", "La charte aux Tilleuls", "en cours d’écriture"):
            assert hidden not in page


def test_an_unknown_network_is_not_found(client, federation):
    assert client.get("/annuaire/reseaux/nulle-part/").status_code == 404


def test_a_network_without_a_member_says_so(client):
    NetworkFactory(name="Réseau neuf", slug="reseau-neuf")
    assert "Aucun membre n’est encore sur Maillage." in text(client, "/annuaire/reseaux/reseau-neuf/")


def test_the_profile_leads_to_the_network(client, federation, jardins):
    assert f'href="{ADDRESS}"' in client.get(jardins.get_absolute_url()).content.decode()


def test_members_and_neighbourhoods_come_page_by_page(client, federation, jardins, ailleurs, monkeypatch):
    monkeypatch.setattr("maillage.directory.network_views.NEIGHBOURHOODS_A_PAGE", 1)
    monkeypatch.setattr("maillage.directory.network_views.MEMBERS_A_PAGE", 1)
    jardins.territories.add(ailleurs)
    NetworkMembershipFactory(organisation=OrganisationFactory(name="Zoulou"), network=federation)
    first, second = text(client, ADDRESS), text(client, ADDRESS, page=2, quartiers=2)
    assert "Les Jardins partagés" in first
    assert "La Pierre-Plate" in first
    assert "Zoulou" in second
    assert "Les Tilleuls" in second
    assert "La Pierre-Plate" not in second


@pytest.mark.parametrize("number", [1, 3])
def test_these_pages_ask_as_many_questions_whatever_their_rows(
    client, elsa, tilleuls, federation, number, django_assert_num_queries
):
    for rank in range(number):
        place = TerritoryFactory(qpv=True, communes=[TerritoryFactory()])
        organisation = OrganisationFactory(territories=[place, tilleuls])
        branch = NetworkFactory(parent=federation)
        NetworkMembershipFactory(organisation=organisation, network=branch)
        version = adopted(promoter=organisation, actor=elsa, territory=tilleuls, needed=1, name=f"La charte {rank}")
        version.adaptation.territories.add(place)
        signed(version, organisation=organisation)
    with django_assert_num_queries(10):
        client.get(ADDRESS)
    with django_assert_num_queries(2):
        client.get(reverse("directory:network-list"))
