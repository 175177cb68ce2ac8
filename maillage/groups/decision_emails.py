"""The news about proposals and decisions."""

from django.db.models import Q

from maillage.accounts.models import User

from .emails import alone, tell
from .queries import facilitators_of, people_of


def _of_decision(kind, decision, people, *, at, **context):
    tell(kind, people, at=at, page=decision.get_absolute_url(), decision=decision, group=decision.group, **context)


def decision_opened(decision, *, at):
    _of_decision("decision_opened", decision, people_of(decision.group), at=at)


def decision_moved_on(decision, *, at):
    _of_decision("decision_moved_on", decision, people_of(decision.group), at=at)


def objection_made(statement, *, at):
    _of_decision(
        "objection_made",
        statement.decision,
        _answering(statement.decision),
        at=at,
        who=str(statement.organisation or statement.seat),
        text=statement.text,
    )


def _answering(decision):
    """Who runs the group, and who proposes, if they are still in it."""
    proposer = decision.group.members.standing().filter(organisation=decision.proposer_id)
    speaks = Q(memberships__until=None, memberships__organisation__group_memberships__in=proposer)
    proposing = User.objects.filter(speaks | Q(resident_seats__proposals=decision, resident_seats__until=None))
    running = facilitators_of(decision.group).values("pk")
    return User.objects.filter(Q(pk__in=running) | Q(pk__in=proposing.values("pk")), is_active=True).order_by("pk")


def statement_settled(statement, *, at):
    _of_decision("statement_settled", statement.decision, alone(statement.said_by), at=at, statement=statement)


def vote_closes_soon(decision, *, at):
    """To the people of the member organisations that have not voted."""
    silent = decision.group.members.standing().exclude(organisation__in=decision.votes.values("organisation"))
    people = User.objects.filter(
        memberships__until=None, memberships__organisation__group_memberships__in=silent, is_active=True
    )
    _of_decision("vote_closes_soon", decision, people.distinct().order_by("pk"), at=at)


def consent_closes_soon(decision, *, at):
    """To the people of the member organisations that have said nothing at this stage, and to silent residents."""
    said = decision.statements.filter(said_at__gte=decision.stage_since or decision.opened_at, withdrawn_at=None)
    silent = decision.group.members.standing().exclude(organisation__in=said.values("organisation"))
    seats = decision.group.seats.standing().exclude(pk__in=said.exclude(seat=None).values("seat"))
    members = Q(memberships__until=None, memberships__organisation__group_memberships__in=silent)
    people = User.objects.filter(members | Q(resident_seats__in=seats), is_active=True).distinct().order_by("pk")
    _of_decision("consent_closes_soon", decision, people, at=at)


def consent_ended(decision, *, at):
    _of_decision("consent_ended", decision, facilitators_of(decision.group), at=at)


def more_time_given(decision, *, at):
    _of_decision("more_time_given", decision, people_of(decision.group), at=at)


def decided(decision, *, at):
    _of_decision("decided", decision, people_of(decision.group), at=at)
