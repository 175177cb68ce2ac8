"""The news that the two sides of a loan receive."""

from django.db.models import Q

from maillage.accounts.models import User
from maillage.messaging.actions import queue_to_each
from maillage.organisations.queries import behind_the_wall, managers_of


def _tell(kind, people, *, at, page, **context):
    """One message a person; ``page`` is a path. Whoever works for a public partner too is left out: it could not
    open the page, and reads nothing of this elsewhere.
    """
    people = behind_the_wall(people).order_by("pk")
    queue_to_each(f"resources/emails/{kind}", people, page=page, at=at, **context)


def _lenders(loan):
    return managers_of(loan.resource.owner)


def _borrowers(loan):
    """Whoever asked, while they act for the association, and those who manage it."""
    acting = loan.borrower.memberships.standing().filter(user=loan.asked_by).values("user")
    return User.objects.filter(Q(pk__in=managers_of(loan.borrower).values("pk")) | Q(pk__in=acting))


def _both(loan):
    return User.objects.filter(Q(pk__in=_lenders(loan).values("pk")) | Q(pk__in=_borrowers(loan).values("pk")))


def _of_loan(kind, loan, people, *, at, **context):
    _tell(
        kind,
        people,
        at=at,
        page=loan.get_absolute_url(),
        loan=loan,
        title=loan.resource.title if loan.quantity == 1 else f"{loan.quantity} × {loan.resource.title}",
        owner=loan.resource.owner.name,
        borrower=loan.borrower.name,
        **context,
    )


def loan_asked(loan, *, at):
    _of_loan("loan_asked", loan, _lenders(loan), at=at)


def loan_accepted(loan, *, at):
    _of_loan("loan_accepted", loan, _borrowers(loan), at=at)


def loan_refused(loan, *, at):
    _of_loan("loan_refused", loan, _borrowers(loan), at=at)


def loan_cancelled(loan, *, at):
    """To the other side."""
    by_borrower = loan.cancelled_for_id == loan.borrower_id
    people = _lenders(loan) if by_borrower else _borrowers(loan)
    _of_loan("loan_cancelled", loan, people, at=at, who=loan.cancelled_for.name)


def loan_tomorrow(loan, *, at):
    _of_loan("loan_tomorrow", loan, _both(loan), at=at)


def loan_overdue(loan, *, at):
    _of_loan("loan_overdue", loan, _both(loan), at=at)


def loan_incident(loan, *, by_borrower, at):
    people = _lenders(loan) if by_borrower else _borrowers(loan)
    _of_loan("loan_incident", loan, people, at=at, who=(loan.borrower if by_borrower else loan.resource.owner).name)


def need_answered(answer, *, at):
    _tell(
        "need_answered",
        managers_of(answer.need.organisation),
        at=at,
        page=answer.need.get_absolute_url(),
        need=answer.need,
        who=answer.organisation.name,
        words=answer.words,
    )
