"""The minutes: who was there, what was said point by point; read again by the participants, then validated."""

import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record

from .. import emails
from ..models import AgendaItem, Meeting, MinutesReading, Presence
from ..permissions import is_inside
from .meetings import facilitated_meeting, refuse_who_does_not_speak

MOST_NOTES = 20_000
TIME_TO_READ = datetime.timedelta(days=8)
TIME_TO_READ_AGAIN = datetime.timedelta(days=2)


class NotesHaveChanged(ValidationError):
    """Somebody saved other words meanwhile. ``item`` is the row as it is now; nothing was written."""

    def __init__(self, item):
        super().__init__(_("Quelqu’un a écrit ici pendant ce temps : relisez les deux textes."))
        self.item = item


def _writable(meeting, actor):
    """The meeting, locked. Whoever is inside the group may hold the pen: it changes hands in a meeting."""
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("group").get(pk=meeting.pk)
    if not is_inside(actor, meeting.group) or meeting.group.closed_at:
        raise PermissionDenied
    if not meeting.minutes_may_be_written:
        raise ValidationError(_("Ce compte rendu est validé, ou la réunion annulée : il ne change plus."))
    return meeting


@transaction.atomic
def save_notes(item, *, notes, number, actor, at):
    """Write ``notes`` under a point, over the text whose ``number`` the writer had before their eyes.

    The same words again change nothing. Raises NotesHaveChanged where somebody else saved meanwhile.
    """
    meeting = _writable(item.meeting, actor)
    item = AgendaItem.objects.select_for_update().get(pk=item.pk)
    notes = notes.replace("\r\n", "\n").rstrip()
    if notes == item.notes:
        return item
    if number != item.notes_number:
        raise NotesHaveChanged(item)
    if len(notes) > MOST_NOTES:
        raise ValidationError(_("Ce point est trop long : %(most)s signes au plus.") % {"most": MOST_NOTES})
    if meeting.held_at and item.notes_sent is None:
        item.notes_sent = item.notes
    item.notes, item.notes_number = notes, item.notes_number + 1
    item.save(update_fields=["notes", "notes_number", "notes_sent"])
    _correct(meeting, actor=actor, at=at)
    return item


def _correct(meeting, *, actor, at):
    """What was sent to be read has changed: it shows, those who had read it read it again, two days at least."""
    if not meeting.held_at:
        return
    meeting.corrected_at = at
    meeting.minutes_due_on = max(meeting.minutes_due_on, timezone.localdate(at) + TIME_TO_READ_AGAIN)
    meeting.save(update_fields=["corrected_at", "minutes_due_on"])
    record("groups.correct_minutes", meeting, actor=actor, at=at)


@transaction.atomic
def tick_presence(meeting, *, organisation=None, seat=None, was_present, actor, at):
    """Write that a member organisation, or a resident's seat, was there, or was not."""
    meeting = _writable(meeting, actor)
    if organisation is not None:
        known = meeting.group.members.standing().filter(organisation=organisation)
    else:
        known = meeting.group.seats.standing().filter(pk=seat.pk)
    if not known.exists():
        raise ValidationError(_("Cette organisation ne fait pas partie du groupe."))
    presence, _made = Presence.objects.update_or_create(
        meeting=meeting, organisation=organisation, seat=seat, defaults={"was_present": was_present}
    )
    _correct(meeting, actor=actor, at=at)
    return presence


@transaction.atomic
def hold_meeting(meeting, *, others_present="", actor, at):
    """The meeting was held: its minutes go to the members, who have eight days to ask for a correction."""
    meeting = facilitated_meeting(meeting, actor)
    if meeting.cancelled_at or meeting.held_at:
        raise ValidationError(_("Cette réunion est déjà tenue ou annulée."))
    if meeting.date > timezone.localdate(at):
        raise ValidationError(_("Cette réunion est à venir : revenez quand elle aura eu lieu."))
    if not meeting.presences.filter(was_present=True).exists():
        raise ValidationError(_("Cochez d’abord qui était là."))
    meeting.held_at = at
    meeting.minutes_due_on = timezone.localdate(at) + TIME_TO_READ
    meeting.others_present = others_present.strip()
    meeting.save(update_fields=["held_at", "minutes_due_on", "others_present"])
    record("groups.hold_meeting", meeting, actor=actor, at=at)
    emails.minutes_to_read(meeting, at=at)
    return meeting


@transaction.atomic
def read_minutes(meeting, *, organisation=None, seat=None, correction="", actor, at):
    """A participant says that the minutes are right, or what is to be corrected. Once all who were there have said
    that they are right, they are validated.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("group").get(pk=meeting.pk)
    refuse_who_does_not_speak(meeting.group, organisation, seat, actor)
    if not meeting.held_at or meeting.validated_at:
        raise ValidationError(_("Ce compte rendu n’est pas à relire."))
    reading = MinutesReading.objects.create(
        meeting=meeting,
        organisation=organisation,
        seat=seat,
        said_by=actor,
        said_at=at,
        correction=correction.strip(),
    )
    record("groups.read_minutes", meeting, actor=actor, at=at)
    if reading.correction:
        emails.correction_asked(reading, at=at)
    elif _all_have_read(meeting):
        _validate(meeting, actor=actor, at=at)
    return reading


def _all_have_read(meeting):
    if any(reading.is_waiting for reading in meeting.readings.all()):
        return False
    present = set(meeting.presences.filter(was_present=True).values_list("organisation_id", "seat_id"))
    right = meeting.readings.filter(correction="")
    if meeting.corrected_at:
        right = right.filter(said_at__gte=meeting.corrected_at)
    return present <= set(right.values_list("organisation_id", "seat_id"))


@transaction.atomic
def settle_correction(reading, *, answer, actor, at):
    """The pen has corrected the minutes, or says why not."""
    meeting = facilitated_meeting(reading.meeting, actor)
    reading = MinutesReading.objects.select_for_update().get(pk=reading.pk)
    if not reading.is_waiting or meeting.validated_at:
        raise ValidationError(_("Cette demande est déjà réglée."))
    if not answer.strip():
        raise ValidationError({"answer": _("Dites ce que vous en avez fait.")})
    reading.settled_at, reading.answer = at, answer.strip()
    reading.full_clean(exclude=["meeting"])
    reading.save(update_fields=["settled_at", "answer"])
    record("groups.settle_correction", meeting, actor=actor, at=at)
    emails.correction_settled(reading, at=at)
    return reading


@transaction.atomic
def validate_minutes(meeting, *, actor, at):
    """Whoever animates closes the reading, once its day is past and every correction has its answer."""
    meeting = facilitated_meeting(meeting, actor)
    if not meeting.held_at or meeting.validated_at:
        raise ValidationError(_("Ce compte rendu n’est pas à valider."))
    if any(reading.is_waiting for reading in meeting.readings.all()):
        raise ValidationError(_("Une correction attend encore sa réponse."))
    if timezone.localdate(at) <= meeting.minutes_due_on and not _all_have_read(meeting):
        raise ValidationError(_("La relecture est encore ouverte : attendez son dernier jour."))
    return _validate(meeting, actor=actor, at=at)


def _validate(meeting, *, actor, at):
    meeting.validated_at = at
    meeting.save(update_fields=["validated_at"])
    record("groups.validate_minutes", meeting, actor=actor, at=at)
    emails.minutes_validated(meeting, at=at)
    return meeting


def validate_read_minutes(*, at):
    """Every day: minutes whose reading is over and that nobody asked to correct are validated. Returns how many."""
    today, done = timezone.localdate(at), 0
    due = Meeting.objects.filter(held_at__isnull=False, validated_at=None, minutes_due_on__lt=today)
    for pk in list(due.values_list("pk", flat=True)):
        with transaction.atomic():
            meeting = Meeting.objects.select_for_update(of=("self",)).select_related("group").get(pk=pk)
            if meeting.validated_at or any(reading.is_waiting for reading in meeting.readings.all()):
                continue
            _validate(meeting, actor=None, at=at)
            done += 1
    return done
