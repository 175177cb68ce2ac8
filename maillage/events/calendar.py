"""Events as iCalendar (RFC 5545): files, feeds, and the dates that a rule gives."""

import datetime
import zoneinfo

import recurring_ical_events
from django.conf import settings
from django.utils.translation import gettext
from icalendar import Calendar, vRecur
from icalendar import Event as Component

DAY = datetime.timedelta(days=1)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def rule_of(repeats, starts_on, until, *, zone, all_day):
    """The RRULE of ``repeats`` from ``starts_on`` to the day ``until`` included; "" where it happens once.

    A fifth Tuesday is the last one: not every month has five.
    """
    if not repeats:
        return ""
    # RFC 5545 §3.3.10: UNTIL is a date where DTSTART is one, else a moment in UTC.
    if all_day:
        end = f"{until:%Y%m%d}"
    else:
        last = datetime.datetime.combine(until, datetime.time.max, zoneinfo.ZoneInfo(zone))
        end = f"{last.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"
    day = WEEKDAYS[starts_on.weekday()]
    nth = (starts_on.day - 1) // 7 + 1
    kind = {
        "WEEKLY": "FREQ=WEEKLY",
        "FORTNIGHTLY": "FREQ=WEEKLY;INTERVAL=2",
        "MONTHLY": f"FREQ=MONTHLY;BYDAY={-1 if nth == 5 else nth}{day}",
    }[repeats]
    return f"{kind};UNTIL={end}"


def last_day_of(rule, zone):
    """The day on which ``rule`` ends, or None."""
    if not rule or not (ends := vRecur.from_ical(rule).get("UNTIL")):
        return None
    last = ends[0]
    return last.astimezone(zoneinfo.ZoneInfo(zone)).date() if isinstance(last, datetime.datetime) else last


def starts_of(event):
    """The moments at which ``event`` starts, by its rule, sorted; one where it has none."""
    if not event.rule:
        return [event.first_moment]
    calendar = _calendar()
    calendar.add_component(_main(event))
    last = last_day_of(event.rule, event.zone) + 2 * DAY
    found = recurring_ical_events.of(calendar).between(event.starts_on - DAY, last)
    return sorted(_moment(component["DTSTART"].dt, event.tz) for component in found)


def _moment(value, tz):
    if isinstance(value, datetime.datetime):
        return value.astimezone(tz)
    return datetime.datetime.combine(value, datetime.time.min, tz)


def events_calendar(events, *, name="", also=()):
    """The bytes of a calendar of ``events`` (dates and changes prefetched) and of the components ``also``."""
    calendar = _calendar()
    if name:
        calendar.add("x-wr-calname", name)
        # How often a calendar should come and look (RFC 7986 §5.7): twice a day.
        calendar.add("refresh-interval", datetime.timedelta(hours=12), parameters={"VALUE": "DURATION"})
    for event in events:
        for component in components_of(event):
            calendar.add_component(component)
    for component in also:
        calendar.add_component(component)
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _calendar():
    calendar = Calendar()
    calendar.add("prodid", "-//Maillage//maillage//FR")
    calendar.add("version", "2.0")
    return calendar


def components_of(event):
    """The VEVENTs of ``event``: one, and one for each changed date; one a date where it was read elsewhere."""
    if event.feed_id:
        return [_read_elsewhere(event, date) for date in event.occurrences.all()]
    main = _main(event)
    return [main, *(_changed(event, change) for change in event.date_changes.all())]


def _common(event):
    component = Component()
    component.add("uid", f"evenement-{event.uuid}@{settings.SITE_ADDRESS.partition('://')[2]}")
    component.add("sequence", event.edition)
    component.add("dtstamp", event.changed_at.astimezone(datetime.UTC).replace(microsecond=0))
    component.add("last-modified", event.changed_at.astimezone(datetime.UTC).replace(microsecond=0))
    component.add("summary", event.title)
    if event.place:
        component.add("location", event.place)
    if event.description:
        component.add("description", event.description)
    component.add("url", settings.SITE_ADDRESS + event.get_absolute_url())
    component.add("status", "CANCELLED" if event.cancelled_at else "CONFIRMED")
    return component


def _when(component, starts, length, *, all_day):
    """``starts`` (in its zone) and how long by the clock on the wall."""
    if all_day:
        component.add("dtstart", starts.date())
        component.add("dtend", starts.date() + length)
    else:
        component.add("dtstart", starts)
        component.add("dtend", (starts.replace(tzinfo=None) + length).replace(tzinfo=starts.tzinfo))


def _main(event):
    component = _common(event)
    _when(component, event.first_moment, event.length, all_day=event.is_all_day)
    if event.rule:
        component.add("rrule", vRecur.from_ical(event.rule))
    return component


def _changed(event, change):
    component = _common(event)
    original = datetime.datetime.combine(change.original_on, event.starts_time or datetime.time.min, event.tz)
    component.add("recurrence-id", original.date() if event.is_all_day else original)
    starts, length = changed_time(event, change) if change.starts_on else (original, event.length)
    _when(component, starts, length, all_day=event.is_all_day)
    if change.cancelled:
        component["status"] = "CANCELLED"
    if change.words:
        component.add("comment", change.words)
    return component


def changed_time(event, change):
    """(start, length by the clock) of a date that was moved."""
    combine = datetime.datetime.combine
    starts = combine(change.starts_on, change.starts_time or event.starts_time or datetime.time.min, event.tz)
    if change.starts_time and change.ends_time:
        return starts, combine(change.starts_on, change.ends_time) - combine(change.starts_on, change.starts_time)
    return starts, event.length


def _read_elsewhere(event, date):
    component = _common(event)
    component["uid"] = f"evenement-{event.uuid}-{date.original_at:%Y%m%dT%H%M%SZ}@{component['uid'].split('@')[1]}"
    component["status"] = "CANCELLED" if date.is_off else "CONFIRMED"
    length = date.local_end.replace(tzinfo=None) - date.local_start.replace(tzinfo=None)
    _when(component, date.local_start, length, all_day=event.is_all_day)
    component.add("comment", gettext("D’après : %(name)s") % {"name": event.feed.name})
    return component
