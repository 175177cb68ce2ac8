"""Public pages that gather: neighbourhoods and organisations."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.charters.models import Signature
from maillage.charters.permissions import can_see_involvement
from maillage.cooperations.queries import cooperations_of
from maillage.organisations.actions import why_not_reachable
from maillage.organisations.models import Organisation
from maillage.organisations.permissions import can_confirm, can_edit, can_hand_over, can_take_over, is_member
from maillage.organisations.queries import exchanges_of, is_without_manager
from maillage.ui.page_cache import kept_for_visitors

from . import queries
from .forms import NeighbourhoodFilterForm
from .permissions import can_see_partners

A_PAGE = 18
MOST_COOPERATIONS = 12


@require_safe
@kept_for_visitors(page=r"\d{1,3}", departement=r"\w{0,3}", q="")
def neighbourhood_list(request):
    form = NeighbourhoodFilterForm(request.GET, departements=queries.departements_with_neighbourhoods())
    wanted = form.cleaned_data if form.is_valid() else {}
    found = queries.neighbourhoods(text=wanted.get("q", ""), departement=wanted.get("departement", ""))
    page = Paginator(found.prefetch_related("communes"), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "directory/neighbourhood_list.html",
        {"form": form, "page": page, "is_filtered": any(wanted.values())},
    )


@require_safe
@kept_for_visitors()
def organisation(request, slug):
    gone = Organisation.objects.filter(slug=slug, merged_into__isnull=False).select_related("merged_into").first()
    if gone:
        return redirect(gone.merged_into, permanent=True)
    organisation = get_object_or_404(
        Organisation.objects.visible_to(request.user).select_related("seat").prefetch_related("themes"), slug=slug
    )
    signatures = list(
        Signature.objects.visible_to(request.user)
        .filter(organisation=organisation)
        .select_related("version__adaptation", "mandate", "organisation")
        .order_by("-signed_at")
    )
    networks = organisation.network_memberships.in_force(timezone.localdate()).select_related("network")
    offers, needs = exchanges_of(organisation)
    context = {
        "organisation": organisation,
        "offers": offers,
        "needs": needs,
        "is_reachable": not why_not_reachable(organisation),
        "is_member": is_member(request.user, organisation),
        "territories": organisation.territories.select_related("departement").order_by("kind", "search_name"),
        "networks": networks,
        "is_unaffiliated": not networks and not organisation.is_public_partner,
        "signatures": signatures,
        "cooperations": cooperations_of(organisation, request.user)[:MOST_COOPERATIONS],
        "sees_involvement": bool(signatures) and can_see_involvement(request.user, signatures[0]),
        "can_edit": can_edit(request.user, organisation),
        "can_see_partners": can_see_partners(request.user, organisation),
        "can_hand_over": organisation.archived_at is None and can_hand_over(request.user, organisation),
        "can_confirm": not organisation.is_confirmed and can_confirm(request.user, organisation),
        "can_claim": not organisation.memberships.standing().exists() and not organisation.is_public_partner,
        "is_to_take_over": is_without_manager(organisation),
        "can_take_over": can_take_over(request.user, organisation),
    }
    return render(request, "directory/organisation.html", context)
