"""What each day brings to loans: what leaves tomorrow, what is late, what an owner had kept for itself."""

import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from .. import emails
from ..availability import moment
from ..models import Loan

AGAIN = datetime.timedelta(days=7)


def follow_loans(*, at):
    """Tell the two of a loan the day before it leaves; tell them that it is late, then each week; close what owners
    kept for themselves and is past. Returns how many of each. Called once a day; twice tells nothing twice.
    """
    loans = Loan.objects.select_related("resource__owner", "borrower")
    return {
        "tomorrow": sum(_remind(loan, at) for loan in _leaving_tomorrow(loans, at)),
        "overdue": sum(_tell_late(loan, at) for loan in _late(loans, at)),
        "own": _close_own(at),
    }


def _leaving_tomorrow(loans, at):
    after = timezone.localdate(at) + datetime.timedelta(days=2)
    coming = loans.filter(state=Loan.State.ACCEPTED, reminded_at=None, starts_at__gt=at)
    # Who asked for tomorrow today has just been told.
    return coming.filter(
        starts_at__lt=moment(after, datetime.time.min), answered_at__lt=at - datetime.timedelta(hours=12)
    ).exclude(borrower=F("resource__owner"))


def _late(loans, at):
    told = Q(overdue_told_at=None) | Q(overdue_told_at__lte=at - AGAIN)
    return loans.filter(told, state=Loan.State.OUT, ends_at__lt=at)


@transaction.atomic
def _remind(loan, at):
    # Whoever writes the moment first tells; a second run finds it written.
    if not Loan.objects.filter(pk=loan.pk, reminded_at=None).update(reminded_at=at):
        return 0
    emails.loan_tomorrow(loan, at=at)
    return 1


@transaction.atomic
def _tell_late(loan, at):
    if not Loan.objects.filter(pk=loan.pk, overdue_told_at=loan.overdue_told_at).update(overdue_told_at=at):
        return 0
    emails.loan_overdue(loan, at=at)
    return 1


def _close_own(at):
    own = Loan.objects.filter(state=Loan.State.ACCEPTED, ends_at__lt=at, borrower=F("resource__owner"))
    return Loan.objects.filter(pk__in=list(own.values_list("pk", flat=True))).update(
        state=Loan.State.CLOSED, closed_at=at
    )
