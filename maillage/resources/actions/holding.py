"""Holding the half hours of a loan, and letting them go: what the database refuses to promise twice."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from ..models import HeldSlot, half_hours


class AlreadyPromised(ValidationError):
    """Somebody else has it at that time, in whole or in part."""


def _held(loan, span):
    return HeldSlot.objects.filter(resource_id=loan.resource_id, slot__gte=span.start, slot__lt=span.stop)


def hold(loan):
    """Promise every half hour of ``loan``. Raises AlreadyPromised; called in a transaction, the resource locked."""
    rows = [HeldSlot(resource_id=loan.resource_id, slot=slot, capacity=loan.resource.quantity) for slot in loan.span]
    HeldSlot.objects.bulk_create(rows, ignore_conflicts=True)
    try:
        with transaction.atomic():
            _held(loan, loan.span).update(taken=F("taken") + loan.quantity)
    except IntegrityError as error:
        raise AlreadyPromised(_("C’est déjà promis à ces heures, en tout ou en partie.")) from error


def let_go(loan, *, since=None):
    """Free the half hours of ``loan``; those that begin after ``since`` alone, where it came back early."""
    span = loan.span
    if since is not None:
        first = half_hours(since, since).stop
        span = range(max(span.start, first), span.stop)
    if len(span) > 0:
        _held(loan, span).update(taken=F("taken") - loan.quantity)
        _held(loan, span).filter(taken=0).delete()


def change_capacity(resource, quantity, *, at):
    """From now on there are ``quantity`` of it. Raises AlreadyPromised where more are promised at some moment."""
    try:
        with transaction.atomic():
            HeldSlot.objects.filter(resource=resource, slot__gte=half_hours(at, at).start).update(capacity=quantity)
    except IntegrityError as error:
        raise AlreadyPromised({"quantity": _("Des prêts en cours ou à venir en promettent davantage.")}) from error
