"""How a signature lasts: renewed in one click, asleep when nobody answers, awake again, lapsed once it is gone."""

import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record
from maillage.organisations.actions import declare_mandate

from .. import emails
from ..models import RegisterEntry, Signature
from ..models.signatures import RENEWAL_OPENS, next_renewal
from ..permissions import can_renew
from .register import append_to_register

REMIND_BEFORE = datetime.timedelta(days=30)


class TooEarly(ValidationError):
    """The signature is good for long yet."""


class MandateMissing(ValidationError):
    """Whoever renews has no mandate in force, and did not declare one."""


@transaction.atomic
def renew_signature(signature, *, actor, at, function="", decided_on=None):
    """Say again, in the name of the organisation, that it stands by this text; a dormant signature wakes.

    The text and the date of signing do not change; the register gets one entry. Renewing twice changes nothing.
    ``function`` and ``decided_on`` declare a mandate where ``actor`` has none in force. Raises TooEarly,
    MandateMissing.
    """
    signature = (
        Signature.objects.select_for_update(of=("self",))
        .select_related("organisation", "version")
        .get(pk=signature.pk)
    )
    if not can_renew(actor, signature):
        raise PermissionDenied
    was_dormant, today = signature.dormant_at is not None, timezone.localdate(at)
    if not was_dormant and signature.renewed_at and timezone.localdate(signature.renewed_at) == today:
        return signature
    if not was_dormant and signature.renew_by > today + RENEWAL_OPENS:
        raise TooEarly(
            _("Cette signature est valable jusqu’au %(day)s.") % {"day": signature.renew_by.strftime("%d/%m/%Y")}
        )
    _have_a_mandate(signature.organisation, actor, at, function.strip(), decided_on)
    signature.renewed_at, signature.renew_by = at, next_renewal(at)
    signature.dormant_at = signature.reminded_at = None
    signature.save(update_fields=["renewed_at", "renew_by", "dormant_at", "reminded_at"])
    event = RegisterEntry.Event.REACTIVATED if was_dormant else RegisterEntry.Event.RENEWED
    append_to_register(event, signature, at=at)
    record("charters.renew", signature, actor=actor, at=at)
    emails.signature_renewed(signature, user=actor, at=at)
    return signature


def _have_a_mandate(organisation, user, at, function, decided_on):
    if user.mandates.in_force(timezone.localdate(at)).filter(organisation=organisation).exists():
        return
    if not function:
        raise MandateMissing(
            {"function": _("Votre mandat n’a plus cours : dites quelle est votre fonction aujourd’hui.")}
        )
    declare_mandate(organisation, user=user, function=function, decided_on=decided_on, at=at)


@transaction.atomic
def lapse_signatures(organisation, *, reason, actor, at):
    """The standing signatures of ``organisation`` are caduques, because (``reason``, a `LapseReason`) it is gone."""
    standing = Signature.objects.select_for_update().standing().filter(organisation=organisation).order_by("pk")
    for signature in standing:
        lapse(signature, reason=reason, actor=actor, at=at)
    return len(standing)


def lapse(signature, *, reason, actor, at):
    """One signature is caduque from ``at``; it stays in the history, and the register says so."""
    signature.lapsed_at, signature.lapse_reason = at, reason
    signature.save(update_fields=["lapsed_at", "lapse_reason"])
    append_to_register(RegisterEntry.Event.LAPSED, signature, at=at)
    record("charters.lapse", signature, actor=actor, at=at)


# what each day brings


def follow_renewals(*, at):
    """Remind those who may renew thirty days before the date, and on its day; say dormant the signatures that nobody
    renewed for DORMANT_AFTER_DAYS after it. Nothing falls asleep without having been reminded, even where no day was
    done for months. Returns {"reminded": n, "dormant": n}. Running twice a day does no harm.
    """
    today, done = timezone.localdate(at), {"reminded": 0, "dormant": 0}
    due = Signature.objects.active().latest().filter(renew_by__lte=today + REMIND_BEFORE).order_by("pk")
    for pk in list(due.values_list("pk", flat=True)):
        # One transaction each: a failure in the middle leaves the others done.
        what = _follow(pk, today, at)
        if what:
            done[what] += 1
    return done


@transaction.atomic
def _follow(pk, today, at):
    signature = Signature.objects.select_for_update(of=("self",)).select_related("organisation", "version").get(pk=pk)
    if not signature.is_standing or signature.dormant_at:
        return None
    reminded = timezone.localdate(signature.reminded_at) if signature.reminded_at else None
    silent_since = max(signature.renew_by, reminded or today)
    if silent_since <= today - datetime.timedelta(days=settings.DORMANT_AFTER_DAYS):
        signature.dormant_at = at
        signature.save(update_fields=["dormant_at"])
        append_to_register(RegisterEntry.Event.DORMANT, signature, at=at)
        record("charters.fall_asleep", signature, actor=None, at=at)
        emails.signature_asleep(signature, at=at)
        return "dormant"
    # Once before the day, once from the day on.
    if reminded is None or reminded < signature.renew_by <= today:
        signature.reminded_at = at
        signature.save(update_fields=["reminded_at"])
        emails.renewal_due(signature, at=at)
        return "reminded"
    return None
