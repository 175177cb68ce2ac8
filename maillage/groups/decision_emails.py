"""The news about proposals and decisions."""

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
        facilitators_of(statement.decision.group),
        at=at,
        who=str(statement.organisation or statement.seat),
        text=statement.text,
    )


def statement_settled(statement, *, at):
    _of_decision("statement_settled", statement.decision, alone(statement.said_by), at=at, statement=statement)


def vote_closes_soon(decision, *, at):
    """To the people of the member organisations that have not voted."""
    silent = decision.group.members.standing().exclude(organisation__in=decision.votes.values("organisation"))
    people = User.objects.filter(
        memberships__until=None, memberships__organisation__group_memberships__in=silent, is_active=True
    )
    _of_decision("vote_closes_soon", decision, people.distinct().order_by("pk"), at=at)


def decided(decision, *, at):
    _of_decision("decided", decision, people_of(decision.group), at=at)
