"""A meeting as a calendar file (RFC 5545)."""

import datetime
import zoneinfo

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vText

from .models import Meeting


def invitation_attachment(pk):
    """(file name, bytes, media type) of the meeting ``pk``, for the outbox."""
    meeting = Meeting.objects.select_related("group").get(pk=pk)
    method = "CANCEL" if meeting.cancelled_at else "PUBLISH"
    return calendar_name(meeting), meeting_calendar(meeting, method=method), f"text/calendar; method={method}"


def calendar_name(meeting):
    return f"reunion-{meeting.date}.ics"


def meeting_calendar(meeting, *, method="PUBLISH"):
    """The meeting alone, as the bytes of a calendar file with its time zone."""
    calendar = Calendar()
    calendar.add("prodid", "-//Maillage//maillage//FR")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(meeting_event(meeting))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def meeting_event(meeting):
    """The VEVENT of a meeting: its UID never changes, its SEQUENCE grows when it moves."""
    zone = zoneinfo.ZoneInfo(settings.TIME_ZONE)
    event = Event()
    event.add("uid", f"reunion-{meeting.pk}@{settings.SITE_ADDRESS.partition('://')[2]}")
    event.add("sequence", meeting.invitation_number)
    event.add("dtstamp", timezone.now().astimezone(datetime.UTC))
    event.add("dtstart", datetime.datetime.combine(meeting.date, meeting.starts_at, zone))
    event.add("dtend", datetime.datetime.combine(meeting.date, meeting.ends_at, zone))
    event.add("summary", f"{meeting.group.name} : {meeting.title}" if meeting.title else meeting.group.name)
    if meeting.place:
        event.add("location", meeting.place)
    event.add("url", settings.SITE_ADDRESS + meeting.get_absolute_url())
    agenda = [item.title for item in meeting.agenda.all()]
    if agenda:
        event["description"] = vText("\n".join(f"- {title}" for title in agenda))
    event.add("status", "CANCELLED" if meeting.cancelled_at else "CONFIRMED")
    return event
