"""Reading the calendar: what comes, the month of a territory, an event, the poster."""

import datetime
from contextlib import suppress

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.organisations.audiences import reader_of
from maillage.organisations.models import Organisation
from maillage.territories.models import Territory
from maillage.ui.page_cache import kept_for_visitors
from maillage.ui.pagination import BoundedPaginator
from maillage.ui.pdf import pdf_response

from .. import permissions, queries
from ..calendar import last_day_of
from ..documents import month_poster
from ..forms.events import FilterForm, OrganiserForm
from ..models import Event

A_PAGE = 40
MOST_MONTHS_BACK = 24
MOST_MONTHS_AHEAD = 24
MONTH = "mois"


def visible_or_404(request, uuid):
    found = Event.objects.visible_to(request.user).select_related("organiser", "feed")
    return get_object_or_404(found, uuid=uuid)


@require_safe
@kept_for_visitors(page=r"[1-9]\d?")
def calendar(request):
    """What comes, day after day, of all that this person may see; narrowed by place and public."""
    today = timezone.localdate()
    territories = queries.territories_with_dates(request.user, today=today)
    form = FilterForm(request.GET or None, territories=territories)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = queries.occurrences(request.user, **chosen, since=today)
    page = BoundedPaginator(found, A_PAGE).get_page(request.GET.get("page"))
    soon = today + datetime.timedelta(days=60)
    context = {
        "form": form,
        "page": page,
        "is_filtered": any(chosen.values()),
        "own_territories": queries.own_territories(request.user) if request.user.is_authenticated else [],
        "meetings": queries.meetings(request.user, since=today, until=soon)[:5],
        "may_announce": bool(reader_of(request.user).association_ids),
        "today": today,
    }
    return render(request, "events/calendar.html", context)


def month_asked_for(request, today):
    """The first day of the month in the address (`?mois=2026-12`), or of this one."""
    this = today.replace(day=1)
    first = this
    with suppress(ValueError):
        first = datetime.date.fromisoformat(f"{request.GET.get(MONTH, '')}-01")
    away = (first.year - this.year) * 12 + first.month - this.month
    return first if -MOST_MONTHS_BACK <= away <= MOST_MONTHS_AHEAD else this


@require_safe
@kept_for_visitors(mois=r"\d{4}-\d\d")
def month(request, slug):
    """A month of a territory: a grid on a wide screen, a list on a phone; the same words."""
    territory = get_object_or_404(Territory, slug=slug)
    today = timezone.localdate()
    first = month_asked_for(request, today)
    form = FilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    days = queries.month_of(request.user, territory, first, **chosen)
    reader = reader_of(request.user)
    context = {
        "territory": territory,
        "form": form,
        "days": days,
        "is_empty": all(day.is_empty for day in days),
        "is_filtered": any(chosen.values()),
        "month": first,
        "today": today,
        "before": (first - datetime.timedelta(days=1)).replace(day=1),
        "after": (first + datetime.timedelta(days=32)).replace(day=1),
        "may_announce": bool(reader.association_ids),
        "is_inside": territory.pk in reader.space_territory_ids,
    }
    return render(request, "events/month.html", context)


@require_safe
def event(request, uuid):
    """One event: when, where, for whom, by whom; its next dates."""
    found = visible_or_404(request, uuid)
    user, now = request.user, timezone.now()
    editable = permissions.can_edit(user, found)
    changes = {change.original_on: change for change in found.date_changes.all()}
    dates = list(found.occurrences.filter(ends_at__gt=now).select_related("event")[:12])
    others = list(found.others.order_by("search_name"))
    territories = list(found.territories.order_by("search_name"))
    context = {
        "event": found,
        "dates": [(date, changes.get(date.original_on)) for date in dates],
        "is_past": not dates,
        "last_day": last_day_of(found.rule, found.zone),
        "others": [(one, editable or permissions.can_leave(user, one)) for one in others],
        "territories": territories,
        "can_edit": editable,
        "can_remove": permissions.can_remove(user, found),
        "organiser_form": OrganiserForm(organisations=to_name(user, found, territories)) if editable else None,
    }
    return render(request, "events/event.html", context)


def to_name(user, event, territories):
    """The organisations of its neighbourhoods that may be named beside who announces it."""
    here = Organisation.objects.visible_to(user).filter(territories__in=territories, archived_at=None)
    named = event.others.values("pk")
    return here.exclude(pk=event.organiser_id).exclude(pk__in=named).distinct().order_by("search_name")


@require_safe
def poster(request, slug):
    """The month of a territory, to print and hang: what is public alone, whoever asks. `?format=a3` for a hall."""
    territory = get_object_or_404(Territory, slug=slug)
    first = month_asked_for(request, timezone.localdate())
    paper = "a3" if request.GET.get("format") == "a3" else "a4"
    content = month_poster(territory, first, paper=paper)
    if content is None:
        raise Http404
    return pdf_response(content, f"agenda-{territory.slug}-{first:%Y-%m}-{paper}.pdf")
