"""Organisations that are one, or are gone: what becomes of their signatures."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.organisations import actions as organisation_actions
from maillage.organisations.audiences import reader_of
from maillage.organisations.duplicates import pairs_to_look_at
from maillage.organisations.models import Organisation
from maillage.organisations.permissions import can_archive, can_merge
from maillage.ui.forms import add_refusal

from .. import actions
from ..forms.life import CloseOrganisationForm
from ..models import Signature


@login_required
@require_safe
def duplicates(request):
    """Pairs that may be one organisation, on the territories that this person coordinates."""
    if not reader_of(request.user).coordinated_territory_ids:
        raise PermissionDenied
    return render(request, "charters/duplicates.html", {"pairs": pairs_to_look_at(request.user)})


def _both(request, uuid, other):
    if uuid == other:
        raise Http404
    found = Organisation.objects.visible_to(request.user).filter(archived_at=None).prefetch_related("territories")
    kept, gone = get_object_or_404(found, uuid=uuid), get_object_or_404(found, uuid=other)
    if not can_merge(request.user, kept, gone):
        raise PermissionDenied
    return kept, gone


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request, uuid, other):
    """``uuid`` remains, ``other`` goes into it. The page says what will move before the button does it."""
    kept, gone = _both(request, uuid, other)
    if request.method == "POST":
        try:
            actions.merge_organisations(kept, gone, actor=request.user, at=timezone.now())
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect("charters:duplicates")
        messages.success(request, gettext("Les deux fiches sont réunies."))
        return redirect(kept)
    signatures = Signature.objects.filter(organisation__in=[kept, gone]).select_related("version__adaptation")
    mine = {
        organisation.pk: [s for s in signatures if s.organisation_id == organisation.pk]
        for organisation in (kept, gone)
    }
    standing = {s.version_id for s in mine[kept.pk] if s.is_standing}
    context = {
        "kept": kept,
        "gone": gone,
        "kept_people": kept.memberships.standing().select_related("user"),
        "gone_people": gone.memberships.standing().select_related("user"),
        "unknown": gone if kept.is_confirmed else kept,
        "kept_signatures": mine[kept.pk],
        "gone_signatures": mine[gone.pk],
        "twins": [s for s in mine[gone.pk] if s.is_standing and s.version_id in standing],
    }
    return render(request, "charters/merge.html", context)


@login_required
@require_POST
def say_distinct(request, uuid, other):
    one, two = _both(request, uuid, other)
    organisation_actions.say_distinct(one, two, actor=request.user, at=timezone.now())
    messages.success(request, gettext("C’est noté : ce sont deux associations différentes."))
    return redirect("charters:duplicates")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def close_organisation(request, uuid):
    """The organisation leaves, or is dissolved: it is archived, and its signatures lapse or were withdrawn."""
    found = Organisation.objects.visible_to(request.user).filter(archived_at=None).prefetch_related("territories")
    organisation = get_object_or_404(found, uuid=uuid)
    if not can_archive(request.user, organisation):
        raise PermissionDenied
    standing = Signature.objects.standing().filter(organisation=organisation).select_related("version__adaptation")
    form = CloseOrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            lapsed = actions.close_organisation(
                organisation,
                actor=request.user,
                at=timezone.now(),
                dissolved_on=form.cleaned_data["dissolved_on"],
            )
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            text = ngettext(
                "La fiche est archivée. %(number)s signature est devenue caduque.",
                "La fiche est archivée. %(number)s signatures sont devenues caduques.",
                lapsed,
            )
            messages.success(request, text % {"number": lapsed})
            return redirect("dashboard:my-space")
    context = {"organisation": organisation, "form": form, "signatures": standing}
    return render(request, "charters/close_organisation.html", context)
