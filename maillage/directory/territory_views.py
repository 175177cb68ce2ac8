"""The page of a place: of a neighbourhood, as a coordinator prints it; of what holds several.

These pages are printed and handed round: whoever opens them reads what everybody may read. What a member may read
besides is in their own space and on the coverage board.
"""

from django.core.paginator import Paginator
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from maillage.cooperations.queries import told_on
from maillage.events.queries import next_public_dates
from maillage.organisations.audiences import anybody
from maillage.participation.queries import counts_of, with_voices
from maillage.territories.models import Territory
from maillage.ui.bars import drawn
from maillage.ui.page_cache import kept_for_visitors

from . import exports, rows
from .coverage import Board, name_communes
from .links import links_in
from .links_drawing import drawing
from .territories import Neighbourhood, actors, theme_counts

A_PAGE = 15
MOST_NAMES = 40
"""Above so many organisations, a place that holds several neighbourhoods leads to the directory."""
LINKS_A_PAGE = 50
MOST_COOPERATIONS = 12
Kind = Territory.Kind


def _asked(code):
    """The place of the address: by its slug, by its slug in other letters, or a commune by its official code."""
    found = with_voices(Territory.objects.select_related("departement", "region", "epci", "outline"))
    place = found.filter(slug=code).first() or found.filter(slug__iexact=code).first()
    return place or get_object_or_404(found.communes(), code=code)


@require_safe
@kept_for_visitors(page=r"\d{1,3}")
def territory(request, code):
    """Who acts in a neighbourhood, on what, and how the charter stands there; or in a commune and above."""
    place = _asked(code)
    if place.slug != code:
        return redirect("directory:territory", code=place.slug, permanent=True)
    show = _neighbourhood if place.is_priority_neighbourhood else _larger_place
    return show(request, place)


def _neighbourhood(request, place):
    here = Neighbourhood(place, user=anybody(), on=timezone.localdate())
    others = place.successors if place.valid_until else place.predecessors
    # Two indexed reads in one question; an OR of the two reads every territory of the country.
    around = list(place.communes.order_by().union(others.order_by(), all=True))
    around.sort(key=lambda one: (one.name, one.code))
    followed = [one for one in around if one.kind == Kind.QPV]
    context = {
        "territory": place,
        "outline": getattr(place, "outline", None),
        "here": here,
        "communes": [one for one in around if one.kind == Kind.COMMUNE],
        "predecessors": [] if place.valid_until else followed,
        "successors": followed if place.valid_until else [],
        "theme_groups": rows.theme_groups(here.by_theme),
        "organisation_rows": rows.organisation_rows(here.lines),
        "cooperations": told_on(place, anybody())[:MOST_COOPERATIONS],
        "voices": counts_of(place),
        "dates": next_public_dates(place, today=timezone.localdate()),
    }
    return render(request, "directory/neighbourhood.html", context)


def _larger_place(request, place):
    on = timezone.localdate()
    here, numbers = actors(place, user=anybody(), on=on)
    names = here.order_by("search_name").values_list("slug", "name")[: MOST_NAMES + 1]
    board = Board(place, user=anybody(), on=on, by_neighbourhood=True)
    states = [(state.label, sum(row.number(state) for row in board.rows)) for state in board.states]
    themes = theme_counts(here)
    page = Paginator(board.rows, A_PAGE).get_page(request.GET.get("page"))
    name_communes(page.object_list)
    context = {
        "territory": place,
        "outline": getattr(place, "outline", None),
        "numbers": numbers,
        "organisations": list(names),
        "most_names": MOST_NAMES,
        "board": board,
        "page": page,
        "states": states,
        "state_bars": drawn(states, whole=len(board.rows)),
        "alive": sum(row.states[state] for row in board.rows for state in ("in_force", "to_review")),
        "dormant": sum(row.states["dormant"] for row in board.rows),
        "themes": [(label, number) for label, number in themes if number],
        "theme_bars": drawn([pair for pair in themes if pair[1]], whole=numbers["total"]),
        "missing_themes": [label for label, number in themes if not number],
        "signature_states": [(words, number) for words, number in board.signature_states if number],
        "coverage_address": _coverage_address(place),
        "map_address": reverse("directory:territory-map", args=[place.slug]),
    }
    return render(request, "directory/place.html", context)


def _coverage_address(place):
    """The coverage board of ``place``, or of the département or région that holds it."""
    departement = place if place.kind == Kind.DEPARTEMENT else place.departement
    region = place if place.kind == Kind.REGION else place.region
    if departement:
        return reverse("directory:coverage-departement", args=[departement.code])
    return reverse("directory:coverage-region", args=[region.code]) if region else reverse("directory:coverage")


@require_safe
def territory_map(request, code):
    """The neighbourhoods of a commune and above for its map: their borders, or for a région their middle."""
    place = get_object_or_404(Territory.objects.exclude(kind=Kind.QPV), slug=code)
    board = Board(place, user=anybody(), on=timezone.localdate())
    features = exports.coverage_features(board, address=lambda slug: reverse("directory:territory", args=[slug]))
    return JsonResponse(features, content_type="application/geo+json")


@require_safe
@kept_for_visitors(page=r"\d{1,3}")
def links(request, code):
    """Who is linked with whom in a neighbourhood or a commune, as a drawing and as a table."""
    place = _asked(code)
    if place.slug != code:
        return redirect("directory:links", code=place.slug, permanent=True)
    if place.kind not in {Kind.QPV, Kind.COMMUNE}:
        raise Http404
    found = links_in(place, user=anybody(), on=timezone.localdate())
    context = {
        "territory": place,
        "found": found,
        "drawing": drawing(found.links),
        "page": Paginator(found.links, LINKS_A_PAGE).get_page(request.GET.get("page")),
        "on": timezone.localdate(),
        "title": _("Qui est lié avec qui : %(name)s") % {"name": place.name},
    }
    return render(request, "directory/links.html", context)
