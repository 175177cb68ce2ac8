"""An organisation written down twice: told before it is added, shown afterwards to whoever coordinates."""

import random
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from maillage.organisations.duplicates import are_near, bare, pairs_to_look_at
from maillage.organisations.models import Organisation
from tests.factories.charters import adopted, national
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db

TYPED = {
    "name": "Jardin partagé",
    "kind": "association",
    "legal_regime": "1901",
    "territory_names": "Les Tilleuls",
    "function": "présidence",
}


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Les Jardins partagés", "Jardin partagé", True),
        ("Association « Les Jardins Partagés »", "les jardins partages", True),
        ("Parc entraide", "L’Entraide du Parc", True),
        ("Les Jardins partagés", "Les Jardins familiaux", False),
        ("Comité des fêtes", "Comité de quartier", False),
        ("Association", "Collectif", False),
    ],
)
def test_which_names_are_near(one, other, near):
    assert are_near(bare(one), bare(other)) is near


@pytest.mark.parametrize("route", ["organisations:create", "charters:sign-new-organisation"])
def test_before_it_is_added_the_neighbours_name_is_shown_and_one_may_insist(sign_in, chloe, jardins, route):
    national()
    chloe_types, before = sign_in(chloe), Organisation.objects.count()
    page = chloe_types.post(reverse(route), TYPED).content.decode()
    assert "Est-ce l’une de celles-ci ?" in page
    assert "Les Jardins partagés" in page
    assert 'value="Jardin partagé"' in page, "what was typed is still there"
    if route.startswith("charters"):
        assert reverse("charters:sign-particulars", args=[jardins.uuid]) in page
    else:
        assert jardins.get_absolute_url() in page
    assert Organisation.objects.count() == before

    response = chloe_types.post(reverse(route), {**TYPED, "is_distinct": "yes"})
    assert response.status_code == 302
    assert Organisation.objects.count() == before + 1


def test_signing_an_adaptation_leads_to_the_neighbour_of_that_adaptation(client, elsa, jardins, bruno, tilleuls):
    slug = adopted(promoter=jardins, actor=elsa, territory=tilleuls).adaptation.slug
    page = client.post(reverse("charters:adaptation-sign-new-organisation", args=[slug]), TYPED).content.decode()
    assert reverse("charters:adaptation-sign-particulars", args=[slug, jardins.uuid]) in page


def test_a_visitor_without_account_is_told_too(client, jardins):
    national()
    page = client.post(reverse("charters:sign-new-organisation"), TYPED).content.decode()
    assert "Est-ce l’une de celles-ci ?" in page


def test_the_same_number_under_another_name_is_shown(client, tilleuls):
    national()
    OrganisationFactory(name="Régie des Tilleuls", siret="73282932000074")
    typed = {**TYPED, "name": "Tout autre chose", "siret": "73282932000017"}
    # Another establishment of the same SIREN: not refused, asked.
    page = client.post(reverse("charters:sign-new-organisation"), typed).content.decode()
    assert "Est-ce l’une de celles-ci ?" in page
    assert "Régie des Tilleuls" in page


@pytest.mark.parametrize(
    "state", [{"draft": True}, {"archived": True}, {"territories": []}], ids=["draft", "archived", "elsewhere"]
)
def test_what_nobody_may_see_or_acts_elsewhere_is_not_shown(sign_in, chloe, tilleuls, ailleurs, state):
    here = {"territories": [tilleuls], **state} if state.get("territories") is None else {"territories": [ailleurs]}
    OrganisationFactory(name="Les Jardins partagés", **here)
    response = sign_in(chloe).post(reverse("organisations:create"), TYPED)
    assert response.status_code == 302


def test_whoever_coordinates_sees_the_pairs_of_their_territories(
    sign_in, elsa, entraide, jardins, tilleuls, ailleurs
):
    OrganisationFactory(name="Jardin partagé", territories=[tilleuls])
    OrganisationFactory(name="L’entraide du parc", territories=[ailleurs])
    one = OrganisationFactory(name="Un nom", territories=[tilleuls], siret="73282932000074")
    other = OrganisationFactory(name="Tout autre", territories=[tilleuls], siren="732829320")
    page = sign_in(elsa).get(reverse("charters:duplicates")).content.decode()
    assert "Presque le même nom, sur le même territoire" in page
    assert "Le même numéro SIREN" in page
    found = {(pair.first.name, pair.second.name) for pair in pairs_to_look_at(elsa)}
    assert found == {("Les Jardins partagés", "Jardin partagé"), (one.name, other.name)}


def questions(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_three_pairs_ask_the_database_no_more_than_one(sign_in, elsa, tilleuls, commune):
    reads, address = sign_in(elsa), reverse("charters:duplicates")
    for name in ("Boxe", "Football", "Natation"):
        OrganisationFactory(name=f"{name} pour toutes", territories=[tilleuls], seat=commune)
        OrganisationFactory(name=f"{name} pour tous", territories=[tilleuls], seat=commune)
        asked = questions(reads, address)
        if name == "Boxe":
            first = asked
    assert len(pairs_to_look_at(elsa)) >= 3
    assert asked == first


def test_six_hundred_organisations_are_compared_in_no_time(elsa, tilleuls):
    words, chance = (
        "jardin parc boxe livre voix atelier théâtre vélo cuisine école danse repair soleil".split(),
        random.Random(1),
    )
    made = [
        Organisation(
            name=f"{' '.join(chance.sample(words, 3))} {number}",
            slug=f"o-{number}",
            search_name=str(number),
            created_at="2026-01-01T00:00Z",
            claimed_at="2026-01-01T00:00Z",
        )
        for number in range(600)
    ]
    Organisation.objects.bulk_create(made)
    through = Organisation.territories.through
    through.objects.bulk_create(through(organisation=o, territory=tilleuls) for o in Organisation.objects.all())
    began = time.perf_counter()
    pairs = pairs_to_look_at(elsa)
    # 180,000 pairs; a few hundredths of a second, with room for a busy machine.
    assert time.perf_counter() - began < 2
    assert pairs


def test_nobody_else_is_shown_pairs(amina, jardins, tilleuls):
    OrganisationFactory(name="Jardin partagé", territories=[tilleuls])
    assert pairs_to_look_at(amina) == []
