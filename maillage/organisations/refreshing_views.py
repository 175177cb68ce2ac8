"""Reading the profile again, once a year: in one click from an e-mail, or signed in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from . import actions
from .links import is_too_old, open_refresh_link
from .models import Organisation
from .permissions import can_edit
from .queries import exchanges_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def refresh_by_link(request, link):
    """The page of the e-mailed link. Opening it changes nothing; the button says that all is right."""
    opened = open_refresh_link(link)
    if opened is None:
        return render(request, "organisations/unknown_link.html", status=404)
    organisation, user, asked_at = opened
    if organisation.archived_at is None and not can_edit(user, organisation):
        return render(request, "organisations/unknown_link.html", status=404)
    if organisation.archived_at or (organisation.refreshed_at and organisation.refreshed_at >= asked_at):
        return render(request, "organisations/refreshed.html", {"organisation": organisation})
    if is_too_old(asked_at):
        return redirect("organisations:refresh", uuid=organisation.uuid)
    if request.method == "POST":
        organisation = actions.refresh_profile(organisation, actor=user, at=timezone.now())
        return render(request, "organisations/refreshed.html", {"organisation": organisation})
    return _page(request, organisation)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def refresh(request, uuid):
    found = Organisation.objects.visible_to(request.user).filter(archived_at=None)
    organisation = get_object_or_404(found, uuid=uuid)
    if not can_edit(request.user, organisation):
        raise PermissionDenied
    if request.method == "POST":
        actions.refresh_profile(organisation, actor=request.user, at=timezone.now())
        messages.success(request, gettext("Merci : la fiche est à jour."))
        return redirect(organisation)
    return _page(request, organisation)


def _page(request, organisation):
    offers, needs = exchanges_of(organisation)
    context = {
        "organisation": organisation,
        "offers": offers,
        "needs": needs,
        "territories": organisation.territories.order_by("kind", "search_name"),
        "networks": organisation.network_memberships.in_force(timezone.localdate()).select_related("network"),
    }
    return render(request, "organisations/refresh.html", context)
