"""Announcing an event, changing it, cancelling it, taking it away; who organises it with whom."""

import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record
from maillage.organisations.permissions import speaks_for

from .. import emails
from ..calendar import rule_of
from ..models import Event
from ..permissions import can_edit, can_leave, can_remove
from ..queries import clashes
from ..zones import zone_of
from .dates import write_dates
from .editing import edited_by

EDITABLE = (
    *("title", "description", "starts_on", "starts_time", "ends_on", "ends_time", "place", "for_whom"),
    *("audience", "is_free", "price", "languages", "accessibility", "booking"),
)
MEETS = ("place", "for_whom")
FARTHEST = datetime.timedelta(days=3 * 366)
LONGEST = datetime.timedelta(days=62)
LONGEST_SERIES = datetime.timedelta(days=550)
"""Eighteen months: what repeats is looked at again from time to time, so that a calendar tells the truth."""
MOST_ORGANISERS = 20


class AlreadyChanged(ValidationError):
    """Somebody else changed the event since its page was opened."""


class DatesMeet(ValidationError):
    """Something else takes place then; ``found`` says what (`queries.clashes`). Said once, forbidden never."""

    def __init__(self, found):
        super().__init__(_("D’autres dates se rencontrent avec celles-ci."))
        self.found = found


@transaction.atomic
def announce_event(
    *, organiser, territories, actor, at, repeats="", repeats_until=None, despite_clashes=False, **fields
):
    """An association announces something on ``territories``, that are its own. Returns the event, with its dates.

    Raises DatesMeet, unless ``despite_clashes``.
    """
    if not speaks_for(actor, organiser.pk):
        raise PermissionDenied
    event = Event(organiser=organiser, created_at=at, created_by=actor, **_told(fields))
    if event.starts_on < timezone.localdate(at):
        raise ValidationError({"starts_on": _("Ce jour est passé.")})
    _place(event, territories, repeats, repeats_until, at)
    if not despite_clashes:
        _refuse_clashes(event, territories, actor)
    record("events.announce", event, actor=actor, at=at)
    return event


@transaction.atomic
def change_event(
    event, *, territories, edition, actor, at, repeats="", repeats_until=None, despite_clashes=False, **fields
):
    """Change what is announced; every date with it. ``edition``: the one whose page was read. Raises AlreadyChanged;
    DatesMeet where the time, the place or the public changes, unless ``despite_clashes``.
    """
    event = edited_by(event, actor)
    if event.edition != edition:
        raise AlreadyChanged(_("Quelqu’un a modifié cette annonce entre-temps : relisez-la avant d’enregistrer."))
    before = _what_meets(event)
    for name, value in _told(fields).items():
        setattr(event, name, value)
    event.edition += 1
    _place(event, territories, repeats, repeats_until, at)
    if not despite_clashes and _what_meets(event) != before:
        _refuse_clashes(event, territories, actor)
    record("events.change", event, actor=actor, at=at)
    return event


def _what_meets(event):
    return [getattr(event, name) for name in ("starts_on", "starts_time", "ends_on", "ends_time", "rule", *MEETS)]


def _refuse_clashes(event, territories, actor):
    """Undoes what was written where its dates to come meet others that ``actor`` may see."""
    dates = event.occurrences.filter(ends_at__gt=event.changed_at)
    if found := clashes(actor, event, list(dates), territories):
        raise DatesMeet(found)


def _told(fields):
    told = {name: fields[name] for name in EDITABLE if name in fields}
    if told.get("is_free"):
        told["price"] = ""
    return told


def _place(event, territories, repeats, repeats_until, at):
    """Checks, then writes the event, its territories and its dates."""
    own = set(event.organiser.territories.values_list("pk", flat=True))
    if not territories or not {territory.pk for territory in territories} <= own:
        raise ValidationError({"territories": _("Choisissez parmi les quartiers où votre association agit.")})
    _check_times(event, repeats, repeats_until, timezone.localdate(at))
    event.zone = zone_of(territories[0])
    event.rule = rule_of(repeats, event.starts_on, repeats_until, zone=event.zone, all_day=event.is_all_day)
    event.changed_at = at
    event.full_clean(exclude=["organiser", "others", "created_by"], validate_unique=False, validate_constraints=False)
    event.save()
    event.territories.set(territories)
    # A date that was moved or cancelled and that the rule does not give any more is no date.
    write_dates(event)
    kept = [occurrence.original_on for occurrence in event.occurrences.select_related("event")]
    event.date_changes.exclude(original_on__in=kept).delete()


def _check_times(event, repeats, until, today):
    """Refuses hours and days that make no sense, beside the field that says so."""
    if bool(event.starts_time) != bool(event.ends_time):
        raise ValidationError(
            {"ends_time": _("Dites de quelle heure à quelle heure ; ou aucune heure, pour la journée.")}
        )
    if event.ends_on < event.starts_on:
        raise ValidationError({"ends_on": _("La fin vient après le début.")})
    if event.ends_on == event.starts_on and event.starts_time and event.ends_time <= event.starts_time:
        raise ValidationError({"ends_time": _("La fin vient après le début.")})
    if abs(event.starts_on - today) > FARTHEST:
        raise ValidationError({"starts_on": _("C’est à plus de trois ans d’ici : vérifiez l’année.")})
    if event.ends_on - event.starts_on > LONGEST:
        raise ValidationError({"ends_on": _("Deux mois au plus : au-delà, annoncez-le comme ce qui se répète.")})
    if repeats:
        _check_series(event, until)


def _check_series(event, until):
    if until is None:
        raise ValidationError({"repeats_until": _("Dites jusqu’à quand cela se répète : vous pourrez prolonger.")})
    if until < event.starts_on:
        raise ValidationError({"repeats_until": _("La fin vient après le début.")})
    if until - event.starts_on > LONGEST_SERIES:
        raise ValidationError({"repeats_until": _("Dix-huit mois au plus : vous pourrez prolonger.")})
    if event.length > datetime.timedelta(days=7):
        raise ValidationError({"ends_on": _("Ce qui se répète dure une semaine au plus.")})


@transaction.atomic
def cancel_event(event, *, words, actor, at):
    """It does not take place: it stays in the calendar, crossed out, with the reason."""
    event = edited_by(event, actor)
    if event.cancelled_at:
        return event
    event.cancelled_at, event.cancel_words = at, words
    _touched(event, at, "cancelled_at", "cancel_words")
    record("events.cancel", event, actor=actor, at=at)
    return event


@transaction.atomic
def resume_event(event, *, actor, at):
    """It takes place after all."""
    event = edited_by(event, actor)
    event.cancelled_at, event.cancel_words = None, ""
    _touched(event, at, "cancelled_at", "cancel_words")
    record("events.resume", event, actor=actor, at=at)
    return event


@transaction.atomic
def remove_event(event, *, words, actor, at):
    """It leaves the calendar. The coordination says why to who organises it; what was read elsewhere stays away."""
    event = Event.objects.select_for_update().get(pk=event.pk)
    if not can_remove(actor, event):
        raise PermissionDenied
    by_coordination = not can_edit(actor, event)
    if by_coordination and not words:
        raise ValidationError({"words": _("Dites pourquoi à l’association qui l’annonce.")})
    event.removed_at, event.removal_words = at, words
    _touched(event, at, "removed_at", "removal_words")
    record("events.remove", event, actor=actor, at=at)
    if by_coordination and event.organiser_id:
        emails.event_removed(event, at=at)
    return event


def _touched(event, at, *fields):
    event.changed_at, event.edition = at, event.edition + 1
    event.save(update_fields=["changed_at", "edition", *fields])


@transaction.atomic
def name_organiser(event, organisation, *, actor, at):
    """Another organisation organises it too; it is told, and may take its name off."""
    event = edited_by(event, actor)
    if organisation.pk == event.organiser_id or event.others.filter(pk=organisation.pk).exists():
        raise ValidationError({"organisation": _("Elle est déjà nommée.")})
    if event.others.count() >= MOST_ORGANISERS:
        raise ValidationError({"organisation": _("Vingt organisations au plus.")})
    event.others.add(organisation)
    _touched(event, at)
    record("events.name_organiser", event, actor=actor, at=at)
    emails.organiser_named(event, organisation, at=at)
    return event


@transaction.atomic
def leave_event(event, organisation, *, actor, at):
    """Takes the name of ``organisation`` off: itself, or who announced the event."""
    event = Event.objects.select_for_update().get(pk=event.pk)
    if not (can_edit(actor, event) or can_leave(actor, organisation)):
        raise PermissionDenied
    if not event.others.filter(pk=organisation.pk).exists():
        raise ValidationError(_("Elle n’est pas nommée ici."))
    event.others.remove(organisation)
    _touched(event, at)
    record("events.leave", event, actor=actor, at=at)
    return event
