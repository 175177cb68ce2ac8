"""The life of a signed agreement: shown, paid, ended, and what its parties are reminded of."""

import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record

from .. import emails
from ..models import Agreement
from ..models.agreements import ENDS_SOON, SIGN_SOON
from ..permissions import can_end, parties_for


@transaction.atomic
def end_agreement(agreement, *, organisation, last_day, words, actor, at):
    """A party ends it before its day: on ``last_day``, after the notice that was agreed. The others are told."""
    agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if not can_end(actor, agreement) or not any(
        party.organisation_id == organisation.pk for party in parties_for(actor, agreement)
    ):
        raise PermissionDenied
    soonest = timezone.localdate(at) + datetime.timedelta(days=agreement.notice_days)
    if last_day < soonest:
        raise ValidationError(
            {
                "last_day": _("Le préavis est de %(days)s jours : le %(day)s au plus tôt.")
                % {"days": agreement.notice_days, "day": f"{soonest:%d/%m/%Y}"}
            }
        )
    if agreement.ends_on and last_day > agreement.ends_on:
        raise ValidationError(
            {"last_day": _("Elle se termine déjà le %(day)s.") % {"day": f"{agreement.ends_on:%d/%m/%Y}"}}
        )
    agreement.ended_on, agreement.ended_for, agreement.end_words = last_day, organisation, words
    agreement.changed_at = at
    agreement.save(update_fields=["ended_on", "ended_for", "end_words", "changed_at"])
    record("agreements.end", agreement, actor=actor, at=at)
    emails.ended(agreement, at=at)
    return agreement


@transaction.atomic
def show_to_coordination(agreement, *, shown, actor, at):
    """Let the coordination of the territories read it, or not any more."""
    agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if not parties_for(actor, agreement):
        raise PermissionDenied
    agreement.shown_at = at if shown else None
    agreement.save(update_fields=["shown_at"])
    record("agreements.show", agreement, actor=actor, at=at)
    return agreement


@transaction.atomic
def note_payment(instalment, *, paid_on, actor, at):
    """A payment of a transfer was made on the day ``paid_on``; None: it was not, after all."""
    agreement = Agreement.objects.select_for_update().get(pk=instalment.agreement_id)
    if agreement.state != Agreement.State.SIGNED or not parties_for(actor, agreement):
        raise PermissionDenied
    if paid_on and paid_on > timezone.localdate(at):
        raise ValidationError({"paid_on": _("Cette date est à venir.")})
    instalment.paid_on = paid_on
    instalment.save(update_fields=["paid_on"])
    record("agreements.note_payment", agreement, actor=actor, at=at)
    return instalment


def follow_agreements(*, at):
    """Each day: who has not signed a week after the text was settled, and the parties of an agreement that ends
    within sixty days, are told once.
    """
    today = timezone.localdate(at)
    late = Agreement.objects.filter(state=Agreement.State.TO_SIGN, frozen_at__lte=at - SIGN_SOON, sign_told_at=None)
    _tell_once(late, "sign_told_at", emails.still_to_sign, at)
    ending = Agreement.objects.in_force(today).filter(ends_on__lte=today + ENDS_SOON, end_told_at=None)
    followed = Agreement.objects.exclude(state=Agreement.State.DROPPED).exclude(renews=None)
    _tell_once(ending.exclude(pk__in=followed.values("renews")), "end_told_at", emails.ends_soon, at)


def _tell_once(due, field, tell, at):
    for pk in list(due.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            # Read again under the lock: somebody may have signed, or the duty may run twice.
            agreement = due.model.objects.select_for_update().get(pk=pk)
            if due.filter(pk=pk).exists():
                setattr(agreement, field, at)
                agreement.save(update_fields=[field])
                tell(agreement, at=at)
