"""Who takes part in a cooperation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from maillage.organisations.audiences import reader_of
from maillage.organisations.models import Organisation
from maillage.organisations.queries import associations_of
from maillage.ui.forms import add_refusal
from maillage.ui.gestures import did

from .. import actions, permissions
from ..forms import AskForm, OrganisationWordsForm
from ..models import Partner
from .cooperations import cooperation_or_404, led_or_403


def _offered(cooperation, user):
    """Organisations of its territories that are not there yet, public partners included."""
    there = cooperation.partners.standing().values("organisation")
    return (
        Organisation.objects.visible_to(user)
        .listed()
        .filter(territories__in=cooperation.territories.all())
        .exclude(pk__in=there)
        .distinct()
        .order_by("search_name")
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def partners(request, slug):
    """Everybody who takes part, is invited, asks. POST invites."""
    found = cooperation_or_404(request, slug)
    if not permissions.is_inside(request.user, found):
        raise PermissionDenied(gettext("Ces pages sont celles des partenaires."))
    form = OrganisationWordsForm(request.POST or None, organisations=_offered(found, request.user))
    if request.method == "POST":
        led_or_403(request, slug)
        if form.is_valid():
            try:
                actions.invite_partner(found, actor=request.user, at=timezone.now(), **form.cleaned_data)
            except ValidationError as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(request, gettext("L’invitation est partie."))
                return redirect("cooperations:partners", slug=slug)
    rows = found.partners.select_related("organisation").order_by("role", "organisation__search_name")
    context = {
        "cooperation": found,
        "form": form,
        "may_lead": permissions.can_lead(request.user, found),
        "standing": [row for row in rows if row.state in {"accepted", "invited", "asking"}],
        "gone": [row for row in rows if row.state in {"declined", "left"}],
        "mine": reader_of(request.user).organisation_ids,
    }
    return render(request, "cooperations/partners.html", context)


@login_required
@require_POST
def ask(request, slug):
    found = cooperation_or_404(request, slug)
    if not reader_of(request.user).association_ids:
        raise PermissionDenied
    form = AskForm(request.POST, organisations=associations_of(request.user))
    if not form.is_valid():
        raise Http404
    said = gettext("La demande est faite. Le chef de file vous répondra.")
    did(request, actions.ask_to_take_part, found, said=said, **form.cleaned_data)
    return redirect(found)


@login_required
@require_POST
def answer(request, slug, pk):
    """An invited organisation answers; or the lead answers one that asks."""
    # Not through `visible_to` of the cooperation: an invited public partner cannot read it yet.
    rows = Partner.objects.visible_to(request.user).select_related("cooperation", "organisation")
    partner = get_object_or_404(rows, pk=pk, cooperation__slug=slug)
    accept = request.POST.get("accept") == "yes"
    action = actions.answer_invitation if partner.state == Partner.State.INVITED else actions.settle_request
    said = gettext("C’est entendu.") if accept else gettext("La réponse est partie.")
    did(request, action, partner, accept=accept, said=said)
    still = permissions.is_inside(request.user, partner.cooperation)
    return redirect("cooperations:partners", slug=slug) if still else redirect("cooperations:cooperation-list")


@login_required
@require_POST
def leave(request, slug, pk):
    rows = Partner.objects.visible_to(request.user).standing().select_related("cooperation", "organisation")
    partner = get_object_or_404(rows, pk=pk, cooperation__slug=slug)
    words = request.POST.get("words", "").replace("\x00", "")
    did(request, actions.leave, partner, words=words, said=gettext("C’est noté. Ce qui a été fait reste."))
    return redirect("cooperations:cooperation-list")


@login_required
@require_POST
def pass_lead(request, slug, pk):
    found = led_or_403(request, slug)
    partner = get_object_or_404(found.partners.accepted().select_related("organisation", "cooperation"), pk=pk)
    said = gettext("« %(name)s » est maintenant chef de file.") % {"name": partner.organisation.name}
    did(request, actions.pass_lead, partner, said=said)
    return redirect("cooperations:partners", slug=slug)
