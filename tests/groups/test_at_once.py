"""Thirty people at once, on both databases: nothing lost, nothing counted twice."""

import contextlib
import datetime

import pytest
from django.utils import timezone

from maillage.groups import actions
from maillage.groups.models import Decision, Vote
from maillage.messaging.models import Message
from tests.charters.test_sign_together import all_at_once
from tests.factories.groups import GroupFactory, MeetingFactory
from tests.factories.organisations import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 30


@pytest.fixture
def members(tilleuls):
    organisations = [OrganisationFactory(territories=[tilleuls]) for _ in range(MANY)]
    return [(one, MembershipFactory(organisation=one, manager=True).user) for one in organisations]


@pytest.fixture
def group(members, tilleuls):
    return GroupFactory(territory=tilleuls, members=[organisation for organisation, _user in members])


@pytest.mark.parametrize("is_secret", [False, True])
def test_voting_and_counting(group, members, now, is_secret):
    decision = actions.open_decision(
        group,
        kind="vote",
        title="Un local",
        proposal="Louer.",
        closes_on=timezone.localdate(now) + datetime.timedelta(days=3),
        is_secret=is_secret,
        actor=members[0][1],
        at=now,
    )
    option = decision.options.first()

    def vote_twice_and_count(member):
        organisation, user = member
        for _ in range(2):
            with contextlib.suppress(actions.AlreadyVoted):
                actions.cast_vote(decision, organisation=organisation, option=option, actor=user, at=now)

    failed = [result for result in all_at_once(vote_twice_and_count, members) if isinstance(result, Exception)]
    assert not failed
    assert Vote.objects.count() == MANY
    closing = all_at_once(lambda member: actions.close_vote(decision, actor=members[0][1], at=now), members)
    assert sum(isinstance(result, Decision) for result in closing) == 1
    decision.refresh_from_db()
    assert decision.outcome == "adopted"
    assert [count for _option, count in actions.count_voices(decision)] == [MANY, 0, 0]
    assert Message.objects.filter(kind="decided").count() == MANY


def test_writing_one_point_of_the_minutes(group, members, now):
    meeting = MeetingFactory(group=group, today=True, agenda=["La fête"])
    item = meeting.agenda.get()

    def write(member):
        return actions.save_notes(item, notes=f"Mots de {member[0].name}", number=0, actor=member[1], at=now)

    results = all_at_once(write, members)
    assert sum(isinstance(result, actions.NotesHaveChanged) for result in results) == MANY - 1
    item.refresh_from_db()
    assert item.notes_number == 1


def test_ticking_and_noting_the_same_thing(group, members, now):
    meeting = MeetingFactory(group=group, today=True, agenda=["La fête"])
    item, key = meeting.agenda.get(), "3f2504e0-4f89-41d3-9a0c-0305e82c3301"

    def tick_and_note(member):
        organisation, user = member
        actions.tick_presence(meeting, organisation=organisation, was_present=True, actor=user, at=now)
        return actions.add_point(group, wording="Réserver", item=item, key=key, actor=user, at=now)

    failed = [result for result in all_at_once(tick_and_note, members) if isinstance(result, Exception)]
    assert not failed
    assert meeting.presences.filter(was_present=True).count() == MANY
    assert group.action_points.count() == 1
    held = all_at_once(lambda member: actions.hold_meeting(meeting, actor=members[0][1], at=now), members)
    assert sum(not isinstance(result, Exception) for result in held) == 1
    assert Message.objects.filter(kind="minutes_to_read").count() == MANY
