"""A profile that somebody reads again once a year: asked by e-mail, answered by one button."""

import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.functions import Coalesce

from maillage.journal.actions import record

from .. import emails
from ..models import Organisation
from ..permissions import can_edit
from ..queries import managers_of

ASK_AGAIN_AFTER = datetime.timedelta(days=60)
MOST_A_DAY = 500
"""On the day when a whole directory was imported a year ago, the mail server is not flooded."""


@transaction.atomic
def refresh_profile(organisation, *, actor, at):
    """A manager says that the profile is right as it is. Twice changes the date only."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if organisation.archived_at or not can_edit(actor, organisation):
        raise PermissionDenied
    organisation.refreshed_at = at
    organisation.save(update_fields=["refreshed_at"])
    record("organisations.refresh", organisation, actor=actor, at=at)
    return organisation


def follow_profiles(*, at):
    """Ask those who manage a profile that nobody has read for `PROFILE_REFRESH_DAYS` to read it: once a year, and
    once more after sixty days of silence. Returns how many profiles. Running twice a day does no harm.
    """
    year, asked = datetime.timedelta(days=settings.PROFILE_REFRESH_DAYS), 0
    due = (
        Organisation.objects.listed()
        .annotate(last_read=Coalesce("refreshed_at", "claimed_at"))
        .filter(last_read__lte=at - year)
        .order_by("last_read", "pk")
    )
    for organisation in due.iterator(chunk_size=500):
        if asked == MOST_A_DAY:
            break
        if _is_to_be_asked(organisation, year, at):
            asked += _ask(organisation, at)
    return asked


def _is_to_be_asked(organisation, year, at):
    last, due_at = organisation.refresh_asked_at, organisation.read_at + year
    if last is None or last < due_at or last <= at - year:
        return True
    # Asked once for this year; what is asked sixty days later or more was the reminder.
    return last < due_at + ASK_AGAIN_AFTER and last <= at - ASK_AGAIN_AFTER


@transaction.atomic
def _ask(organisation, at):
    managers = list(managers_of(organisation))
    mine = Organisation.objects.filter(pk=organisation.pk, refresh_asked_at=organisation.refresh_asked_at)
    if not managers or not mine.update(refresh_asked_at=at):
        return 0
    for user in managers:
        emails.profile_to_read_again(organisation, user, at=at)
    return 1
