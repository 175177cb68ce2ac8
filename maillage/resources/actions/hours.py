"""The hours ledger of a collective: opened and stopped by its coordination, filled by those who give and receive."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record

from ..models import HoursEntry, LedgerSwitch
from ..permissions import can_switch, speaks_for


class LedgerOff(ValidationError):
    """The collective of this territory counts no hours."""


@transaction.atomic
def open_ledger(territory, *, words, actor, at):
    """The collective counts hours from now on; ``words`` say who decided it, and when."""
    if not can_switch(actor, territory):
        raise PermissionDenied
    try:
        with transaction.atomic():
            switch = LedgerSwitch.objects.create(territory=territory, on_since=at, decided_by=actor, words=words)
    except IntegrityError as error:
        raise ValidationError(_("Le carnet d’heures est déjà ouvert ici.")) from error
    record("resources.open_ledger", switch, actor=actor, at=at)
    return switch


@transaction.atomic
def stop_ledger(switch, *, words, actor, at):
    """It counts no more; what was noted stays."""
    switch = LedgerSwitch.objects.select_for_update().get(pk=switch.pk)
    if not can_switch(actor, switch.territory):
        raise PermissionDenied
    if switch.off_since:
        raise LedgerOff(_("Le carnet d’heures est déjà arrêté."))
    switch.off_since, switch.off_words = at, words
    switch.save(update_fields=["off_since", "off_words"])
    record("resources.stop_ledger", switch, actor=actor, at=at)
    return switch


@transaction.atomic
def note_hours(*, territory, giver, receiver, hours, day, words, actor, at):
    """``giver`` gave ``hours`` to ``receiver``: either of them notes it. No limit below zero. Raises LedgerOff."""
    if not (speaks_for(actor, giver.pk) or speaks_for(actor, receiver.pk)):
        raise PermissionDenied
    if not LedgerSwitch.objects.standing().filter(territory=territory).exists():
        raise LedgerOff(_("Le carnet d’heures n’est pas ouvert ici : c’est au collectif d’en décider."))
    if giver == receiver:
        raise ValidationError({"receiver": _("Choisissez deux associations différentes.")})
    for organisation in (giver, receiver):
        if not organisation.is_confirmed or not organisation.territories.filter(pk=territory.pk).exists():
            raise ValidationError(_("Les deux associations agissent sur ce territoire."))
    if day > timezone.localdate(at):
        raise ValidationError({"day": _("Ce jour est à venir : notez les heures une fois données.")})
    entry = HoursEntry(
        territory=territory,
        giver=giver,
        receiver=receiver,
        hours=hours,
        day=day,
        words=words,
        entered_at=at,
        entered_by=actor,
    )
    entry.full_clean(exclude=["territory", "giver", "receiver", "entered_by"], validate_constraints=False)
    entry.save()
    record("resources.note_hours", entry, actor=actor, at=at)
    return entry


@transaction.atomic
def cancel_hours(entry, *, words, actor, at):
    """One of the two takes the line back, and says why; it stays, struck out."""
    entry = HoursEntry.objects.select_for_update().get(pk=entry.pk)
    if not (speaks_for(actor, entry.giver_id) or speaks_for(actor, entry.receiver_id)):
        raise PermissionDenied
    if entry.cancelled_at:
        raise ValidationError(_("Cette ligne est déjà annulée."))
    entry.cancelled_at, entry.cancel_words = at, words
    entry.save(update_fields=["cancelled_at", "cancel_words"])
    record("resources.cancel_hours", entry, actor=actor, at=at)
    return entry
