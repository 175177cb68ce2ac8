"""Opening a group, saying what it is, closing it."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record

from .. import permissions
from ..models import Group

EDITABLE = ("name", "kind", "founding_text", "decision_rule", "silence_is_consent", "quorum")


@transaction.atomic
def create_group(*, name, kind, territory, organisation, actor, at, **words):
    """Open a group on ``territory`` (None: national). ``organisation`` animates it and is its first member.

    None where the coordinator of the territory opens it in nobody's name. ``words``: the others of EDITABLE.
    """
    if not permissions.can_create(actor, territory):
        raise PermissionDenied
    mine = permissions.reader_of(actor).association_ids
    if organisation is not None and organisation.pk not in mine:
        raise PermissionDenied
    if organisation is None and (
        territory is None or territory.pk not in permissions.reader_of(actor).coordinated_territory_ids
    ):
        raise ValidationError({"organisation": _("Dites quelle association anime le groupe.")})
    group = Group(
        slug=_slug(name),
        name=name.strip(),
        kind=kind,
        territory=territory,
        created_at=at,
        **{field: words[field] for field in EDITABLE if field in words},
    )
    group.full_clean(exclude=["slug"])
    group.save()
    if organisation is not None:
        group.members.create(organisation=organisation, facilitates=True, host_order=1, since=timezone.localdate(at))
    record("groups.create", group, actor=actor, at=at)
    return group


def _slug(name):
    """Readable, and never one of the addresses of this part of the site."""
    slug = slugify(name)[:60] or "groupe"
    taken = slug == "nouveau" or Group.objects.filter(slug=slug).exists()
    return f"{slug}-{get_random_string(5, 'abcdefghijkmnpqrstuvwxyz23456789')}" if taken else slug


def facilitated(group, actor):
    """The group's row, locked; raises PermissionDenied where ``actor`` does not run it."""
    group = Group.objects.select_for_update().get(pk=group.pk)
    if not permissions.can_facilitate(actor, group):
        raise PermissionDenied
    return group


@transaction.atomic
def edit_group(group, *, actor, at, **fields):
    """Change what the group says of itself: any of EDITABLE."""
    group = facilitated(group, actor)
    for name in EDITABLE:
        if name in fields:
            setattr(group, name, fields[name])
    group.full_clean()
    group.save()
    record("groups.edit", group, actor=actor, at=at)
    return group


@transaction.atomic
def close_group(group, *, words, actor, at):
    """The group stops: everything stays readable by those who were inside, nothing is added."""
    group = facilitated(group, actor)
    today = timezone.localdate(at)
    if group.meetings.to_come(today).exists():
        raise ValidationError(_("Une réunion est encore à venir : annulez-la, ou tenez-la d’abord."))
    group.closed_at, group.closing_words = at, words.strip()
    group.save(update_fields=["closed_at", "closing_words"])
    record("groups.close", group, actor=actor, at=at)
    return group
