"""Following the calendar of somebody: read at its address each day, or once from a file."""

import datetime
import zoneinfo

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record
from maillage.organisations.permissions import speaks_for
from maillage.ui.page_cache import drop_public_pages

from ..fetching import NotRead, read_address
from ..models import Event, ImportedFeed
from ..permissions import can_follow_on, can_stop
from ..reading import NotACalendar, read_calendar_file
from ..zones import zone_of
from .dates import occurrence, write_dates

AHEAD = datetime.timedelta(days=366)
BEHIND = datetime.timedelta(days=7)
MOST_FEEDS = 30
"""Of one territory."""
TOLD = ("title", "description", "place", "audience", "cancelled_at", "cancel_words", "zone")


def follow_calendar(*, territory, name, audience, actor, at, url="", content=b"", organisation=None):
    """Show on ``territory`` the events of a calendar: at ``url``, or in ``content`` (bytes of a file).

    Of an ``organisation`` of one's own that acts there; of anybody, by the coordination. It is read first: what
    cannot be read is not followed. Raises ValidationError.
    """
    if organisation:
        if not speaks_for(actor, organisation.pk) and not can_follow_on(actor, territory):
            raise PermissionDenied
        if not organisation.territories.filter(pk=territory.pk).exists():
            raise ValidationError({"territory": _("Choisissez parmi les quartiers où votre association agit.")})
    elif not can_follow_on(actor, territory):
        raise PermissionDenied
    feed = ImportedFeed(
        territory=territory,
        organisation=organisation,
        name=name,
        url=url,
        audience=audience,
        created_at=at,
        created_by=actor,
    )
    feed.full_clean(exclude=["territory", "organisation", "created_by"])
    if territory.imported_feeds.followed().count() >= MOST_FEEDS:
        raise ValidationError(_("Trente calendriers suivis au plus dans un quartier : arrêtez-en un."))
    try:
        found = _read(feed, content, at)
    except (NotRead, NotACalendar) as why:
        raise ValidationError({"url" if url else "file": str(why)}) from None
    with transaction.atomic():
        feed.save()
        _write(feed, found, at)
        record("events.follow_calendar", feed, actor=actor, at=at)
    return feed


def _read(feed, content, at):
    """The `Read` of ``feed``, at its address or in ``content``."""
    today = timezone.localdate(at)
    tz = zoneinfo.ZoneInfo(zone_of(feed.territory))
    if feed.url:
        content = read_address(feed.url)
    return read_calendar_file(content, tz=tz, since=today - BEHIND, until=today + AHEAD)


def read_calendar(feed, *, at, actor=None):
    """Reads ``feed`` again at its address: what is new is added, what changed is changed, what left is cancelled.
    What went wrong is kept on the feed, and nothing else changes. Whether it was read.
    """
    if actor and not can_stop(actor, feed):
        raise PermissionDenied
    try:
        found = _read(feed, b"", at)
    except (NotRead, NotACalendar) as why:
        ImportedFeed.objects.filter(pk=feed.pk).update(asked_at=at, fault=str(why)[:300])
        return False
    with transaction.atomic():
        feed = ImportedFeed.objects.select_for_update().get(pk=feed.pk)
        if feed.stopped_at is None:
            _write(feed, found, at)
    return True


def read_calendars(*, at):
    """Every calendar that is followed at an address, once a day."""
    for feed in ImportedFeed.objects.followed().exclude(url="").select_related("territory").order_by("pk"):
        read_calendar(feed, at=at)


@transaction.atomic
def stop_calendar(feed, *, actor, at):
    """Not followed any more: its events leave the calendar."""
    feed = ImportedFeed.objects.select_for_update(of=("self",)).select_related("territory").get(pk=feed.pk)
    if not can_stop(actor, feed):
        raise PermissionDenied
    feed.stopped_at = at
    feed.save(update_fields=["stopped_at"])
    words = gettext("Le calendrier n’est plus suivi.")
    feed.events.standing().update(removed_at=at, removal_words=words, changed_at=at)
    record("events.stop_calendar", feed, actor=actor, at=at)
    return feed


def _write(feed, found, at):
    """The events of ``found`` in place of those that this calendar told before."""
    known = {event.uid: event for event in feed.events.all()}
    for read in found.events:
        event = known.pop(read.uid, None) or Event(feed=feed, uid=read.uid, created_at=at, changed_at=at)
        if event.removed_at is None:
            _copy(feed, event, read, at)
    gone = [event.pk for event in known.values() if event.is_announced]
    to_come = Event.objects.filter(pk__in=gone, occurrences__ends_at__gt=at).values_list("pk", flat=True)
    words = gettext("N’est plus dans le calendrier d’origine.")
    Event.objects.filter(pk__in=list(to_come)).update(cancelled_at=at, cancel_words=words, changed_at=at)
    feed.read_at = feed.asked_at = at
    feed.fault, feed.left_out = "", min(found.left_out, 32767)
    feed.save(update_fields=["read_at", "asked_at", "fault", "left_out"])
    drop_public_pages()


def _copy(feed, event, read, at):
    """``event`` as ``read`` tells it; untouched, and its edition too, where nothing changed."""
    zone = zone_of(feed.territory)
    before = [getattr(event, name) for name in TOLD], _dates(event)
    _original, starts, ends, _cancelled = read.dates[0]
    event.title, event.description, event.place = read.title, read.description, read.place
    event.audience, event.zone, event.organiser_id = feed.audience, zone, feed.organisation_id
    if not read.cancelled:
        event.cancelled_at, event.cancel_words = None, ""
    elif event.cancelled_at is None:
        event.cancelled_at, event.cancel_words = at, gettext("Annulé dans le calendrier d’origine.")
    event.starts_on, event.ends_on = starts.date(), max(starts, ends - datetime.timedelta(microseconds=1)).date()
    event.starts_time = event.ends_time = None
    if not read.is_all_day and ends > starts:
        event.starts_time, event.ends_time = starts.time(), ends.time()
        event.ends_on = ends.date()
    if before == ([getattr(event, name) for name in TOLD], read.dates) and event.pk:
        return
    event.changed_at, event.edition = at, event.edition + 1 if event.pk else 0
    event.save()
    event.territories.set([feed.territory])
    rows = []
    for original, start, end, cancelled in read.dates:
        length = end.replace(tzinfo=None) - start.replace(tzinfo=None)
        rows.append(occurrence(event, original, start, length, cancelled=cancelled))
    write_dates(event, rows)


def _dates(event):
    if event.pk is None:
        return []
    rows = event.occurrences.order_by("original_at")
    return [(date.original_at, date.starts_at, date.ends_at, date.cancelled) for date in rows]
