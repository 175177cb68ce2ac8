"""The dates of an event: written from its rule, one by one moved or cancelled."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record

from ..calendar import changed_time, starts_of
from ..models import DateChange, Occurrence
from .editing import edited_by


def occurrence(event, original, starts, length, *, cancelled=False):
    """The row, not saved, of the date that starts at ``starts`` (in the event's zone) and lasts ``length``."""
    ends = (starts.replace(tzinfo=None) + length).replace(tzinfo=starts.tzinfo)
    # Midnight still belongs to the day before.
    last = max(starts, ends - datetime.timedelta(microseconds=1)).date()
    return Occurrence(
        event=event,
        original_at=original,
        starts_at=starts,
        ends_at=ends,
        first_day=starts.date(),
        last_day=last,
        cancelled=cancelled,
    )


def dates_of(event):
    """Its `Occurrence` rows, not saved, with the dates that were changed. Two queries at most."""
    changes = {change.original_on: change for change in event.date_changes.all()} if event.pk else {}
    rows = []
    for starts in starts_of(event):
        change = changes.get(starts.date())
        if change and change.starts_on:
            moved, length = changed_time(event, change)
            rows.append(occurrence(event, starts, moved, length, cancelled=change.cancelled))
        else:
            rows.append(occurrence(event, starts, starts, event.length, cancelled=bool(change)))
    return rows


def write_dates(event, rows=None):
    """Writes the dates of ``event`` in place of those that were there."""
    event.occurrences.all().delete()
    Occurrence.objects.bulk_create(dates_of(event) if rows is None else rows)


@transaction.atomic
def change_date(
    event, original_on, *, cancelled, actor, at, starts_on=None, starts_time=None, ends_time=None, words=""
):
    """One date of an event that repeats, ``original_on``, does not take place, or at another time."""
    event = edited_by(event, actor)
    if not event.rule or original_on not in {starts.date() for starts in starts_of(event)}:
        raise ValidationError(_("Cet évènement n’a pas lieu ce jour-là."))
    if not cancelled:
        _check_moved(event, original_on, starts_on, starts_time, ends_time)
    moved = {} if cancelled else {"starts_on": starts_on, "starts_time": starts_time, "ends_time": ends_time}
    DateChange.objects.update_or_create(
        event=event,
        original_on=original_on,
        defaults={
            "cancelled": cancelled,
            **{"starts_on": None, "starts_time": None, "ends_time": None},
            **moved,
            "words": words,
            "changed_at": at,
        },
    )
    _written_again(event, at)
    record("events.change_date", event, actor=actor, at=at)
    return event


def _check_moved(event, original_on, starts_on, starts_time, ends_time):
    if starts_on is None:
        raise ValidationError({"starts_on": _("Dites quel jour.")})
    if abs(starts_on - original_on) > datetime.timedelta(days=366):
        raise ValidationError({"starts_on": _("Choisissez un jour à moins d’un an.")})
    if event.is_all_day:
        return
    if bool(starts_time) != bool(ends_time):
        raise ValidationError({"ends_time": _("Dites de quelle heure à quelle heure.")})
    if starts_time and ends_time <= starts_time:
        raise ValidationError({"ends_time": _("La fin vient après le début.")})


@transaction.atomic
def restore_date(event, original_on, *, actor, at):
    """That date takes place when the rule says, after all."""
    event = edited_by(event, actor)
    event.date_changes.filter(original_on=original_on).delete()
    _written_again(event, at)
    record("events.restore_date", event, actor=actor, at=at)
    return event


def _written_again(event, at):
    event.changed_at, event.edition = at, event.edition + 1
    event.save(update_fields=["changed_at", "edition"])
    write_dates(event)
