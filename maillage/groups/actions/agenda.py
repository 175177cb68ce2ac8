"""The agenda of a meeting: its points, in their order."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record

from ..models import AgendaItem, Meeting
from ..permissions import can_hold_the_pen
from .meetings import facilitated_meeting

MOST_ITEMS = 40
TOO_MANY = _("Un ordre du jour a au plus %(most)s points : gardez-en pour la prochaine fois.")


def _open(meeting, actor):
    meeting = facilitated_meeting(meeting, actor)
    if meeting.held_at or meeting.cancelled_at:
        raise ValidationError(_("L’ordre du jour de cette réunion ne change plus."))
    return meeting


@transaction.atomic
def add_items(meeting, *, items, actor, at):
    """Add ``items`` at the end: mappings with `title`, and maybe `kind`, `link`, `minutes_planned`.

    A link that the agenda has already is left out. Returns the rows made.
    """
    meeting = _open(meeting, actor)
    links = set(meeting.agenda.exclude(link="").values_list("link", flat=True))
    last = meeting.agenda.aggregate(last=Max("order"))["last"] or 0
    made = []
    for item in items:
        if item.get("link") and item["link"] in links:
            continue
        links.add(item.get("link"))
        row = AgendaItem(meeting=meeting, order=last + len(made) + 1, **item)
        row.full_clean(exclude=["meeting"])
        made.append(row)
    if len(made) + meeting.agenda.count() > MOST_ITEMS:
        raise ValidationError(TOO_MANY % {"most": MOST_ITEMS})
    for row in made:
        row.save()
    if made:
        record("groups.change_agenda", meeting, actor=actor, at=at)
    return made


@transaction.atomic
def add_unforeseen(meeting, *, title, actor, at):
    """Whoever holds the pen adds a point that nobody had foreseen, at the end, until the meeting is closed."""
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("group").get(pk=meeting.pk)
    if not can_hold_the_pen(actor, meeting):
        raise PermissionDenied
    if meeting.held_at:
        raise ValidationError(_("La réunion est close : son ordre du jour ne change plus."))
    if meeting.agenda.count() >= MOST_ITEMS:
        raise ValidationError(TOO_MANY % {"most": MOST_ITEMS})
    last = meeting.agenda.aggregate(last=Max("order"))["last"] or 0
    item = AgendaItem(meeting=meeting, order=last + 1, title=title.strip())
    item.full_clean(exclude=["meeting"])
    item.save()
    record("groups.change_agenda", meeting, actor=actor, at=at)
    return item


@transaction.atomic
def move_item(item, *, up, actor, at):
    """Exchange a point with its neighbour above (``up``) or below; at the end of the list nothing changes."""
    meeting = _open(item.meeting, actor)
    rows = list(meeting.agenda.select_for_update())
    place = next(index for index, row in enumerate(rows) if row.pk == item.pk)
    other = place - 1 if up else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
        for order, row in enumerate(rows, start=1):
            if row.order != order:
                AgendaItem.objects.filter(pk=row.pk).update(order=order)
        record("groups.change_agenda", meeting, actor=actor, at=at)
    return meeting


@transaction.atomic
def remove_item(item, *, actor, at):
    """Take a point away, as long as nothing was written under it."""
    meeting = _open(item.meeting, actor)
    item = AgendaItem.objects.select_for_update().get(pk=item.pk)
    if item.notes or item.action_points.exists() or item.decisions.exists():
        raise ValidationError(_("Ce point a déjà son compte rendu : il reste."))
    item.delete()
    record("groups.change_agenda", meeting, actor=actor, at=at)
    return meeting
