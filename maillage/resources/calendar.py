"""The loans of a resource as a calendar feed (RFC 5545), for whoever holds its secret address."""

import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from icalendar import Calendar, Event

from .models import Loan

PAST = datetime.timedelta(days=60)


def resource_calendar(resource, *, at):
    """The loans of ``resource`` that are accepted or out, those of the last sixty days too, as bytes. Two queries."""
    calendar = Calendar()
    calendar.add("prodid", "-//Maillage//maillage//FR")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", resource.title)
    states = (*Loan.State.HOLDING, Loan.State.BACK, Loan.State.CLOSED)
    loans = resource.loans.filter(state__in=states, ends_at__gt=at - PAST).select_related("borrower")
    for loan in loans.order_by("starts_at", "pk"):
        calendar.add_component(_event(loan, resource))
    return calendar.to_ical()


def _event(loan, resource):
    event = Event()
    event.add("uid", f"pret-{loan.uuid}@{settings.SITE_ADDRESS.partition('://')[2]}")
    event.add("dtstamp", timezone.localtime(loan.answered_at or loan.asked_at, datetime.UTC))
    event.add("dtstart", timezone.localtime(loan.starts_at, datetime.UTC))
    event.add("dtend", timezone.localtime(loan.ends_at, datetime.UTC))
    words = {"title": resource.title, "name": loan.borrower.name}
    event.add("summary", gettext("%(title)s : %(name)s") % words)
    if resource.place:
        event.add("location", resource.place)
    event.add("url", settings.SITE_ADDRESS + loan.get_absolute_url())
    event.add("status", "CONFIRMED")
    return event
