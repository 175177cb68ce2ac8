"""Which messages one receives, and on which day the letter comes."""

from django.db import transaction

from maillage.messaging.actions import accept_again, refuse
from maillage.messaging.kinds import Category

from ..models import DigestPreference


@transaction.atomic
def choose(user, *, weekday, wanted, at):
    """``user`` receives the letter on ``weekday``, and messages of the categories ``wanted`` and of duty alone."""
    DigestPreference.objects.update_or_create(user=user, defaults={"weekday": weekday})
    for category in Category:
        if category in wanted:
            accept_again(user.email, category)
        elif category != Category.DUTY:
            refuse(user.email, category, at=at)
