"""The news that people of a group receive."""

from django.urls import reverse

from maillage.accounts.models import User
from maillage.messaging.actions import queue_to_each
from maillage.organisations.queries import behind_the_wall, managers_of

from .queries import facilitators_of, people_of


def tell(kind, people, *, is_for_partners=False, **told):
    """One message a person of the QuerySet ``people``; ``told`` as for `queue_to_each`.

    A group's words stay behind the wall, but ``is_for_partners``: the message is made for them.
    """
    queue_to_each(f"groups/emails/{kind}", people if is_for_partners else behind_the_wall(people), **told)


def alone(user):
    return User.objects.filter(pk=user.pk) if user else User.objects.none()


def _of_meeting(kind, meeting, people, *, at, attachment=("", None), **context):
    tell(
        kind,
        people,
        at=at,
        page=meeting.get_absolute_url(),
        attachment=attachment,
        meeting=meeting,
        group=meeting.group,
        agenda=list(meeting.agenda.all()),
        **context,
    )


def _calendar(meeting):
    return "maillage.groups.calendar.invitation_attachment", {"pk": meeting.pk}


def member_added(member, *, at):
    tell(
        "member_added",
        managers_of(member.organisation),
        at=at,
        page=member.group.get_absolute_url(),
        group=member.group,
        organisation=member.organisation,
    )


def asked_to_join(request, *, at):
    tell(
        "asked_to_join",
        facilitators_of(request.group),
        at=at,
        page=reverse("groups:members", args=[request.group.slug]),
        group=request.group,
        organisation=request.organisation,
        words=request.words,
    )


def join_declined(request, *, at):
    tell(
        "join_declined",
        managers_of(request.organisation),
        at=at,
        page=request.group.get_absolute_url(),
        group=request.group,
        organisation=request.organisation,
    )


def seat_given(seat, *, at):
    tell("seat_given", alone(seat.user), at=at, page=reverse("account_login"), group=seat.group, seat=seat)


def partner_invited(invitation, *, at):
    tell(
        "partner_invited",
        managers_of(invitation.organisation),
        is_for_partners=True,
        at=at,
        page=invitation.group.get_absolute_url(),
        group=invitation.group,
        organisation=invitation.organisation,
    )


def poll_opened(poll, *, at):
    tell("poll_opened", people_of(poll.group), at=at, page=poll.get_absolute_url(), poll=poll, group=poll.group)


def invitation(meeting, *, at):
    _of_meeting("invitation", meeting, people_of(meeting.group), at=at, attachment=_calendar(meeting))


def meeting_moved(meeting, *, at):
    _of_meeting("meeting_moved", meeting, people_of(meeting.group), at=at, attachment=_calendar(meeting))


def meeting_cancelled(meeting, *, at):
    _of_meeting("meeting_cancelled", meeting, people_of(meeting.group), at=at, attachment=_calendar(meeting))


def minutes_to_read(meeting, *, at):
    _of_meeting("minutes_to_read", meeting, people_of(meeting.group), at=at)


def correction_asked(reading, *, at):
    _of_meeting(
        "correction_asked",
        reading.meeting,
        facilitators_of(reading.meeting.group),
        at=at,
        who=str(reading.organisation or reading.seat),
        correction=reading.correction,
    )


def correction_settled(reading, *, at):
    _of_meeting("correction_settled", reading.meeting, alone(reading.said_by), at=at, reading=reading)


def minutes_validated(meeting, *, at):
    _of_meeting("minutes_validated", meeting, people_of(meeting.group), at=at)


def point_due(point, *, at):
    people = managers_of(point.organisation)
    tell(
        "point_due",
        people,
        at=at,
        page=reverse("groups:points", args=[point.group.slug]) + f"#action-{point.pk}",
        point=point,
        group=point.group,
    )
