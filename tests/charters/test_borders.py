"""A new official geography: who stood in a neighbourhood that ended is asked about once; the coordination decides."""

import datetime
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from maillage.charters import actions
from maillage.charters.models import BorderChange
from maillage.messaging.models import Message
from maillage.organisations.audiences import Reader
from maillage.organisations.finding import matching
from maillage.organisations.models import Organisation, TerritoryRole
from tests.factories.accounts import UserFactory
from tests.factories.charters import adopted
from tests.factories.organisations import MembershipFactory, OrganisationFactory, TerritoryRoleFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
ENDED = datetime.date(2024, 1, 1)


@pytest.fixture
def commune(db):
    return TerritoryFactory(name="Valmont-sur-Ourse")


@pytest.fixture
def former(commune):
    """Le Parc, of 2015, that ended."""
    return TerritoryFactory(
        qpv=True, name="Le Parc", code="QP099001", vintage=2015, valid_until=ENDED, communes=[commune]
    )


@pytest.fixture
def follower(former, commune):
    new = TerritoryFactory(qpv=True, name="Le Grand Parc", communes=[commune])
    new.predecessors.add(former)
    return new


@pytest.fixture
def zoe(former):
    """Coordinates Le Parc."""
    user = UserFactory(email="zoe@exemple.org")
    TerritoryRoleFactory(user=user, territory=former)
    return user


@pytest.fixture
def here(former):
    return OrganisationFactory(name="Chorale", territories=[former])


def decide(client, former, **choices):
    typed = {f"change-{pk}": said for pk, said in choices.items()}
    return client.post(reverse("dashboard:decide-borders", args=[former.slug]), typed, follow=True)


def places(organisation):
    return sorted(territory.name for territory in organisation.territories.all())


def test_noticed_once_and_the_coordination_told_once(former, follower, here, zoe, now):
    assert actions.follow_borders(at=now) == 1
    assert actions.follow_borders(at=now + datetime.timedelta(days=1)) == 0
    letter = Message.objects.get()
    assert letter.recipient == "zoe@exemple.org"
    assert "Le Grand Parc" in letter.body
    assert "1 fiche ou adaptation attend" in letter.body
    assert places(here) == ["Le Parc"], "nothing moves before somebody decides"
    OrganisationFactory(name="Arrivée plus tard", territories=[former])
    assert actions.follow_borders(at=now + datetime.timedelta(days=2)) == 1


def test_the_coordinator_sees_both_geographies_and_confirms(sign_in, former, follower, here, zoe, now):
    actions.follow_borders(at=now)
    client = sign_in(zoe)
    assert "1 ligne à confirmer" in client.get(reverse("dashboard:my-space")).content.decode()
    page = client.get(reverse("dashboard:borders")).content.decode()
    assert re.search(rf'<option value="{follower.slug}" selected>Le Grand Parc \(2024\)', page)
    assert "2015" in page
    change = BorderChange.objects.get()
    page = decide(client, former, **{str(change.pk): follower.slug}).content.decode()
    assert "C’est noté pour 1 ligne." in page
    assert "Rien n’attend" in page
    assert re.search(r"Chorale : Le Parc \(2015\) → Le Grand Parc \(2024\)", page)
    assert places(here) == ["Le Grand Parc"]
    change.refresh_from_db()
    assert (change.former, change.new, change.decided_by) == (former, follower, zoe), "the history is kept"
    assert list(matching(Organisation.objects.all(), "chorale grand parc")) == [here]


def test_outside_it_keeps_its_commune(sign_in, former, here, zoe, tilleuls, now):
    actions.follow_borders(at=now)
    change = BorderChange.objects.get()
    assert "Aucun quartier prioritaire ne lui fait suite" in (
        sign_in(zoe).get(reverse("dashboard:borders")).content.decode()
    )
    decide(sign_in(zoe), former, **{str(change.pk): "dehors"})
    assert places(here) == ["Valmont-sur-Ourse"]
    change.refresh_from_db()
    assert change.new is None
    assert change.decided_at


def test_later_leaves_it_waiting_and_a_place_that_does_not_follow_is_refused(
    sign_in, former, follower, here, zoe, tilleuls, now
):
    actions.follow_borders(at=now)
    change = BorderChange.objects.get()
    assert "C’est noté pour 0 ligne" in decide(sign_in(zoe), former, **{str(change.pk): ""}).content.decode()
    page = decide(sign_in(zoe), former, **{str(change.pk): tilleuls.slug}).content.decode()
    assert "Choisissez l’un des quartiers proposés" in page
    with pytest.raises(actions.NotASuccessor):
        actions.decide_borders(former, choices={change.pk: tilleuls}, actor=zoe, at=now)
    assert places(here) == ["Le Parc"]


def test_of_several_followers_each_line_chooses(sign_in, former, follower, here, zoe, now):
    second = TerritoryFactory(qpv=True, name="Le Petit Parc")
    second.predecessors.add(former)
    other = OrganisationFactory(name="Vélo", territories=[former])
    actions.follow_borders(at=now)
    one, two = BorderChange.objects.order_by("organisation__name")
    decide(sign_in(zoe), former, **{str(one.pk): follower.slug, str(two.pk): second.slug})
    assert (places(here), places(other)) == (["Le Grand Parc"], ["Le Petit Parc"])


def test_an_adaptation_follows_too(sign_in, former, follower, elsa, jardins, now):
    TerritoryRoleFactory(user=elsa, territory=former)
    adaptation = adopted(promoter=jardins, actor=type(elsa).objects.get(pk=elsa.pk), territory=former).adaptation
    actions.follow_borders(at=now)
    change = BorderChange.objects.get(adaptation=adaptation)
    decide(sign_in(type(elsa).objects.get(pk=elsa.pk)), former, **{str(change.pk): follower.slug})
    assert list(adaptation.territories.all()) == [follower]


def test_who_coordinates_goes_on_by_their_own_decision_and_not_before(former, follower, here, zoe, now):
    actions.follow_borders(at=now)
    assert not TerritoryRole.objects.filter(user=zoe, territory=follower).exists()
    actions.decide_borders(former, choices={BorderChange.objects.get().pk: follower}, actor=zoe, at=now)
    assert TerritoryRole.objects.filter(user=zoe, territory=follower, until=None).exists()


def test_who_coordinates_what_follows_decides_and_gains_nothing_else(former, follower, here, now):
    other = UserFactory()
    TerritoryRoleFactory(user=other, territory=follower)
    actions.follow_borders(at=now)
    actions.decide_borders(former, choices={BorderChange.objects.get().pk: follower}, actor=other, at=now)
    assert TerritoryRole.objects.filter(user=other).count() == 1


def test_nobody_is_asked_before_a_newer_geography_is_here(former, here, zoe, now):
    assert actions.follow_borders(at=now) == 0
    TerritoryFactory(qpv=True, name="Ailleurs")
    assert actions.follow_borders(at=now) == 1


def test_nobody_reads_the_new_neighbourhood_before_somebody_decides(former, follower, here, zoe, now):
    member = MembershipFactory(organisation=here).user
    actions.follow_borders(at=now)
    assert follower.pk not in Reader(type(member).objects.get(pk=member.pk)).space_territory_ids
    change = BorderChange.objects.get()
    actions.decide_borders(former, choices={change.pk: follower}, actor=zoe, at=now)
    assert follower.pk in Reader(type(member).objects.get(pk=member.pk)).space_territory_ids


@pytest.mark.parametrize("name", ["amina", "bruno", "fatou", "gael", "ines", "hugo"])
def test_nobody_else_sees_or_decides(request, sign_in, former, follower, here, now, name):
    actions.follow_borders(at=now)
    somebody = request.getfixturevalue(name)
    page = sign_in(somebody).get(reverse("dashboard:borders")).content.decode()
    assert "Chorale" not in page
    change = BorderChange.objects.get()
    assert decide(sign_in(somebody), former, **{str(change.pk): follower.slug}).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.decide_borders(former, choices={change.pk: follower}, actor=somebody, at=now)


def test_a_member_is_told_that_it_waits_and_cannot_decide(sign_in, former, follower, here, now):
    member = MembershipFactory(organisation=here, manager=True).user
    actions.follow_borders(at=now)
    page = sign_in(member).get(reverse("dashboard:borders")).content.decode()
    assert "Chorale" in page
    assert "La coordination du quartier confirmera." in page
    change = BorderChange.objects.get()
    assert decide(sign_in(member), former, **{str(change.pk): follower.slug}).status_code == 403


def test_decided_twice_at_once_it_stays_as_first_decided(former, follower, here, zoe, now):
    actions.follow_borders(at=now)
    change = BorderChange.objects.get()
    assert actions.decide_borders(former, choices={change.pk: follower}, actor=zoe, at=now) == 1
    assert actions.decide_borders(former, choices={change.pk: None}, actor=zoe, at=now) == 0
    assert places(here) == ["Le Grand Parc"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_and_three(
    sign_in, former, follower, zoe, now, number, django_assert_max_num_queries
):
    """So many organisations, in as many neighbourhoods that ended."""
    for rank in range(number):
        ended = TerritoryFactory(qpv=True, code=f"QP09910{rank}", vintage=2015, valid_until=ENDED)
        follower.predecessors.add(ended)
        TerritoryRoleFactory(user=zoe, territory=ended)
        OrganisationFactory(territories=[ended])
    actions.follow_borders(at=now)
    client = sign_in(zoe)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("dashboard:borders")).content.decode()
    assert page.count("<select") == number
