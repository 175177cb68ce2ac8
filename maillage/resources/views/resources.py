"""Reading what is lent: the list, a page, its photos, its calendar."""

import datetime
from contextlib import suppress

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from maillage.organisations.audiences import reader_of
from maillage.ui.pagination import BoundedPaginator

from .. import availability, permissions, queries
from ..calendar import resource_calendar
from ..forms.resources import FilterForm
from ..models import Photo, Resource

MOST_MONTHS = 13
"""A calendar is turned from this month to the same of next year."""


def visible_or_404(request, uuid):
    found = Resource.objects.visible_to(request.user).select_related("owner", "network")
    return get_object_or_404(found, uuid=uuid)


def is_behind(user):
    """Reads an association space: needs, free hours."""
    reader = reader_of(user)
    return bool(reader.association_ids or reader.coordinated_territory_ids)


@require_safe
def resource_list(request):
    """What this person may see, narrowed by kind, place and day."""
    behind = is_behind(request.user)
    form = FilterForm(
        request.GET or None, territories=queries.territories_of_offers(request.user), reads_hours=behind
    )
    chosen = form.cleaned_data if form.is_valid() else {}
    page = BoundedPaginator(queries.listed(request.user, **chosen), 24).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "behind": behind,
        "ledgers": queries.ledgers_for(request.user) if behind else [],
        "may_offer": bool(reader_of(request.user).association_ids),
        "is_filtered": any(chosen.values()),
    }
    return render(request, "resources/resource_list.html", context)


@require_safe
def resource(request, uuid):
    """What it is, under which conditions; for who may ask, when it is free."""
    found = visible_or_404(request, uuid)
    user, today = request.user, timezone.localdate()
    inside = Resource.objects.inside(user).filter(pk=found.pk).exists()
    context = {
        "resource": found,
        "territories": found.territories.order_by("search_name"),
        "photos": found.photos.all(),
        "slots": found.slots.all(),
        "inside": inside,
        "is_mine": permissions.speaks_for(user, found.owner_id),
        "borrowers": permissions.borrowers_for(user, found),
    }
    if inside:
        context |= _month(request, found, today)
    return render(request, "resources/resource.html", context)


def _month(request, found, today):
    """The month asked for, or this one; the one before and the one after, where they may be looked at."""
    this = today.replace(day=1)
    first = this
    with suppress(ValueError):
        first = datetime.date.fromisoformat(f"{request.GET.get('mois', '')}-01")
    ahead = (first.year - this.year) * 12 + first.month - this.month
    if not 0 <= ahead < MOST_MONTHS:
        first, ahead = this, 0
    after = (first + datetime.timedelta(days=32)).replace(day=1)
    since = max(timezone.now(), availability.moment(first, datetime.time.min))
    return {
        "month": first,
        "weeks": availability.month_of(found, first, today=today),
        "promised": availability.promised_times(found, since, availability.moment(after, datetime.time.min)),
        "before": (first - datetime.timedelta(days=1)).replace(day=1) if ahead else None,
        "after": after if ahead < MOST_MONTHS - 1 else None,
    }


@require_safe
def photo(request, uuid, photo):
    """The picture itself, for whoever sees the resource."""
    found = get_object_or_404(Photo.objects.visible_to(request.user), uuid=photo, resource__uuid=uuid)
    try:
        response = FileResponse(found.image.open("rb"), content_type="image/jpeg")
    except FileNotFoundError as error:
        # A database brought back without its folder of files: the page still stands.
        raise Http404 from error
    response["Cache-Control"] = "private, max-age=3600"
    response["Content-Disposition"] = "inline"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@never_cache
@require_safe
def calendar(request, uuid, token):
    """The loans, as a calendar feed: the secret address is the proof. Withdrawn, it shows nothing more."""
    found = get_object_or_404(Resource.objects.standing(), uuid=uuid)
    if not constant_time_compare(found.calendar_token, token):
        raise Http404
    response = HttpResponse(resource_calendar(found, at=timezone.now()), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="prets.ics"'
    response["X-Robots-Tag"] = "noindex"
    return response
