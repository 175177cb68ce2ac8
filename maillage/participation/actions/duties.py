"""What each day brings: words that nobody needs any more are deleted."""

import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from maillage.ui.page_cache import drop_public_pages

from ..models import ResidentVoice
from .deposit import forget

SET_ASIDE_KEPT = datetime.timedelta(days=31)
"""Long enough for its resident to read why."""
A_DAY = 500


def forget_old_voices(*, at):
    """Deletes what was set aside a month ago, and words heard more than `VOICES_KEPT_DAYS` ago. Needs and answers
    stay. At most A_DAY each time. Returns how many.
    """
    old = Q(set_aside_at__lt=at - SET_ASIDE_KEPT) | Q(
        heard_at__lt=at - datetime.timedelta(days=settings.VOICES_KEPT_DAYS)
    )
    with transaction.atomic():
        rows = list(ResidentVoice.objects.select_for_update().filter(old).order_by("pk")[:A_DAY])
        for voice in rows:
            forget(voice)
        drop_public_pages()
    return len(rows)
