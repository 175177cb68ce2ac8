"""Reads across a group's rows; what waits for somebody there, and what is new."""

import datetime

from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.accounts.models import User
from maillage.organisations.audiences import reader_of
from maillage.ui.days import date_format
from maillage.ui.lines import Line

from .models import (
    ActionPoint,
    DateAnswer,
    DatePoll,
    Decision,
    Group,
    GroupMember,
    JoinRequest,
    Meeting,
    MinutesReading,
    Presence,
    Statement,
    Vote,
)


def people_of(group):
    """Who is written to: everybody who acts for a member association, residents with an account, the coordination."""
    members = Q(
        memberships__until=None,
        memberships__organisation__group_memberships__in=group.members.standing(),
        memberships__organisation__archived_at=None,
    )
    everybody = members | Q(resident_seats__in=group.seats.standing())
    if group.territory_id:
        everybody |= _coordinates(group.territory)
    return User.objects.filter(everybody, is_active=True).distinct().order_by("pk")


def _coordinates(territory):
    role = {"role": "coordinator", "until": None, "territory": territory}
    return Q(**{f"territory_roles__{name}": value for name, value in role.items()})


def facilitators_of(group):
    """Who is written to about running the group."""
    animating = group.members.standing().filter(facilitates=True)
    found = Q(memberships__until=None, memberships__organisation__group_memberships__in=animating)
    if group.territory_id:
        found |= _coordinates(group.territory)
    return User.objects.filter(found, is_active=True).distinct().order_by("pk")


def next_host(group):
    """The member organisation whose turn it is to host: who did so longest ago. None: no rota."""
    rota = list(
        group.members.standing()
        .filter(host_order__gt=0)
        .select_related("organisation")
        .order_by("host_order", "organisation__search_name")
    )
    hosted = dict(
        Meeting.objects.filter(group=group, cancelled_at=None, host__isnull=False)
        .order_by("date")
        .values_list("host_id", "date")
    )
    never = datetime.date.min
    return min(rota, key=lambda member: hosted.get(member.organisation_id, never)).organisation if rota else None


def presence_table(meeting):
    """One line a member and a seat: dicts with `who`, `kind` ("o" or "s"), `pk`, `answer`, `was_present`.

    Before the meeting is closed, those who stand today; afterwards those who stood on its day: who joins later was
    not absent, and minutes that were read do not change.
    """
    known = {
        ("o", row.organisation_id) if row.organisation_id else ("s", row.seat_id): row
        for row in meeting.presences.select_related("organisation", "seat")
    }
    lines = {}
    stood = Q(until=None)
    if meeting.held_at:
        stood = Q(since__lte=meeting.date) & (Q(until=None) | Q(until__gte=meeting.date))
    members = meeting.group.members.filter(stood).select_related("organisation")
    for member in members.order_by("organisation__search_name"):
        lines["o", member.organisation_id] = member.organisation
    for seat in meeting.group.seats.filter(stood).order_by("name"):
        lines["s", seat.pk] = seat
    for key, row in known.items():
        # Who has left the group since: what was true of the meeting stays.
        lines.setdefault(key, row.organisation or row.seat)
    return [
        {
            "who": who,
            "kind": kind,
            "pk": pk,
            "answer": getattr(known.get((kind, pk)), "answer", ""),
            "was_present": getattr(known.get((kind, pk)), "was_present", None),
        }
        for (kind, pk), who in lines.items()
    ]


def names_of(lines, *, inside):
    """The names on ``lines`` of `presence_table`. Outside the group residents are counted, not named."""
    if inside:
        return [str(line["who"]) for line in lines]
    names = [str(line["who"]) for line in lines if line["kind"] == "o"]
    seats = len(lines) - len(names)
    if seats:
        words = ngettext("%(n)s siège d’habitante ou d’habitant", "%(n)s sièges d’habitantes et d’habitants", seats)
        names.append(words % {"n": seats})
    return names


def groups_listed(user):
    """The groups that ``user`` may know of, with the date of the next meeting only for who is inside."""
    inside = Group.objects.inside(user)
    return (
        Group.objects.visible_to(user)
        .select_related("territory")
        .annotate(
            members_count=Count("members", filter=Q(members__until=None), distinct=True),
            is_mine=Exists(inside.filter(pk=OuterRef("pk"))),
        )
        .order_by("closed_at", "name")
    )


def waiting_for(user, *, today):
    """What ``user`` may do in groups: answer an invitation, read minutes, act, settle a request. Lines, by date."""
    reader = reader_of(user)
    if not user.is_authenticated or reader.is_public_partner:
        return []
    lines = [*_meetings_to_answer(user, reader, today), *_minutes_to_read(user, reader), *_points(user, reader)]
    lines += [*_to_run(user, reader, today), *_decisions(user, reader, today), *_polls(user, reader, today)]
    lines += _to_answer(user, reader)
    return sorted(lines, key=lambda line: (line.on is None, line.on or today, line.key))


def _speaking(reader, user):
    """Conditions on rows of a meeting: those of one's own organisations, or of one's seat."""
    return Q(organisation_id__in=reader.association_ids) | Q(seat__user=user, seat__until=None)


def _mine(user, reader):
    """Groups where ``user`` has a voice."""
    return Group.objects.active().filter(Q(members__in=_standing(reader)) | Q(seats__user=user, seats__until=None))


def _standing(reader):
    return GroupMember.objects.standing().filter(organisation_id__in=reader.association_ids)


def _meetings_to_answer(user, reader, today):
    answered = Presence.objects.filter(_speaking(reader, user), meeting=OuterRef("pk")).exclude(answer="")
    due = (
        Meeting.objects.visible_to(user)
        .to_come(today)
        .filter(~Exists(answered), invited_at__isnull=False, group__in=_mine(user, reader).values("pk"))
        .select_related("group")
    )
    for meeting in due:
        yield Line(
            _("Réunion : venez-vous ?"),
            meeting.group.name,
            meeting.get_absolute_url(),
            f"meeting-answer-{meeting.pk}",
            meeting.date,
            meeting.place,
        )


def _minutes_to_read(user, reader):
    since = Q(meeting__corrected_at=None) | Q(said_at__gte=F("meeting__corrected_at"))
    read = MinutesReading.objects.filter(since, _speaking(reader, user), meeting=OuterRef("pk"))
    was_there = Presence.objects.filter(_speaking(reader, user), meeting=OuterRef("pk"), was_present=True)
    due = (
        Meeting.objects.visible_to(user)
        .filter(Exists(was_there), ~Exists(read), held_at__isnull=False, validated_at=None)
        .select_related("group")
    )
    for meeting in due:
        yield Line(
            _("Compte rendu à relire"),
            f"{meeting.group.name}, {date_format(meeting.date, 'j F Y')}",
            meeting.get_absolute_url(),
            f"minutes-{meeting.pk}",
            meeting.minutes_due_on,
        )


def _decisions(user, reader, today):
    """Votes where one of one's associations has not voted; proposals where it has said nothing at this stage."""
    mine = _mine(user, reader).values("pk")
    in_time = Q(closes_on=None) | Q(closes_on__gte=today)
    waiting = Decision.objects.visible_to(user).open().filter(in_time, group__in=mine).select_related("group")
    of_stage = Q(decision__stage=Decision.Stage.OBJECTIONS, kind=Statement.Kind.NO_OBJECTION, withdrawn_at=None)
    for stage, kind in Statement.KIND_AT.items():
        of_stage |= Q(decision__stage=stage, kind=kind)
    spoken = Statement.objects.filter(of_stage, _speaking(reader, user), decision=OuterRef("pk"))
    voices = _standing(reader).filter(group=OuterRef("group")).order_by()
    voted = Vote.objects.filter(decision=OuterRef(OuterRef("pk"))).values("organisation")
    silent = voices.exclude(organisation__in=voted)
    votes = waiting.filter(Exists(silent), stage=Decision.Stage.VOTING)
    for what, rows in (
        (_("Vote ouvert"), votes),
        (_("Proposition : votre avis"), waiting.filter(~Exists(spoken), kind=Decision.Kind.CONSENT)),
    ):
        for decision in rows:
            url, key = decision.get_absolute_url(), f"decision-{decision.pk}-{decision.stage}"
            yield Line(what, decision.title, url, key, decision.closes_on, decision.group.name)


def _to_answer(user, reader):
    """Questions and objections of open proposals that one runs, or proposes."""
    run = Q(decision__group__in=_run_by(user, reader).values("pk"))
    ours = Q(decision__proposer_id__in=reader.association_ids, decision__group__in=_mine(user, reader).values("pk"))
    ours |= Q(decision__proposer_seat__user=user, decision__proposer_seat__until=None)
    waiting = Statement.objects.visible_to(user).filter(
        run | ours, decision__closed_at=None, settled_at=None, withdrawn_at=None
    )
    asked = {
        Statement.Kind.CLARIFICATION: _("Question à laquelle répondre"),
        Statement.Kind.OBJECTION: _("Objection qui attend sa réponse"),
    }
    for one in waiting.filter(kind__in=asked).select_related("decision__group", "organisation", "seat").distinct():
        title, who = one.decision.title, str(one.organisation or one.seat)
        url = one.decision.get_absolute_url() + f"#parole-{one.pk}"
        yield Line(asked[one.kind], title, url, f"statement-{one.pk}", detail=f"{who} · {one.decision.group.name}")


def _polls(user, reader, today):
    """Dates to answer; and, for who runs the group, those whose last day is past."""
    answered = DateAnswer.objects.filter(_speaking(reader, user), option__poll=OuterRef("pk"))
    polls = DatePoll.objects.visible_to(user).open().select_related("group")
    in_time = Q(answer_by=None) | Q(answer_by__gte=today)
    to_answer = polls.filter(in_time, ~Exists(answered), group__in=_mine(user, reader).values("pk"))
    to_close = polls.filter(answer_by__lt=today, group__in=_run_by(user, reader).values("pk"))
    for what, key, rows in (
        (_("Quelle date vous convient ?"), "poll", to_answer),
        (_("Dates : les réponses sont là, à vous de choisir"), "poll-choose", to_close),
    ):
        for poll in rows:
            url = poll.get_absolute_url()
            yield Line(what, poll.title, url, f"{key}-{poll.pk}", poll.answer_by, poll.group.name)


def _points(user, reader):
    mine = ActionPoint.objects.visible_to(user).open().filter(organisation_id__in=reader.association_ids)
    for point in mine.filter(group__closed_at=None).select_related("group", "organisation"):
        yield Line(
            _("Action à faire"),
            point.wording,
            reverse("groups:points", args=[point.group.slug]) + f"#action-{point.pk}",
            f"point-{point.pk}",
            point.due_on,
            f"{point.group.name} · {point.organisation.name}",
        )


def _run_by(user, reader):
    """Active groups that ``user`` animates or coordinates."""
    animating = _standing(reader).filter(facilitates=True)
    found = Q(members__in=animating)
    if reader.coordinated_territory_ids:
        found |= Q(territory_id__in=reader.coordinated_territory_ids)
    return Group.objects.active().filter(found)


def _to_run(user, reader, today):
    run = _run_by(user, reader).values("pk")
    ended = Decision.objects.visible_to(user).open().filter(group__in=run, kind=Decision.Kind.CONSENT)
    for decision in ended.filter(closes_on__lt=today).select_related("group"):
        url, key = decision.get_absolute_url(), f"consent-ended-{decision.pk}"
        what = _("Proposition : le dernier jour est passé, à vous de décider")
        yield Line(what, decision.title, url, key, decision.closes_on, decision.group.name)
    asked = JoinRequest.objects.visible_to(user).waiting().filter(group__in=run)
    for request in asked.select_related("group", "organisation"):
        yield Line(
            _("Une association demande à rejoindre le groupe"),
            request.organisation.name,
            reverse("groups:members", args=[request.group.slug]),
            f"join-{request.pk}",
            timezone.localdate(request.asked_at),
            request.group.name,
        )
    meetings = Meeting.objects.visible_to(user).filter(group__in=run, cancelled_at=None).select_related("group")
    for meeting in meetings.filter(held_at=None, date__lte=today):
        yield Line(
            _("Réunion à clore : qui était là, ce qui s’est dit"),
            meeting.group.name,
            meeting.get_absolute_url(),
            f"meeting-hold-{meeting.pk}",
            meeting.date,
        )
    for meeting in meetings.filter(held_at=None, invited_at=None, date__gt=today):
        yield Line(
            _("Réunion prévue : la convocation n’est pas partie"),
            meeting.group.name,
            meeting.get_absolute_url(),
            f"meeting-invite-{meeting.pk}",
            meeting.date,
        )
    waiting = MinutesReading.objects.visible_to(user).filter(settled_at=None, meeting__group__in=run)
    for reading in waiting.exclude(correction="").select_related("meeting__group", "organisation", "seat"):
        yield Line(
            _("Correction demandée au compte rendu"),
            str(reading.organisation or reading.seat),
            reading.meeting.get_absolute_url(),
            f"correction-{reading.pk}",
            reading.meeting.minutes_due_on,
            reading.meeting.group.name,
        )


def news_for(user, *, since, until):
    """What happened in one's groups and, on one's territories, which groups were opened. Lines, by date."""
    reader = reader_of(user)
    if not user.is_authenticated or reader.is_public_partner:
        return []
    inside = Group.objects.inside(user).values("pk")
    lines = []
    for group in Group.objects.visible_to(user).filter(created_at__gt=since, created_at__lte=until):
        lines.append(
            Line(
                _("Nouveau groupe"),
                group.name,
                group.get_absolute_url(),
                f"group-{group.pk}",
                timezone.localdate(group.created_at),
            )
        )
    meetings = Meeting.objects.visible_to(user).filter(group__in=inside).select_related("group")
    for meeting in meetings.filter(invited_at__gt=since, invited_at__lte=until, cancelled_at=None):
        lines.append(
            Line(
                _("Réunion"),
                f"{meeting.group.name}, {date_format(meeting.date, 'j F Y')}",
                meeting.get_absolute_url(),
                f"meeting-{meeting.pk}",
                meeting.date,
                meeting.place,
            )
        )
    for meeting in meetings.filter(validated_at__gt=since, validated_at__lte=until):
        lines.append(
            Line(
                _("Compte rendu validé"),
                f"{meeting.group.name}, {date_format(meeting.date, 'j F Y')}",
                meeting.get_absolute_url(),
                f"validated-{meeting.pk}",
                timezone.localdate(meeting.validated_at),
            )
        )
    decided = Decision.objects.visible_to(user).filter(group__in=inside).select_related("group")
    for decision in decided.filter(closed_at__gt=since, closed_at__lte=until):
        day, what = timezone.localdate(decision.closed_at), _("Décision %(outcome)s")
        what %= {"outcome": decision.get_outcome_display()}
        url, key = decision.get_absolute_url(), f"decided-{decision.pk}"
        lines.append(Line(what, decision.title, url, key, day, decision.group.name))
    return lines
