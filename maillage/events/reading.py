"""What a calendar kept elsewhere says: its events and their dates, by the libraries that know RFC 5545."""

import dataclasses
import datetime
import itertools
import time

import recurring_ical_events
from django.utils.translation import gettext
from icalendar import Calendar

from maillage.territories.folding import without_invisible

MOST_EVENTS = 2000
MOST_DATES = 400
LONGEST = datetime.timedelta(days=62)
SECONDS = 20
"""A calendar made to tire whoever reads it is left there."""
TOO_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}
WITHIN_A_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")


class NotACalendar(ValueError):
    """Its sentence says what is wrong, and quotes the line."""


@dataclasses.dataclass(frozen=True)
class ReadEvent:
    """An event of a followed calendar; ``dates``: [(original start, start, end, whether that date is
    cancelled)], aware, sorted.
    """

    uid: str
    title: str
    description: str
    place: str
    is_all_day: bool
    cancelled: bool
    dates: list


@dataclasses.dataclass(frozen=True)
class Read:
    """``left_out``: how many events could not be understood, or repeat several times a day, or last too long."""

    events: list
    left_out: int


def read_calendar_file(content, *, tz, since, until):
    """The `Read` of ``content`` (bytes), with the dates from ``since`` to ``until``. Raises NotACalendar.

    Hours without a zone are taken in ``tz``.
    """
    series, left_out = {}, 0
    for component in _parsed(content).walk("VEVENT"):
        uid = str(component.get("UID", ""))[:300]
        if not uid or not _is_understood(component):
            left_out += 1
        else:
            series.setdefault(uid, []).append(component)
    ends = time.monotonic() + SECONDS
    events = []
    for uid, components in itertools.islice(series.items(), MOST_EVENTS):
        try:
            found = _read_series(uid, components, tz, since, until) if time.monotonic() < ends else None
        except (ValueError, TypeError, OverflowError, AttributeError, KeyError):
            # The library meets what nobody imagined: that event is left out, the others are read.
            found = None
        if found is None:
            left_out += 1
        elif found.dates:
            events.append(found)
    return Read(events, left_out + max(0, len(series) - MOST_EVENTS))


def _parsed(content):
    try:
        calendars = Calendar.from_ical(content, multiple=True)
    except (ValueError, IndexError, KeyError, RecursionError) as error:
        raise NotACalendar(_quoted(error)) from None
    if not calendars or any(calendar.name != "VCALENDAR" for calendar in calendars):
        raise NotACalendar(gettext("Ce n’est pas un calendrier iCalendar (.ics), ou il est coupé avant sa fin."))
    whole = calendars[0]
    for other in calendars[1:]:
        whole.subcomponents += other.subcomponents
    return whole


def _quoted(error):
    line = without_invisible(str(error)).partition(": '")[2].partition("'")[0][:80]
    if line:
        return gettext("Cette ligne n’est pas d’un calendrier iCalendar (.ics) : « %(line)s »") % {"line": line}
    return gettext("Ce n’est pas un calendrier iCalendar (.ics), ou il est coupé avant sa fin.")


def _is_understood(component):
    if any(name in ("DTSTART", "DTEND", "DURATION", "RRULE", "RECURRENCE-ID") for name, _why in component.errors):
        return False
    if not isinstance(getattr(component.get("DTSTART"), "dt", None), datetime.date):
        return False
    rules = component.get("RRULE", [])
    return all(_is_calm(rule) for rule in (rules if isinstance(rules, list) else [rules]))


def _is_calm(rule):
    """At most once a day, and it advances."""
    often = {str(value).upper() for value in rule.get("FREQ", [])}
    if often & TOO_OFTEN or any(rule.get(name) for name in WITHIN_A_DAY):
        return False
    return all(value > 0 for value in rule.get("INTERVAL", []))


def _read_series(uid, components, tz, since, until):
    calendar = Calendar()
    for component in components:
        calendar.add_component(component)
    first = next((one for one in components if "RECURRENCE-ID" not in one), components[0])
    is_all_day = not isinstance(first["DTSTART"].dt, datetime.datetime)
    dates = []
    for component in recurring_ical_events.of(calendar).between(since, until):
        starts, ends = _moment(component["DTSTART"].dt, tz), _moment(component["DTEND"].dt, tz)
        if ends - starts > LONGEST or len(dates) >= MOST_DATES:
            return None
        original = component.get("RECURRENCE-ID")
        dates.append(
            (_moment(original.dt, tz) if original else starts, starts, max(starts, ends), _is_cancelled(component))
        )
    unique = {date[0]: date for date in dates}
    return ReadEvent(
        uid=uid,
        title=_words(first.get("SUMMARY"), 120) or gettext("Sans titre"),
        description=_words(first.get("DESCRIPTION"), 2000),
        place=_words(first.get("LOCATION"), 200).replace("\n", ", "),
        is_all_day=is_all_day,
        cancelled="RECURRENCE-ID" not in first and _is_cancelled(first),
        dates=sorted(unique.values()),
    )


def _is_cancelled(component):
    return str(component.get("STATUS", "")).upper() == "CANCELLED"


def _words(value, most):
    return without_invisible(str(value or "")).strip()[:most]


def _moment(value, tz):
    if not isinstance(value, datetime.datetime):
        value = datetime.datetime.combine(value, datetime.time.min)
    return value.replace(tzinfo=tz) if value.tzinfo is None else value.astimezone(tz)
