"""Planning a meeting, inviting, answering, moving, cancelling, sharing."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record

from .. import emails
from ..models import Meeting, Presence
from ..permissions import seat_of, voices_of
from .groups import facilitated

WHEN_AND_WHERE = ("date", "starts_at", "ends_at", "place")
EDITABLE = (*WHEN_AND_WHERE, "title", "host")


def facilitated_meeting(meeting, actor):
    """The meeting's row and its group's, locked; raises PermissionDenied where ``actor`` does not run the group."""
    group = facilitated(meeting.group, actor)
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    meeting.group = group
    return meeting


@transaction.atomic
def plan_meeting(group, *, actor, at, **fields):
    """A meeting on ``date`` from ``starts_at`` to ``ends_at``, at ``place``, hosted by a member, or nobody."""
    group = facilitated(group, actor)
    meeting = Meeting(group=group, planned_at=at, **{name: fields[name] for name in EDITABLE if name in fields})
    _save(meeting)
    record("groups.plan_meeting", meeting, actor=actor, at=at)
    return meeting


def _save(meeting):
    if meeting.host and not meeting.group.members.standing().filter(organisation=meeting.host).exists():
        raise ValidationError({"host": _("Cette organisation ne fait pas partie du groupe.")})
    meeting.full_clean(exclude=["group"], validate_unique=False, validate_constraints=False)
    if meeting.ends_at <= meeting.starts_at:
        raise ValidationError({"ends_at": _("La fin vient après le début.")})
    try:
        with transaction.atomic():
            meeting.save()
    except IntegrityError as error:
        raise ValidationError({"date": _("Ce groupe a déjà une réunion ce jour-là.")}) from error


@transaction.atomic
def edit_meeting(meeting, *, actor, at, **fields):
    """Change it. Where people were invited already and the day, the hours or the place change, they are told."""
    meeting = facilitated_meeting(meeting, actor)
    if meeting.cancelled_at or meeting.held_at:
        raise ValidationError(_("Cette réunion est tenue ou annulée : elle ne se déplace plus."))
    before = [getattr(meeting, name) for name in WHEN_AND_WHERE]
    for name in EDITABLE:
        if name in fields:
            setattr(meeting, name, fields[name])
    moved = before != [getattr(meeting, name) for name in WHEN_AND_WHERE]
    if meeting.invited_at and moved:
        meeting.invitation_number += 1
    _save(meeting)
    record("groups.edit_meeting", meeting, actor=actor, at=at)
    if meeting.invited_at and moved:
        emails.meeting_moved(meeting, at=at)
    return meeting


@transaction.atomic
def send_invitations(meeting, *, actor, at):
    """Write to everybody of the group, the calendar's file attached; each organisation and seat may answer."""
    meeting = facilitated_meeting(meeting, actor)
    if meeting.invited_at:
        raise ValidationError(_("La convocation est déjà partie."))
    if meeting.cancelled_at or meeting.held_at:
        raise ValidationError(_("Cette réunion est tenue ou annulée."))
    if meeting.date < timezone.localdate(at):
        raise ValidationError(_("Cette date est passée : déplacez d’abord la réunion."))
    meeting.invited_at = at
    meeting.save(update_fields=["invited_at"])
    record("groups.send_invitations", meeting, actor=actor, at=at)
    emails.invitation(meeting, at=at)
    return meeting


@transaction.atomic
def answer_invitation(meeting, *, organisation=None, seat=None, answer, actor, at):
    """``organisation`` (or the ``seat``) comes, or is excused; may change until the meeting is held."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    refuse_who_does_not_speak(meeting.group, organisation, seat, actor)
    if meeting.held_at or meeting.cancelled_at:
        raise ValidationError(_("Cette réunion est tenue ou annulée."))
    presence, _made = Presence.objects.update_or_create(
        meeting=meeting, organisation=organisation, seat=seat, defaults={"answer": answer}
    )
    return presence


def refuse_who_does_not_speak(group, organisation, seat, actor):
    """Exactly one of them, and ``actor`` speaks for it in ``group``; PermissionDenied otherwise."""
    if organisation is not None and seat is None:
        if voices_of(actor, group).filter(organisation=organisation).exists():
            return
    elif seat is not None and organisation is None and seat_of(actor, group) == seat:
        return
    raise PermissionDenied


@transaction.atomic
def cancel_meeting(meeting, *, words, actor, at):
    """It will not be held; kept, with the reason. Those who were invited are told."""
    meeting = facilitated_meeting(meeting, actor)
    if meeting.cancelled_at or meeting.held_at:
        raise ValidationError(_("Cette réunion est déjà tenue ou annulée."))
    meeting.cancelled_at, meeting.cancelled_because = at, words.strip()
    meeting.invitation_number += 1
    meeting.save(update_fields=["cancelled_at", "cancelled_because", "invitation_number"])
    record("groups.cancel_meeting", meeting, actor=actor, at=at)
    if meeting.invited_at:
        emails.meeting_cancelled(meeting, at=at)
    return meeting


@transaction.atomic
def share_meeting(meeting, *, shared, actor, at):
    """Show the agenda and the validated minutes to the invited public partners, or stop showing them. Journaled."""
    meeting = facilitated_meeting(meeting, actor)
    if shared and not meeting.group.partners.standing().exists():
        raise ValidationError(_("Aucun partenaire public n’est invité dans ce groupe."))
    if shared and not meeting.validated_at:
        raise ValidationError(_("On partage un compte rendu validé : faites-le d’abord relire."))
    if bool(meeting.shared_at) is shared:
        return meeting
    meeting.shared_at = at if shared else None
    meeting.save(update_fields=["shared_at"])
    record("groups.share_meeting" if shared else "groups.unshare_meeting", meeting, actor=actor, at=at)
    return meeting
