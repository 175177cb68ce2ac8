"""The life of an adaptation beside its texts: proposing, joining, reviewing, waking."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from maillage.organisations.audiences import reader_of
from maillage.territories.models import Territory
from maillage.ui.forms import add_refusal

from .. import actions
from ..forms.life import JoinForm, ProposeForm, ReviewForm, WakeForm
from ..models import TerritorialAdaptation
from .adaptations import mine, promoted_or_403


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request):
    """Say that an adaptation would be good here; the neighbours are told, and may join."""
    reader = reader_of(request.user)
    if not reader.space_territory_ids:
        raise PermissionDenied
    places = Territory.objects.filter(pk__in=reader.space_territory_ids).priority_neighbourhoods()
    form = ProposeForm(
        request.POST or None,
        organisations=mine(request.user),
        coordinates=bool(reader.coordinated_territory_ids),
        initial={"territories": [territory.slug for territory in places], "organisation": mine(request.user).first()},
    )
    if request.method == "POST" and form.is_valid():
        wanted = {name: form.cleaned_data[name] for name in ("name", "territories", "organisation", "words")}
        try:
            adaptation = actions.propose_adaptation(actor=request.user, at=timezone.now(), **wanted)
        except PermissionDenied:
            form.add_error(None, gettext("Vous ne pouvez le faire que pour un territoire où votre association agit."))
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, gettext("L’idée est partagée avec les associations du territoire."))
            return redirect(adaptation)
    return render(request, "charters/adaptation_propose.html", {"form": form})


@login_required
@require_POST
def join(request, slug):
    adaptation = get_object_or_404(TerritorialAdaptation.objects.visible_to(request.user), slug=slug)
    form = JoinForm(request.POST, organisations=mine(request.user))
    if not form.is_valid():
        raise Http404
    organisation = form.cleaned_data["organisation"]
    try:
        actions.join_adaptation(adaptation, organisation=organisation, actor=request.user, at=timezone.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(
            request,
            gettext("« %(name)s » porte maintenant cette adaptation avec les autres.") % {"name": organisation.name},
        )
    return redirect(adaptation)


@login_required
@require_POST
def start_writing(request, slug):
    adaptation = promoted_or_403(request, slug)
    try:
        actions.start_writing(adaptation, actor=request.user, at=timezone.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(adaptation)
    messages.success(request, gettext("Le texte est commencé : chaque article est repris tel quel pour l’instant."))
    return redirect("charters:workshop", slug=slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review(request, slug):
    """Hold the review: what was said, and whether the text goes on, is revised, rests or is closed."""
    adaptation = promoted_or_403(request, slug)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.review_adaptation(adaptation, actor=request.user, at=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, gettext("Le point est noté dans la vie de l’adaptation."))
            if form.cleaned_data["outcome"] == actions.Outcome.REVISE:
                return redirect("charters:workshop", slug=slug)
            return redirect(adaptation)
    return render(request, "charters/review.html", {"adaptation": adaptation, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def wake(request, slug):
    adaptation = promoted_or_403(request, slug)
    form = WakeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.wake_adaptation(adaptation, actor=request.user, at=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, gettext("L’adaptation est réveillée."))
            return redirect(adaptation)
    return render(request, "charters/wake.html", {"adaptation": adaptation, "form": form})
