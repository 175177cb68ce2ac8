"""The directory, the page of a neighbourhood, the one search box, my space."""

import re

import pytest
from django.urls import reverse

from maillage.organisations import actions as organisation_actions
from tests.factories.charters import adopted, national, signed
from tests.factories.organisations import OrganisationFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


def test_the_page_of_a_neighbourhood_gathers(client, tilleuls, entraide, amina, jardins, bruno, elsa, boxe):
    version = adopted(promoter=jardins, actor=elsa, territory=tilleuls)
    signed(version, organisation=entraide, email="amina@exemple.org")
    page = client.get(reverse("directory:territory", args=[tilleuls.slug])).content.decode()
    assert "Entraide du Parc" in page
    assert "La charte aux Tilleuls" in page
    assert "2024" in page, "the vintage is said"
    assert "Boxe pour toutes" not in page


def test_an_unknown_neighbourhood_is_not_found(client):
    assert client.get("/territoires/QN00000X/").status_code == 404


def test_a_code_in_small_letters_leads_to_the_page(client, tilleuls):
    tilleuls.slug = "QN12345M"
    tilleuls.save()
    assert client.get("/territoires/qn12345m/").headers["Location"] == "/territoires/QN12345M/"


@pytest.mark.parametrize("places", [1, 3])
def test_the_list_of_neighbourhoods_costs_the_same_whatever_its_length(client, places, django_assert_num_queries):
    TerritoryFactory.create_batch(places, qpv=True)
    with django_assert_num_queries(4):
        page = client.get("/territoires/").content.decode()
    assert page.count('class="card"') == places


@pytest.mark.parametrize("organisations", [1, 3])
def test_the_directory_costs_the_same_whatever_its_length(client, organisations, tilleuls, django_assert_num_queries):
    for _ in range(organisations):
        OrganisationFactory(territories=[tilleuls])
    with django_assert_num_queries(5):
        page = client.get("/annuaire/").content.decode()
    assert page.count('class="card"') == organisations


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "ENTRAIDE"}, True),
        ({"q": "jardin"}, False),
        ({"territory": "tilleuls"}, True),
        ({"territory": "nulle part"}, False),
        ({"theme": "sport"}, False),
        ({"unaffiliated": "on"}, True),
        ({"signatory": "on"}, False),
        ({"theme": "' OR 1=1 --"}, True),
        ({"page": "99999"}, True),
        ({"page": "zzz"}, True),
    ],
)
def test_filters_of_the_directory(client, entraide, query, found):
    response = client.get("/annuaire/", query)
    assert response.status_code == 200
    assert ("Entraide du Parc" in response.content.decode()) is found


def test_a_draft_organisation_is_seen_by_nobody(client, sign_in, elsa, fatou, tilleuls):
    draft = OrganisationFactory(draft=True, name="Pas encore", territories=[tilleuls])
    for reader in (client, sign_in(elsa), sign_in(fatou)):
        assert reader.get(draft.get_absolute_url()).status_code == 404
        for address in ("/annuaire/", "/recherche/?q=pas+encore", f"/territoires/{tilleuls.slug}/"):
            assert "/annuaire/pas-encore" not in reader.get(address).content.decode()


def test_one_box_finds_places_and_organisations(client, tilleuls, entraide):
    page = client.get("/recherche/", {"q": "tilleuls"}).content.decode()
    assert reverse("directory:territory", args=[tilleuls.slug]) in page
    page = client.get("/recherche/", {"q": "entraîde"}).content.decode()
    assert entraide.get_absolute_url() in page
    assert "Rien ne correspond" in client.get("/recherche/", {"q": "xyzzy"}).content.decode()


def test_my_space_shows_what_waits(sign_in, elsa, amina, entraide, tilleuls, chloe, fatou, now):
    newcomer = OrganisationFactory(draft=True, name="Les Nouveaux", territories=[tilleuls])
    organisation_actions.claim_organisation(newcomer, user=chloe, function="présidente", at=now)
    signed(organisation=entraide, email="amina@exemple.org", involvement="host")
    page = sign_in(elsa).get("/espace/").content.decode()
    assert "Les Nouveaux" in page
    assert "accueillir une rencontre" in page
    assert "accueillir une rencontre" not in sign_in(amina).get("/espace/").content.decode()
    hers = sign_in(fatou).get("/espace/").content.decode()
    assert "partenaire public" in hers
    assert "Les Nouveaux" not in hers


def test_the_wish_to_act_is_never_published(client, sign_in, bruno, fatou, amina, entraide, elsa):
    signed(organisation=entraide, email="amina@exemple.org", involvement="animate")
    address = entraide.get_absolute_url()
    for reader in (client, sign_in(bruno), sign_in(fatou)):
        assert "animer un groupe" not in reader.get(address).content.decode()
    for reader in (sign_in(amina), sign_in(elsa)):
        assert "animer un groupe" in reader.get(address).content.decode()


def test_my_space_of_somebody_who_represents_nobody_says_what_to_do(sign_in, chloe):
    page = sign_in(chloe).get("/espace/").content.decode()
    assert "ne représentez encore aucune association" in page


def test_an_organisation_that_signs_again_counts_once(client, entraide, amina, now):
    from maillage.charters.actions import sign_new_version

    first = signed(national(at=now), organisation=entraide, email="amina@exemple.org", at=now)
    national(at=now)
    first.refresh_from_db()
    first.version.refresh_from_db()
    sign_new_version(first, actor=amina, at=now)
    page = client.get("/").content.decode()
    assert re.search(r"<b>1</b>\s*<span>signature en cours", page)


def test_the_front_page_counts(client, entraide, amina):
    national()
    signed(organisation=entraide, email="amina@exemple.org")
    page = client.get("/").content.decode()
    assert "Entraide du Parc" in page
    assert "signature en cours" in page
