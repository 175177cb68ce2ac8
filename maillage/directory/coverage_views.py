"""The coverage board: the country, a région, a département; as a page, a table to take away, a map."""

from django.core.paginator import Paginator
from django.http import Http404, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from maillage.organisations.models import Network
from maillage.organisations.queries import with_branches
from maillage.territories.models import Territory
from maillage.ui.bars import drawn
from maillage.ui.page_cache import kept_for_visitors

from . import exports
from .coverage import ADAPTED, Board, name_communes, sorted_rows
from .forms import NetworkFilterForm

A_PAGE = 15


def _place(region, departement):
    """The région or the département of the address; None for the whole country."""
    if departement:
        found = Territory.objects.filter(kind=Territory.Kind.DEPARTEMENT).select_related("region")
        return get_object_or_404(found, code=departement)
    if region:
        return get_object_or_404(Territory, kind=Territory.Kind.REGION, code=region)
    return None


def _network(request, networks):
    """The network of `?reseau=`, None without; 404 where nobody knows it, rather than numbers of everybody."""
    slug = request.GET.get("reseau", "")
    if not slug:
        return None
    for network in networks:
        if network.slug == slug:
            return network
    raise Http404


def _asked(request, region, departement):
    """(board, network, all networks) that the address asks for."""
    networks = list(Network.objects.all())
    network = _network(request, networks)
    board = Board(
        _place(region, departement),
        user=request.user,
        on=timezone.localdate(),
        networks=with_branches(network, networks) if network else (),
    )
    return board, network, networks


def _address(place, suffix=""):
    """The page of the board for ``place``; ``suffix`` "-csv" or "-map" for its other forms."""
    if place is None:
        return reverse(f"directory:coverage{suffix}")
    level = "region" if place.kind == Territory.Kind.REGION else "departement"
    return reverse(f"directory:coverage-{level}{suffix}", args=[place.code])


def _above(place):
    """(address, name) of the page above."""
    if place is None:
        return reverse("directory:neighbourhood-list"), _("Les quartiers prioritaires")
    if place.kind == Territory.Kind.DEPARTEMENT and place.region:
        return _address(place.region), place.region.name
    return _address(None), _("Toute la France")


def _cells(row, columns):
    return [(state.label, row.number(state)) for state in columns]


def _orders(current, *, is_of_neighbourhoods):
    """The links that sort the table. The one in use turns it round."""
    words = {"nom": _("nom"), "code": _("code"), "quartiers": _("quartiers"), "signataires": _("signataires")}
    if is_of_neighbourhoods:
        del words["quartiers"]
    name = current.removeprefix("-") if current.removeprefix("-") in words else "nom"
    is_reversed = current.startswith("-")
    return [
        {
            "word": word,
            "is_current": key == name,
            "is_reversed": key == name and is_reversed,
            "query": f"-{key}" if key == name and not is_reversed else key,
        }
        for key, word in words.items()
    ]


@require_safe
@kept_for_visitors(page=r"\d{1,3}")
def coverage(request, region="", departement=""):
    board, network, networks = _asked(request, region, departement)
    order = request.GET.get("tri", "nom")
    page = Paginator(sorted_rows(board.rows, order), A_PAGE).get_page(request.GET.get("page"))
    if board.is_of_neighbourhoods:
        name_communes(page.object_list)
    query = f"?reseau={network.slug}" if network else ""
    above_address, above_name = _above(board.place)
    signature_states = board.signature_states
    columns = [state for state in ADAPTED if board.total.number(state)]
    context = {
        "board": board,
        "place": board.place,
        "total": board.total,
        "page": page,
        "network": network,
        "form": NetworkFilterForm({"reseau": network.slug if network else ""}, networks=networks),
        "members": board.members.count() if network else 0,
        "networks": networks,
        "signature_states": [(words, number) for words, number in signature_states if number],
        "signature_count": sum(number for _words, number in signature_states),
        "bars": drawn(
            [(state.label, board.total.number(state)) for state in board.states], whole=board.total.neighbourhoods
        ),
        "columns": columns,
        "lines": [(row, _cells(row, columns)) for row in page],
        "total_cells": _cells(board.total, columns),
        "is_country": board.place is None,
        "orders": _orders(order, is_of_neighbourhoods=board.is_of_neighbourhoods),
        "query": query,
        "above_address": above_address + (query if board.place else ""),
        "above_name": above_name,
        "csv_address": _address(board.place, "-csv") + query,
        "map_address": _address(board.place, "-map") + query,
    }
    return render(request, "directory/coverage.html", context)


@require_safe
def coverage_csv(request, region="", departement=""):
    board, network, _networks = _asked(request, region, departement)
    lines = exports.coverage_csv(board, network=network.slug if network else "")
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="couverture.csv"'
    return response


@require_safe
def coverage_map(request, region="", departement=""):
    """What the map shows, when the reader opens it."""
    board, _network, _networks = _asked(request, region, departement)
    features = exports.coverage_features(board, address=lambda slug: reverse("directory:territory", args=[slug]))
    return JsonResponse(features, content_type="application/geo+json")
