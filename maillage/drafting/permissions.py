"""Who may do what with a text opened to a group."""

import dataclasses

from django.utils.translation import gettext

from maillage.charters.permissions import can_edit_draft, can_edit_national_text, can_promote
from maillage.groups.permissions import can_facilitate, is_inside, seat_of, voices_of


def can_open_workshop(user, group, version):
    """Whoever may edit the draft, and is inside the group."""
    return group.is_active and can_edit_draft(user, version) and is_inside(user, group)


def can_animate(user, workshop):
    """Answers the amendments, resolves the comments, closes: inside, who animates the group or writes the text."""
    if workshop.closed_at or not is_inside(user, workshop.group):
        return False
    return can_facilitate(user, workshop.group) or _writes(user, workshop.version)


def _writes(user, version):
    """As `can_edit_draft`; a text that was adopted meanwhile still has its writers."""
    if version.adaptation_id is None:
        return can_edit_national_text(user)
    return can_promote(user, version.adaptation)


def may_speak_as(user, workshop, *, organisation, seat):
    """Whether ``user`` may say something in the name of ``organisation``, from ``seat``, or, with neither, as who
    animates.
    """
    if organisation is not None:
        return voices_of(user, workshop.group).filter(organisation=organisation).exists()
    if seat is not None:
        return seat_of(user, workshop.group) == seat
    return can_animate(user, workshop)


def is_theirs(user, said, workshop):
    """Whether ``said`` (a comment, an amendment) was said by ``user``, or in the name that ``user`` speaks in."""
    if said.author_id == user.pk:
        return is_inside(user, workshop.group)
    if said.organisation_id is None and said.seat_id is None:
        return False
    return may_speak_as(user, workshop, organisation=said.organisation, seat=said.seat)


@dataclasses.dataclass(frozen=True)
class Voice:
    """In whose name somebody may speak: an organisation, a seat, or, with neither, as who animates."""

    value: str
    """What a form calls it."""
    name: str
    organisation: object = None
    seat: object = None


def voices_in(user, workshop):
    """The names that ``user`` may speak in; who has none of their own, and animates, speaks for the animation."""
    group = workshop.group
    voices = [
        Voice(f"o{member.organisation_id}", member.organisation.name, organisation=member.organisation)
        for member in voices_of(user, group)
    ]
    seat = seat_of(user, group)
    if seat is not None:
        voices.append(Voice(f"s{seat.pk}", seat.name, seat=seat))
    if not voices and can_animate(user, workshop):
        voices.append(Voice("animation", gettext("l’animation")))
    return voices
