"""What somebody will do, by when: noting it, doing it, giving it up; reminders."""

import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record

from .. import emails
from ..models import ActionPoint, Group
from ..permissions import can_close_point, is_inside

REMIND_BEFORE = datetime.timedelta(days=3)
REMIND_AGAIN = datetime.timedelta(days=14)


@transaction.atomic
def add_point(group, *, wording, actor, at, organisation=None, due_on=None, item=None, key=None):
    """Note what is to be done, by ``organisation`` (a member, or None) for ``due_on``; ``item``: said under it.

    ``key`` (UUID) is made by the page: the same one sent again gives the row already noted.
    """
    group = Group.objects.select_for_update().get(pk=group.pk)
    if group.closed_at or not is_inside(actor, group):
        raise PermissionDenied
    if key and (known := ActionPoint.objects.filter(key=key, group=group).first()):
        return known
    if organisation and not group.members.standing().filter(organisation=organisation).exists():
        raise ValidationError({"organisation": _("Cette organisation ne fait pas partie du groupe.")})
    point = ActionPoint(
        group=group,
        meeting=item.meeting if item else None,
        item=item,
        wording=wording.strip(),
        organisation=organisation,
        due_on=due_on,
        created_at=at,
        **({"key": key} if key else {}),
    )
    point.full_clean(exclude=["group", "key"], validate_unique=False)
    try:
        with transaction.atomic():
            point.save()
    except IntegrityError as error:
        raise ValidationError(_("Cette action n’a pas pu être notée : rechargez la page.")) from error
    record("groups.add_point", point, actor=actor, at=at)
    return point


@transaction.atomic
def entrust_point(point, *, organisation, due_on, actor, at):
    """Another member takes charge of it (None: nobody yet), or another day is given. Reminders begin again."""
    point = ActionPoint.objects.select_for_update(of=("self",)).select_related("group").get(pk=point.pk)
    if not can_close_point(actor, point):
        raise PermissionDenied
    if not point.is_open:
        raise ValidationError(_("Cette action est déjà close."))
    if organisation and not point.group.members.standing().filter(organisation=organisation).exists():
        raise ValidationError({"organisation": _("Cette organisation ne fait pas partie du groupe.")})
    point.organisation, point.due_on, point.reminded_at = organisation, due_on, None
    point.save(update_fields=["organisation", "due_on", "reminded_at"])
    record("groups.entrust_point", point, actor=actor, at=at)
    return point


@transaction.atomic
def close_point(point, *, done, words, actor, at):
    """It is done; or given up, and then ``words`` say why."""
    point = ActionPoint.objects.select_for_update().get(pk=point.pk)
    if not can_close_point(actor, point):
        raise PermissionDenied
    if not point.is_open:
        raise ValidationError(_("Cette action est déjà close."))
    if not done and not words.strip():
        raise ValidationError({"words": _("Dites pourquoi on y renonce : cela sert aux autres.")})
    if done:
        point.done_at = at
    else:
        point.dropped_at = at
    point.closing_words = words.strip()
    point.full_clean(exclude=["group", "meeting", "item"])
    point.save(update_fields=["done_at", "dropped_at", "closing_words"])
    record("groups.close_point", point, actor=actor, at=at)
    return point


@transaction.atomic
def reopen_point(point, *, actor, at):
    """It was closed by mistake."""
    point = ActionPoint.objects.select_for_update().get(pk=point.pk)
    if not can_close_point(actor, point):
        raise PermissionDenied
    point.done_at = point.dropped_at = None
    point.closing_words = ""
    point.save(update_fields=["done_at", "dropped_at", "closing_words"])
    record("groups.reopen_point", point, actor=actor, at=at)
    return point


def remind_points(*, at):
    """Every day: write to the people in charge three days before, then every two weeks as long as it is late."""
    today, sent = timezone.localdate(at), 0
    due = (
        ActionPoint.objects.open()
        .filter(due_on__lte=today + REMIND_BEFORE, organisation__isnull=False, group__closed_at=None)
        .select_related("group", "organisation")
    )
    for point in due.iterator(chunk_size=500):
        if point.reminded_at and point.reminded_at > at - REMIND_AGAIN:
            continue
        with transaction.atomic():
            mine = ActionPoint.objects.open().filter(pk=point.pk, reminded_at=point.reminded_at)
            if mine.update(reminded_at=at):
                emails.point_due(point, at=at)
                sent += 1
    return sent
