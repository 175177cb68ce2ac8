"""What each day brings: reminders before each date, and what silence does. Run by `serve`, once a day."""

import datetime
import logging

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from .models import DailyRun

logger = logging.getLogger(__name__)

FROM_HOUR = 7
"""Nobody is written to in the night: the day's duties begin at seven, local time."""
GIVEN_UP_AFTER = datetime.timedelta(hours=1)
"""A run that was killed in the middle is begun again; each duty may be done twice without harm."""


def run_if_due(*, at=None):
    """Do the day's duties if nobody has; returns the `DailyRun` that this process did, or None."""
    at = at or timezone.now()
    local = timezone.localtime(at)
    if local.hour < FROM_HOUR or not _take(local.date(), at):
        return None
    return run(local.date(), at=at)


def _take(day, at):
    try:
        with transaction.atomic():
            DailyRun.objects.create(day=day, begun_at=at)
    except IntegrityError:
        # Somebody has it. A run that was never ended is taken over, by one process alone.
        left = DailyRun.objects.filter(day=day, ended_at=None, begun_at__lt=at - GIVEN_UP_AFTER)
        return bool(left.update(begun_at=at))
    return True


def run(day, *, at):
    """Do every duty of ``settings.DAILY`` (dotted names, each called with ``at``); one that fails stops no other."""
    report = {}
    for name in settings.DAILY:
        short = name.rsplit(".", 1)[-1]
        try:
            report[short] = import_string(name)(at=at)
        except Exception:
            logger.exception("a daily duty failed: %s", name)
            report[short] = "failed"
    done, _made = DailyRun.objects.update_or_create(
        day=day,
        defaults={"ended_at": timezone.now(), "report": report},
        create_defaults={"begun_at": at, "ended_at": timezone.now(), "report": report},
    )
    return done
