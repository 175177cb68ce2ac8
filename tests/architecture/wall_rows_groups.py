"""Rows of groups that could leak. A group of Les Tilleuls: Entraide animates it, the prefecture is invited."""

from maillage.groups.models import (
    DateAnswer,
    Decision,
    MinutesReading,
    Presence,
    Proposal,
    Statement,
    Vote,
    VoteOption,
)
from tests.factories.groups import (
    ActionPointFactory,
    AgendaItemFactory,
    DatePollFactory,
    GroupFactory,
    JoinRequestFactory,
    MeetingFactory,
    ResidentSeatFactory,
)
from tests.factories.organisations import OrganisationFactory

from .wall_rows import LeakRow

INSIDE = frozenset({"amina", "elsa"})
ON_THE_TERRITORY = frozenset({"amina", "bruno", "elsa"})
INVITED = INSIDE | {"fatou"}


def _get(request, name):
    return request.getfixturevalue(name)


def group(request, *, partners=()):
    return GroupFactory(territory=_get(request, "tilleuls"), members=[_get(request, "entraide")], partners=partners)


def group_that_invites(request):
    return group(request, partners=[_get(request, "prefecture")])


def national_group(request):
    return GroupFactory(territory=None, members=[OrganisationFactory()])


def group_elsewhere(request):
    return GroupFactory(territory=_get(request, "ailleurs"))


def left_group(request):
    made = GroupFactory(territory=_get(request, "ailleurs"), members=[_get(request, "entraide")])
    made.members.update(until="2020-01-01")
    return made


def member(request):
    return group(request).members.get()


def invitation(request):
    return group_that_invites(request).partners.get()


def seat(request):
    return ResidentSeatFactory(group=group_that_invites(request))


def seat_of_chloe(request):
    return ResidentSeatFactory(group=group(request), user=_get(request, "chloe"))


def join_request(request):
    return JoinRequestFactory(group=group_that_invites(request), organisation=_get(request, "boxe"))


def meeting(request):
    return MeetingFactory(group=group_that_invites(request))


def shared_meeting(request):
    made = MeetingFactory(group=group_that_invites(request), validated=True)
    made.shared_at = made.validated_at
    made.save()
    return made


def item(request):
    return AgendaItemFactory(meeting=meeting(request), notes="Entre nous.")


def shared_item(request):
    return AgendaItemFactory(meeting=shared_meeting(request))


def presence(request):
    return Presence.objects.create(meeting=shared_meeting(request), organisation=_get(request, "entraide"))


def point(request):
    return ActionPointFactory(group=group_that_invites(request), organisation=_get(request, "entraide"))


def reading(request):
    return MinutesReading.objects.create(
        meeting=shared_meeting(request),
        organisation=_get(request, "entraide"),
        said_at=_get(request, "now"),
        correction="Ce n’est pas ce que nous avons dit.",
    )


def poll(request):
    return DatePollFactory(group=group_that_invites(request))


def option(request):
    return poll(request).options.first()


def answer(request):
    return DateAnswer.objects.create(option=option(request), organisation=_get(request, "entraide"), answer="no")


def decision(request):
    return Decision.objects.create(
        group=group_that_invites(request),
        kind="vote",
        stage="voting",
        title="Un local",
        proposal="Louer, sans le dire encore.",
        opened_at=_get(request, "now"),
    )


def shared_decision(request):
    made, now = decision(request), _get(request, "now")
    made.closed_at = made.shared_at = now
    made.stage, made.outcome = "decided", "adopted"
    made.save()
    return made


def statement(request):
    return Statement.objects.create(
        decision=shared_decision(request),
        kind="objection",
        organisation=_get(request, "entraide"),
        said_at=_get(request, "now"),
        text="Pas avec la préfecture.",
    )


def former_proposal(request):
    return Proposal.objects.create(decision=shared_decision(request), text="Avant", replaced_at=_get(request, "now"))


def vote_option(request):
    return VoteOption.objects.create(decision=shared_decision(request), order=1, words="Louer")


def vote(request):
    return Vote.objects.create(decision=shared_decision(request), organisation=_get(request, "entraide"))


ROWS = {
    "groups.Decision": [
        LeakRow(decision, INSIDE, "what a group is deciding"),
        LeakRow(shared_decision, INVITED, "what it decided, shared by a logged act", of_the_partner=True),
    ],
    "groups.Statement": [LeakRow(statement, INSIDE, "never how it came to it")],
    "groups.Proposal": [LeakRow(former_proposal, INSIDE, "nor the former wordings")],
    "groups.VoteOption": [LeakRow(vote_option, INSIDE, "inside")],
    "groups.Vote": [LeakRow(vote, INSIDE, "nor who voted")],
    "groups.Group": [
        LeakRow(group, ON_THE_TERRITORY, "the associations of its territory know that a group exists"),
        LeakRow(group_that_invites, ON_THE_TERRITORY | {"fatou"}, "and whom it invited", of_the_partner=True),
        LeakRow(national_group, frozenset({"amina", "bruno", "hugo"}), "a national group: every association"),
        LeakRow(group_elsewhere, frozenset({"hugo"}), "there, and there alone"),
        LeakRow(left_group, frozenset({"hugo"}), "who has left it sees no more than anybody"),
    ],
    "groups.GroupMember": [LeakRow(member, ON_THE_TERRITORY, "who is in it, as the group itself")],
    "groups.ResidentSeat": [
        LeakRow(seat, INSIDE, "a resident's name is for those inside, never for an invited partner"),
        LeakRow(seat_of_chloe, INSIDE | {"chloe"}, "who holds a seat is inside"),
    ],
    "groups.PartnerInvitation": [LeakRow(invitation, INVITED, "inside, and the one invited", of_the_partner=True)],
    "groups.JoinRequest": [LeakRow(join_request, INSIDE | {"hugo"}, "inside, and the one who asks")],
    "groups.Meeting": [
        LeakRow(meeting, INSIDE, "an invitation of a partner shares nothing by itself"),
        LeakRow(shared_meeting, INVITED, "shared by a logged act", of_the_partner=True),
    ],
    "groups.AgendaItem": [
        LeakRow(item, INSIDE, "what was said is for those inside"),
        LeakRow(shared_item, INVITED, "the minutes of a shared meeting", of_the_partner=True),
    ],
    "groups.Presence": [LeakRow(presence, INSIDE, "what was answered to an invitation is not shared")],
    "groups.MinutesReading": [LeakRow(reading, INSIDE, "nor is the discussion of the minutes")],
    "groups.ActionPoint": [LeakRow(point, INSIDE, "who has promised what")],
    "groups.DatePoll": [LeakRow(poll, INSIDE, "inside")],
    "groups.DateOption": [LeakRow(option, INSIDE, "inside")],
    "groups.DateAnswer": [LeakRow(answer, INSIDE, "inside")],
}
