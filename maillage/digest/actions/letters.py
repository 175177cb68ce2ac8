"""The weekly letter: on the chosen day, to those for whom there is something, each thing once."""

import datetime
import logging

from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation

from maillage.accounts.models import User
from maillage.messaging.kinds import Category
from maillage.messaging.models import Refusal

from .. import emails
from ..gathering import news_for, not_waiting, waiting_for
from ..models import DigestPreference, Weekday

logger = logging.getLogger(__name__)

LOOKS_BACK = datetime.timedelta(days=21)
"""Over which time news is looked for: a letter that could not leave one week, or two, forgets nothing."""
TOLD_KEPT = datetime.timedelta(days=60)
"""How long a key is kept after its line is no longer there."""
MORE_THAN_A_DAY = datetime.timedelta(hours=20)
MOST_TO_DO, MOST_NEWS = 12, 20
"""Lines in a letter; what is left is on the page of one's space, and said to be."""


def send_letters(*, at):
    """Write the letter of each person whose day it is; returns how many letters. Twice a day does no harm.

    Somebody who takes part in nothing yet has no letter; a week without anything new is silent.
    """
    day = timezone.localdate(at)
    written = 0
    for user in _whose_day_it_is(day, at).iterator(chunk_size=500):
        try:
            written += _send(user, at=at)
        except Exception:
            # The letters of the others leave; this one leaves next week, and forgets nothing.
            logger.exception("the letter of account %s failed", user.uuid)
    return written


def _whose_day_it_is(day, at):
    chosen = Q(digest_preference__weekday=day.weekday())
    if day.weekday() == Weekday.TUESDAY:
        chosen |= Q(digest_preference=None)
    takes_part = (
        Q(memberships__until=None, memberships__isnull=False)
        | Q(territory_roles__until=None, territory_roles__isnull=False)
        | Q(resident_seats__until=None, resident_seats__isnull=False)
    )
    done = Q(digest_preference__last_sent_at__gt=at - MORE_THAN_A_DAY)
    # Somebody else may have typed the address: what associations write to each other goes to who has come here.
    proved = Q(last_login__isnull=False) | Q(emailaddress__verified=True)
    people = User.objects.filter(takes_part, proved, is_active=True).values("pk")
    return User.objects.filter(chosen, pk__in=people).exclude(done).order_by("pk")


@transaction.atomic
def _send(user, *, at):
    if Refusal.objects.filter(address__iexact=user.email, category=Category.LETTER).exists():
        return 0
    preference, _made = DigestPreference.objects.get_or_create(user=user)
    mine = DigestPreference.objects.filter(pk=preference.pk, last_sent_at=preference.last_sent_at)
    # Whoever dates it first writes the letter; a failure afterwards undoes the date with it.
    if not mine.update(last_sent_at=at):
        return 0
    today = timezone.localdate(at)
    with translation.override(user.language):
        waiting = list(waiting_for(user, today=today))
        news = news_for(user, since=at - LOOKS_BACK, until=at)
        to_do = [line for line in waiting if line.key not in preference.told]
        fresh = [line for line in news if line.key not in preference.told]
        to_read = not_waiting(fresh, waiting)
        if to_do or to_read:
            _write(user, to_do, to_read, still=len(waiting), at=at)
    here = {line.key for line in (*waiting, *news)}
    told = {key: day for key, day in preference.told.items() if key in here or day > str(today - TOLD_KEPT)}
    # What did not fit was said to be there, and how many: it is not told again.
    told |= {line.key: str(today) for line in (*to_do, *fresh)}
    DigestPreference.objects.filter(pk=preference.pk).update(told=told)
    return int(bool(to_do or to_read))


def _write(user, to_do, to_read, *, still, at):
    shown, news = to_do[:MOST_TO_DO], to_read[:MOST_NEWS]
    emails.letter(user, to_do=shown, still=still - len(shown), news=news, more=len(to_read) - len(news), at=at)
