"""What answers say together: five at least, nothing before the end, never one answer."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from maillage.evaluation import actions
from maillage.evaluation.models import State
from maillage.evaluation.synthesis import merged, regional_synthesis, synthesis_of
from tests.factories.evaluation import answered, asked, closed_with, opened, signatory
from tests.factories.organisations import TerritoryRoleFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now().replace(month=6, day=15, hour=9, minute=0, second=0, microsecond=0)


@pytest.fixture(autouse=True)
def june(clock):
    return clock


def page(client, campaign):
    return client.get(reverse("evaluation:synthesis", args=[campaign.uuid]))


def test_four_answers_say_nothing_five_speak(sign_in, tilleuls, ailleurs, elsa, now):
    TerritoryRoleFactory(user=elsa, territory=ailleurs)
    four = closed_with(4, territory=tilleuls, actor=elsa, at=now)
    assert synthesis_of(four) is None
    shown = page(sign_in(elsa), four).content.decode()
    assert "Pas encore assez de réponses" in shown
    assert '<svg class="bars"' not in shown
    assert sign_in(elsa).get(reverse("evaluation:synthesis-pdf", args=[four.uuid])).status_code == 404

    five = closed_with(5, territory=ailleurs, actor=elsa, at=now)
    found = synthesis_of(five)
    assert found.answered == 5
    assert found.figures[0].pairs == [(State.UNDER_WAY.label, 5)]
    shown = page(sign_in(elsa), five).content.decode()
    assert "5 organisations ont répondu" in shown
    assert '<svg class="bars"' in shown
    assert "Entre nous" not in shown
    pdf = sign_in(elsa).get(reverse("evaluation:synthesis-pdf", args=[five.uuid]))
    assert pdf.content.startswith(b"%PDF-")


def test_nothing_is_counted_while_it_is_open(tilleuls, elsa, now):
    people = [signatory(tilleuls) for _ in range(5)]
    campaign = opened(tilleuls, actor=elsa, at=now)
    for organisation, user in people:
        answered(asked(campaign, organisation), user=user, at=now)
    assert synthesis_of(campaign) is None
    assert synthesis_of(actions.close_campaign(campaign, actor=elsa, at=now))


def test_what_one_said_is_merged(tilleuls, elsa, now):
    states = [State.DONE] * 4 + [State.NOT_STARTED]
    found = synthesis_of(closed_with(5, territory=tilleuls, actor=elsa, states=states, at=now))
    assert found.figures[0].pairs == []


def test_small_cells_join_until_the_rest_is_large():
    assert merged([("a", 4), ("b", 1)], whole=5, least=3) == []
    assert merged([("a", 4), ("b", 3)], whole=7, least=3) == [("a", 4), ("b", 3)]
    assert [number for _words, number in merged([("a", 4), ("b", 1), ("c", 2)], whole=7, least=3)] == [4, 3]
    assert [number for _words, number in merged([("a", 6), ("b", 3), ("c", 1)], whole=10, least=3)] == [6, 4]
    assert [number for _words, number in merged([("a", 5)], whole=8, least=3)] == [5, 3]


def test_public_partners_read_what_is_shared_anybody_what_is_published(
    sign_in, client, tilleuls, elsa, fatou, hugo, now
):
    campaign = closed_with(5, territory=tilleuls, actor=elsa, at=now)
    assert page(sign_in(fatou), campaign).status_code == 404
    actions.share_synthesis(campaign, actor=elsa, at=now)
    assert page(sign_in(fatou), campaign).status_code == 200
    assert sign_in(fatou).get(campaign.get_absolute_url()).status_code == 302
    assert page(sign_in(hugo), campaign).status_code == page(client, campaign).status_code == 404
    actions.publish_synthesis(campaign, actor=elsa, at=now)
    assert page(client, campaign).status_code == 200
    actions.stop_showing(campaign, actor=elsa, at=now)
    assert page(client, campaign).status_code == 404


def test_too_few_answers_are_shown_to_nobody(tilleuls, elsa, now):
    campaign = closed_with(4, territory=tilleuls, actor=elsa, at=now)
    with pytest.raises(actions.CampaignRefused):
        actions.publish_synthesis(campaign, actor=elsa, at=now)


def test_only_the_coordinator_opens_closes_and_shows(tilleuls, ailleurs, elsa, amina, fatou, now):
    campaign = opened(tilleuls, actor=elsa, at=now)
    for user in (amina, fatou):
        with pytest.raises(PermissionDenied):
            actions.close_campaign(campaign, actor=user, at=now)
    with pytest.raises(PermissionDenied):
        opened(ailleurs, actor=elsa, at=now)
    with pytest.raises(PermissionDenied):
        opened(None, actor=elsa, at=now)
    with pytest.raises(actions.CampaignRefused):
        opened(tilleuls, actor=elsa, at=now)


def test_what_changes_next_is_written_adopted_and_kept(sign_in, tilleuls, elsa, amina, now):
    campaign = closed_with(5, territory=tilleuls, actor=elsa, at=now)
    client, steps = sign_in(elsa), reverse("evaluation:steps", args=[campaign.uuid])
    client.post(steps, {"text": "Se voir chaque mois", "carried_by": "la maison de quartier"})
    step = campaign.next_steps.get()
    client.post(
        reverse("evaluation:adopt", args=[campaign.uuid]),
        {"adopted_on": timezone.localdate(now).isoformat(), "adopted_by": "la réunion de juin"},
    )
    with pytest.raises(actions.CampaignRefused):
        actions.remove_step(step, actor=elsa, at=now)
    shown = page(sign_in(amina), campaign).content.decode()
    assert "Se voir chaque mois" in shown
    assert "la réunion de juin" in shown


def test_paper_forms_are_counted_and_shown_from_five(sign_in, tilleuls, elsa, now):
    campaign = opened(tilleuls, actor=elsa, at=now)
    client = sign_in(elsa)
    numbers = {"residents-together-yes": 12, "residents-together-no": 3, "partners-listened-no": 4}
    assert client.post(reverse("evaluation:paper", args=[campaign.uuid]), numbers).status_code == 302
    for _ in range(5):
        organisation, user = signatory(tilleuls)
        actions.follow_campaigns(at=now)
        answered(asked(campaign, organisation), user=user, at=now)
    campaign = actions.close_campaign(campaign, actor=elsa, at=now)
    views = {figure.key: figure.pairs for figure in synthesis_of(campaign).views}
    assert [number for _words, number in views["residents-together"]] == [12, 3]
    assert views["partners-listened"] == []
    assert client.get(reverse("evaluation:paper-pdf", args=[campaign.uuid])).content.startswith(b"%PDF-")


def test_a_synthesis_costs_the_same_however_many_answered(tilleuls, ailleurs, elsa, now):
    TerritoryRoleFactory(user=elsa, territory=ailleurs)
    costs = []
    for territory, number in ((tilleuls, 5), (ailleurs, 9)):
        campaign = closed_with(number, territory=territory, actor=elsa, at=now)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            synthesis_of(campaign)
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 8


# the région


@pytest.fixture
def region(elsa):
    """A région of three neighbourhoods that Elsa coordinates."""
    place = TerritoryFactory(kind="region", code="R99", name="Région d’essai", slug="region-essai")
    here = [TerritoryFactory(qpv=True, region=place) for _ in range(3)]
    for territory in here:
        TerritoryRoleFactory(user=elsa, territory=territory)
    return place, here


def test_small_territories_enter_together_once_the_year_is_over(region, elsa, now):
    place, (large, small, other) = region
    closed_with(5, territory=large, actor=elsa, at=now)
    closed_with(3, territory=small, actor=elsa, at=now)
    today = timezone.localdate(now)
    number, brakes, _levers = regional_synthesis(place, now.year, today=today)
    assert number == 5
    assert [count for _words, count in brakes.pairs] == [5]
    next_year = today.replace(year=today.year + 1)
    assert regional_synthesis(place, now.year, today=next_year)[0] == 5, "three alone would be read by difference"
    closed_with(2, territory=other, actor=elsa, at=now)
    assert regional_synthesis(place, now.year, today=next_year)[0] == 10
    assert regional_synthesis(place, now.year, today=today)[0] == 5


def test_a_region_is_read_by_networks_and_coordinators(sign_in, region, elsa, ines, amina, fatou, now):
    place, (large, *_others) = region
    closed_with(4, territory=large, actor=elsa, at=now)
    address = reverse("evaluation:region", args=[place.slug])
    for user, status in ((elsa, 200), (ines, 200), (amina, 403), (fatou, 403)):
        assert sign_in(user).get(address).status_code == status
    assert "Pas encore assez de réponses" in sign_in(ines).get(address).content.decode()
