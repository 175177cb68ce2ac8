"""Networks: the list as a tree, and the page of each: what everybody may read, whoever opens them."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.organisations.audiences import anybody
from maillage.ui.bars import drawn
from maillage.ui.page_cache import kept_for_visitors

from .coverage import State, name_communes
from .networks import NetworkHere, all_networks, tree

NETWORKS_A_PAGE = 60
MEMBERS_A_PAGE = 20
NEIGHBOURHOODS_A_PAGE = 15


@require_safe
@kept_for_visitors(page=r"\d{1,3}")
def network_list(request):
    rows = tree(all_networks(), user=anybody(), on=timezone.localdate())
    page = Paginator(rows, NETWORKS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "directory/network_list.html", {"page": page})


@require_safe
@kept_for_visitors(page=r"\d{1,3}", quartiers=r"\d{1,3}")
def network(request, slug):
    """Its members here, the neighbourhoods where they act, how the charter stands there."""
    networks = all_networks()
    found = next((one for one in networks if one.slug == slug), None)
    if found is None:
        raise Http404
    here = NetworkHere(found, networks, user=anybody(), on=timezone.localdate())
    places = Paginator(here.rows, NEIGHBOURHOODS_A_PAGE).get_page(request.GET.get("quartiers"))
    name_communes(places.object_list)
    signatories = sum(member["key"] in here.signatories for member in here.members)
    context = {
        "network": found,
        "here": here,
        "page": Paginator(here.members, MEMBERS_A_PAGE).get_page(request.GET.get("page")),
        "places": places,
        "signatories": signatories,
        "states": here.states,
        "state_bars": drawn(here.states, whole=len(here.rows)),
        "alive": here.number_in(State.IN_FORCE, State.TO_REVIEW),
        "dormant": here.number_in(State.DORMANT),
        "signature_states": [(words, number) for words, number in here.board.signature_states if number],
    }
    return render(request, "directory/network.html", context)
