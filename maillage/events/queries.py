"""Reads across events and meetings: lists, months, clashes, what waits, what is new."""

import calendar as weeks
import dataclasses
import datetime

from django.db.models import Exists, F, Max, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from maillage.groups.models import Meeting
from maillage.organisations.audiences import anybody, reader_of
from maillage.territories.folding import fold
from maillage.territories.models import Territory
from maillage.ui.days import date_format
from maillage.ui.lines import Line

from .models import Event, ImportedFeed, Occurrence

ENDS_SOON = datetime.timedelta(days=21)
MOST_OF_A_MONTH = 400
MOST_OF_A_FEED = 500
MOST_CLASHES = 8
MOST_COMPARED = 1000


def occurrences(user, *, territory=None, for_whom="", free=False, since, until=None):
    """The dates that ``user`` may see from the day ``since`` on (to ``until``, included), narrowed, the soonest
    first; those that were cancelled among them.
    """
    events = Event.objects.visible_to(user).standing()
    if territory:
        placed = Event.territories.through.objects.filter(
            territory__in=Territory.objects.within(territory).values("pk")
        )
        events = events.filter(pk__in=placed.values("event"))
    if for_whom:
        events = events.filter(for_whom__in={for_whom, Event.ForWhom.ALL})
    if free:
        events = events.filter(is_free=True, feed=None)
    found = Occurrence.objects.filter(event__in=events.values("pk"), last_day__gte=since)
    if until:
        found = found.filter(first_day__lte=until)
    return found.select_related("event__organiser", "event__feed").prefetch_related("event__territories")


def next_public_dates(territory, *, today, most=5):
    """The next dates on ``territory`` that everybody may read, as a list: for pages that show the same to all."""
    found = occurrences(anybody(), territory=territory, since=today).standing().prefetch_related(None)
    return list(found[:most])


def meetings(user, *, territory=None, since, until):
    """The meetings of the groups that ``user`` is in, from a day to another, the soonest first."""
    found = Meeting.objects.visible_to(user).filter(date__gte=since, date__lte=until, cancelled_at=None)
    if territory:
        found = found.filter(group__territory__in=Territory.objects.within(territory).values("pk"))
    return found.select_related("group").order_by("date", "starts_at")


@dataclasses.dataclass
class Day:
    """A day of a month: its dates and meetings, as they are shown."""

    date: datetime.date
    occurrences: list
    meetings: list

    @property
    def is_empty(self):
        return not self.occurrences and not self.meetings


def month_of(user, territory, first, *, for_whom="", free=False):
    """The `Day`s of the month that begins on ``first``, as ``user`` may see them on ``territory``. A date of several
    days stands on each. At most MOST_OF_A_MONTH dates. Five queries, whatever there is.
    """
    last = first.replace(day=weeks.monthrange(first.year, first.month)[1])
    dates = [first + datetime.timedelta(days=n) for n in range(last.day)]
    days = {date: Day(date, [], []) for date in dates}
    narrowed = {"territory": territory, "for_whom": for_whom, "free": free}
    for found in occurrences(user, **narrowed, since=first, until=last)[:MOST_OF_A_MONTH]:
        date = max(found.first_day, first)
        while date <= min(found.last_day, last):
            days[date].occurrences.append(found)
            date += datetime.timedelta(days=1)
    for meeting in meetings(user, territory=territory, since=first, until=last):
        days[meeting.date].meetings.append(meeting)
    return list(days.values())


def for_a_feed(events, *, today):
    """``events`` with what a feed writes of them: those that still have a date since thirty days ago."""
    recent = Occurrence.objects.filter(event=OuterRef("pk"), last_day__gte=today - datetime.timedelta(days=30))
    found = events.standing().filter(Exists(recent)).order_by("starts_on", "pk")
    return found.select_related("feed").prefetch_related("date_changes", "occurrences__event")[:MOST_OF_A_FEED]


def meetings_for_a_feed(found, *, today):
    """Meetings (narrowed by whoever asks) since thirty days ago, cancelled ones too: a calendar takes them off."""
    since = today - datetime.timedelta(days=30)
    recent = found.filter(date__gte=since).select_related("group").prefetch_related("agenda")
    return recent.order_by("date")[:MOST_OF_A_FEED]


def clashes(user, event, dates, territories):
    """[(date, other `Occurrence`, why)] of what ``user`` may see and that meets ``dates`` (rows of ``event``, not
    saved): the same place, the same organiser, or the same public in the same neighbourhood, at the same time. What
    one may not see is not even counted. At most MOST_CLASHES. Three queries.
    """
    dates = [date for date in dates if not date.cancelled]
    if not dates:
        return []
    since, until = min(date.starts_at for date in dates), max(date.ends_at for date in dates)
    near = Q(event__territories__in=territories) | Q(event__organiser_id=event.organiser_id)
    others = (
        Occurrence.objects.visible_to(user)
        .standing()
        .filter(near, starts_at__lt=until, ends_at__gt=since)
        .exclude(event_id=event.pk)
        .select_related("event__organiser", "event__feed")
        .distinct()
    )
    others = list(others.order_by("starts_at", "pk")[:MOST_COMPARED])
    placed = {}
    links = Event.territories.through.objects.filter(
        territory__in=territories, event__in={other.event_id for other in others}
    )
    for event_id, territory_id in links.values_list("event_id", "territory_id"):
        placed.setdefault(event_id, set()).add(territory_id)
    found = []
    for other in others:
        for date in dates:
            meet = other.starts_at < date.ends_at and other.ends_at > date.starts_at
            if meet and (why := _why(event, other.event, placed.get(other.event_id))):
                found.append((date, other, why))
                break
        if len(found) == MOST_CLASHES:
            break
    return found


def _why(event, other, shared):
    if event.place and other.place and fold(event.place) == fold(other.place):
        return gettext("au même endroit")
    if other.organiser_id and other.organiser_id == event.organiser_id:
        return gettext("avec vous aussi")
    if shared and event.for_whom == other.for_whom:
        return gettext("pour le même public, dans le même quartier")
    return ""


def territories_with_dates(user, *, today):
    """The neighbourhoods where ``user`` may see something to come, by name."""
    events = Event.objects.visible_to(user).standing().values("pk")
    to_come = Occurrence.objects.filter(event__in=events, last_day__gte=today).values("event")
    placed = Event.territories.through.objects.filter(event__in=to_come).values("territory")
    return Territory.objects.filter(pk__in=placed).order_by("search_name")


def own_territories(user):
    """Those of one's associations and of one's coordination, by name: whose months one looks at first."""
    return Territory.objects.filter(pk__in=reader_of(user).space_territory_ids).order_by("search_name")


def feeds_of(user):
    """The calendars that ``user`` may read again or stop."""
    return ImportedFeed.objects.visible_to(user).followed().select_related("territory", "organisation")


def waiting_for(user, *, today):
    """What repeats and soon stops; followed calendars that are not read any more. Two queries, whatever waits."""
    if not user.is_authenticated or reader_of(user).is_public_partner:
        return []
    lines = []
    mine = Event.objects.visible_to(user).filter(
        organiser_id__in=reader_of(user).association_ids, feed=None, cancelled_at=None, removed_at=None
    )
    ending = mine.exclude(rule="").annotate(last=Max("occurrences__last_day"))
    for event in ending.filter(last__range=(today, today + ENDS_SOON)).order_by("pk"):
        lines.append(
            Line(
                _("Ce qui se répète s’arrête bientôt : prolonger ?"),
                event.title,
                event.get_absolute_url(),
                f"event-ends-{event.pk}-{event.last}",
                event.last,
            )
        )
    for feed in feeds_of(user).exclude(fault="").order_by("pk"):
        lines.append(
            Line(
                _("Un calendrier suivi n’est plus lu"),
                feed.name,
                feed.get_absolute_url(),
                f"feed-fault-{feed.pk}",
                detail=feed.fault,
            )
        )
    return lines


def news_for(user, *, since, until):
    """What was announced, or cancelled, on one's territories, and is still to come. Two queries."""
    reader = reader_of(user)
    if not user.is_authenticated or reader.is_public_partner or not reader.space_territory_ids:
        return []
    here = Event.territories.through.objects.filter(territory_id__in=reader.space_territory_ids).values("event")
    to_come = Occurrence.objects.filter(event=OuterRef("pk"), ends_at__gt=until)
    events = (
        Event.objects.visible_to(user)
        .standing()
        .filter(Exists(to_come), pk__in=here, feed=None)
        .exclude(organiser_id__in=reader.association_ids)
        .select_related("organiser")
        .order_by("pk")
    )
    new = events.filter(created_at__gt=since, created_at__lte=until, cancelled_at=None)
    off = events.filter(cancelled_at__gt=since, cancelled_at__lte=until, created_at__lte=F("cancelled_at"))
    lines = [_told(event, _("Au calendrier"), f"event-{event.pk}") for event in new]
    return lines + [_told(event, _("Annulé"), f"event-off-{event.pk}") for event in off]


def _told(event, what, key):
    detail = gettext("%(day)s, %(name)s") % {
        "day": date_format(event.starts_on, "j F"),
        "name": event.organiser.name,
    }
    return Line(what, event.title, event.get_absolute_url(), key, timezone.localdate(event.changed_at), detail)
