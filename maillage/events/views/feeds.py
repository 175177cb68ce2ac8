"""Calendars for other programs (iCalendar): of a territory, of somebody, of a group, of one event."""

import hashlib

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from maillage.groups.calendar import meeting_event
from maillage.groups.models import Group, Meeting
from maillage.organisations.audiences import anybody, reader_of
from maillage.territories.models import Territory

from .. import queries
from ..calendar import events_calendar
from ..models import CalendarKey, Event
from .reading import visible_or_404


def calendar_response(request, content, name):
    """``content`` as a calendar; 304 where whoever comes back holds the same."""
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match", "").removeprefix("W/") == etag:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = f'inline; filename="{name}"'
    response["ETag"] = etag
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def of_territory(request, slug):
    """What is public on a territory, whoever asks."""
    territory = get_object_or_404(Territory, slug=slug)
    placed = Event.territories.through.objects.filter(territory__in=Territory.objects.within(territory).values("pk"))
    events = Event.objects.visible_to(anybody()).filter(pk__in=placed.values("event"))
    found = queries.for_a_feed(events, today=timezone.localdate())
    name = gettext("Agenda : %(name)s") % {"name": territory.name}
    return calendar_response(request, events_calendar(found, name=name), f"agenda-{slug}.ics")


@require_safe
def event_file(request, uuid):
    found = visible_or_404(request, uuid)
    return calendar_response(request, events_calendar([found]), f"evenement-{found.starts_on}.ics")


def _holder_or_404(token):
    """Who holds the secret address: the proof. Nothing for an account that is closed."""
    key = get_object_or_404(CalendarKey.objects.select_related("user"), token=token)
    if not key.user.is_active:
        raise Http404
    return key.user


@never_cache
@require_safe
def own(request, token):
    """What its holder may see today: events of their neighbourhoods and of their associations, meetings of their
    groups.
    """
    user = _holder_or_404(token)
    today = timezone.localdate()
    reader = reader_of(user)
    here = Event.territories.through.objects.filter(territory_id__in=reader.space_territory_ids).values("event")
    seen = Event.objects.visible_to(user)
    events = seen.filter(pk__in=here) | seen.filter(organiser_id__in=reader.association_ids)
    found = queries.for_a_feed(events, today=today)
    meetings = queries.meetings_for_a_feed(Meeting.objects.visible_to(user), today=today)
    content = events_calendar(found, name=gettext("Maillage"), also=map(meeting_event, meetings))
    return calendar_response(request, content, "maillage.ics")


@never_cache
@require_safe
def of_group(request, token, slug):
    """The meetings of one group that the holder of the secret address is in."""
    user = _holder_or_404(token)
    group = get_object_or_404(Group.objects.visible_to(user), slug=slug)
    meetings = queries.meetings_for_a_feed(
        Meeting.objects.visible_to(user).filter(group=group), today=timezone.localdate()
    )
    content = events_calendar([], name=group.name, also=map(meeting_event, meetings))
    return calendar_response(request, content, f"{group.slug}.ics")
