"""The secret address of one's own calendar."""

from django.db import transaction

from maillage.journal.actions import record

from ..models import CalendarKey
from ..models.feeds import new_token


@transaction.atomic
def give_key(*, actor, at):
    """A secret address for ``actor``; the one before, if any, shows nothing more."""
    key, _made = CalendarKey.objects.update_or_create(user=actor, defaults={"token": new_token(), "created_at": at})
    record("events.give_key", key, actor=actor, at=at)
    return key


@transaction.atomic
def withdraw_key(*, actor, at):
    """No secret address any more."""
    key = CalendarKey.objects.filter(user=actor).first()
    if key:
        record("events.withdraw_key", key, actor=actor, at=at)
        key.delete()
