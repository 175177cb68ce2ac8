"""Possible partners of one's own organisation."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from maillage.organisations.models import Organisation
from maillage.organisations.permissions import can_edit

from .partners import PossiblePartners
from .permissions import can_see_partners

A_PAGE = 20
HEADINGS = {
    "exchange": _("Vos recherches et vos offres se répondent"),
    "neighbourhood": _("Dans le même quartier"),
    "commune": _("Dans la même commune"),
    "epci": _("Dans la même intercommunalité"),
}


@login_required
@require_safe
def partners(request, slug):
    """Who might act with this organisation, and why; for its members."""
    found = Organisation.objects.visible_to(request.user).filter(archived_at=None)
    organisation = get_object_or_404(found.select_related("seat").prefetch_related("themes", "exchanges"), slug=slug)
    if not can_see_partners(request.user, organisation):
        raise Http404
    possible = PossiblePartners(organisation, user=request.user, on=timezone.localdate())
    page = Paginator(possible.partners, A_PAGE).get_page(request.GET.get("page"))
    shown = Organisation.objects.visible_to(request.user).select_related("seat")
    rows = shown.in_bulk([partner.key for partner in page])
    context = {
        "organisation": organisation,
        "page": page,
        "groups": _grouped((partner, rows[partner.key]) for partner in page if partner.key in rows),
        "can_edit": can_edit(request.user, organisation),
    }
    return render(request, "directory/partners.html", context)


def _grouped(pairs):
    """(heading, [(partner, organisation)]) in the order in which they come."""
    groups = {}
    for partner, organisation in pairs:
        groups.setdefault(partner.group, []).append((partner, organisation))
    return [(HEADINGS[group], pairs) for group, pairs in groups.items()]
