"""What a letter may tell: public things of a territory, since the letter before. Whom it goes to."""

import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from maillage.editorial.models import CaseStudy, NewsPage
from maillage.events.queries import occurrences
from maillage.messaging.kinds import Category
from maillage.messaging.models import Refusal
from maillage.organisations.audiences import anybody
from maillage.organisations.models import TerritoryRole
from maillage.participation.queries import answered_needs
from maillage.territories.models import Territory
from maillage.ui.days import date_format

from .models import Letter, Subscriber, edited_territories

AT_FIRST = datetime.timedelta(days=30)
AHEAD = datetime.timedelta(days=30)
MOST = 40


def proposed(territory, *, at):
    """[{"what", "title", "url", "detail"}] of what everybody may read there: news and case studies published, answers
    to residents since the last letter; the dates of the next thirty days. What is not public is never asked for.
    """
    last = Letter.objects.filter(territory=territory, sent_at__isnull=False).order_by("-sent_at").first()
    since = last.sent_at if last else at - AT_FIRST
    inside = Q(places__territory__in=Territory.objects.within(territory).values("pk"))
    found = [
        *_pages(NewsPage, gettext("Actualité"), inside | Q(places=None), since),
        *_pages(CaseStudy, gettext("Pratique"), inside, since),
    ]
    for need in answered_needs(territory).filter(answered_at__gt=since)[:MOST]:
        found.append(_item(gettext("Réponse"), need.wording, need, need.answer[:200]))
    today = timezone.localdate(at)
    seen = set()
    for date in occurrences(anybody(), territory=territory, since=today, until=today + AHEAD).standing()[:MOST]:
        if date.event_id not in seen:
            seen.add(date.event_id)
            told = ", ".join(part for part in (date_format(date.first_day, "l j F"), date.event.place) if part)
            found.append(_item(gettext("Agenda"), date.event.title, date.event, told))
    return found


def _pages(model, what, where, since):
    rows = model.objects.visible_to(anybody()).live().filter(where, first_published_at__gt=since).distinct()
    return [_item(what, row.title, row, row.summary[:200]) for row in rows.order_by("-first_published_at")[:MOST]]


def _item(what, title, row, detail):
    return {"what": what, "title": title, "url": row.get_absolute_url(), "detail": detail}


def recipients(territory):
    """Who asked for the letter of ``territory`` and did not leave since."""
    gone = Refusal.objects.filter(category=Category.NEWSLETTER).values("address")
    return Subscriber.objects.filter(territories=territory).exclude(email__in=gone).order_by("pk")


def sent_letters(territory=None):
    found = Letter.objects.visible_to(anybody()).filter(sent_at__isnull=False).select_related("territory")
    return (found.filter(territory=territory) if territory else found).order_by("-sent_at")


def places_to_write(user):
    mine = edited_territories(user)
    if mine is None:
        held = TerritoryRole.objects.filter(until=None).values("territory")
        return Territory.objects.filter(pk__in=held).order_by("search_name")[:200]
    return Territory.objects.filter(pk__in=mine).order_by("search_name")
