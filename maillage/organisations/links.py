"""The link that an e-mail gives to one person who manages a profile: opening it proves who received it."""

import datetime

from django.core import signing
from django.utils import timezone

from maillage.accounts.models import User

from .models import Organisation

REFRESH = "organisations.refresh"
LINK_LASTS = datetime.timedelta(days=120)
"""Longer than the time between the e-mail and its reminder."""


def refresh_link(organisation, user, at):
    """What lets ``user`` say, without signing in, that the profile is right; good for what was asked at ``at``."""
    return signing.dumps([str(organisation.uuid), str(user.uuid), at.isoformat()], salt=REFRESH)


def open_refresh_link(link):
    """(organisation, user, when it was asked) of a link; None where forged, or of somebody who is no longer here."""
    try:
        uuid, person, asked_at = signing.loads(link, salt=REFRESH)
        asked_at = datetime.datetime.fromisoformat(asked_at)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    organisation = Organisation.objects.filter(uuid=uuid).first()
    user = User.objects.filter(uuid=person, is_active=True).first()
    if organisation is None or user is None:
        return None
    return organisation, user, asked_at


def is_too_old(asked_at):
    return timezone.now() > asked_at + LINK_LASTS
