"""What members do with an organisation: claim it, describe it, let people in, confirm a neighbour."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.ui.forms import add_refusal

from . import actions
from .finding import suggest
from .forms import ClaimForm, HandOverForm, MandateForm, MemberForm
from .models import Mandate, Membership, Organisation
from .permissions import can_confirm, can_confirm_mandate, can_edit, can_hand_over, can_take_over, is_member
from .prefilling import dissolution_of, initial_of, row_of
from .profile_forms import ProfileForm


def _visible(request, uuid):
    return get_object_or_404(Organisation.objects.visible_to(request.user), uuid=uuid)


@require_safe
def find(request):
    """Is my association here already, or in the national register? Then its page, or a form already filled."""
    text = request.GET.get("q", "").strip()[:100]
    return render(
        request,
        "organisations/_suggestions.html" if "fragment" in request.GET else "organisations/find.html",
        {
            "q": text,
            "suggestions": suggest(text, user=request.user, asks_sirene="sirene" in request.GET) if text else None,
            "here_route": "directory:organisation",
            "new_address": reverse("organisations:create"),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create(request):
    """Put an organisation on Maillage, without signing anything."""
    form = ProfileForm(request.POST or None, initial=initial_of(request.GET))
    claim = ClaimForm(request.POST or None)
    doubts, is_valid = dissolution_of(request.GET), request.method == "POST" and form.is_valid() and claim.is_valid()
    if is_valid and not (doubts := form.doubts(request.user)):
        try:
            organisation = actions.create_and_claim(
                user=request.user, at=timezone.now(), **claim.cleaned_data, **form.cleaned_organisation
            )
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(
                request, gettext("C’est fait. Une association voisine ou la coordination la confirmera.")
            )
            return redirect(organisation)
    return render(request, "organisations/create.html", {"form": form, "claim": claim, **doubts})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request, uuid):
    """Say that one acts for an organisation that nobody represents yet."""
    organisation = _visible(request, uuid)
    if organisation.is_public_partner:
        raise PermissionDenied
    if organisation.memberships.standing().exists():
        messages.info(request, " ".join(actions.already_claimed(organisation).messages))
        return redirect(organisation)
    form = ClaimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.claim_organisation(organisation, user=request.user, at=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, gettext("Vous représentez maintenant cette association."))
            return redirect(organisation)
    return render(request, "organisations/claim.html", {"form": form, "organisation": organisation})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, uuid):
    organisation = _visible(request, uuid)
    if not can_edit(request.user, organisation):
        raise PermissionDenied
    form = ProfileForm(request.POST or None, instance=Organisation.objects.get(pk=organisation.pk))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_organisation(
                organisation, actor=request.user, at=timezone.now(), **form.cleaned_organisation
            )
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, gettext("La fiche est à jour."))
            return redirect(organisation)
    return render(request, "organisations/edit.html", {"form": form, "organisation": organisation})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def members(request, uuid):
    """The people who act for the organisation, and a way to add one."""
    organisation = _visible(request, uuid)
    people = (
        Membership.objects.visible_to(request.user)
        .standing()
        .filter(organisation=organisation)
        .select_related("user")
        .order_by("since")
    )
    if not people:
        raise PermissionDenied
    form = MemberForm(request.POST or None, initial={"role": Membership.Role.MEMBER})
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_member(organisation, actor=request.user, at=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, gettext("Cette personne est ajoutée et prévenue par e-mail."))
            return redirect("organisations:members", uuid=uuid)
    context = {
        "organisation": organisation,
        "people": people,
        "mandates": Mandate.objects.visible_to(request.user)
        .filter(organisation=organisation, ended_at=None)
        .select_related("user"),
        "can_edit": can_edit(request.user, organisation),
        "form": form,
    }
    return render(request, "organisations/members.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request, uuid):
    """Pass the organisation on to somebody else: its board changed, or nobody answers any more."""
    organisation = _visible(request, uuid)
    if not can_hand_over(request.user, organisation):
        raise PermissionDenied
    is_manager = can_edit(request.user, organisation)
    form = HandOverForm(request.POST or None, may_leave=is_manager)
    if request.method == "POST" and form.is_valid():
        try:
            actions.hand_over(organisation, actor=request.user, at=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, gettext("C’est transmis. Chaque personne qui la représente est prévenue."))
            return redirect(organisation)
    context = {"organisation": organisation, "form": form, "is_manager": is_manager}
    return render(request, "organisations/hand_over.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_over(request, uuid):
    """Manage from now on one's own organisation, that nobody manages any more."""
    organisation = _visible(request, uuid)
    if not can_take_over(request.user, organisation):
        raise PermissionDenied
    if request.method == "POST":
        actions.take_over(organisation, actor=request.user, at=timezone.now())
        messages.success(request, gettext("Vous gérez maintenant cette organisation."))
        return redirect(organisation)
    return render(request, "organisations/take_over.html", {"organisation": organisation})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_mandate(request, uuid):
    """Say again which mandate one holds: it was renewed, or has changed. It is to be confirmed by somebody else."""
    organisation = _visible(request, uuid)
    if not is_member(request.user, organisation):
        raise PermissionDenied
    form = MandateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.renew_mandate(organisation, user=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, gettext("Votre mandat est noté. Une autre personne le confirmera."))
        return redirect("organisations:members", uuid=uuid)
    return render(request, "organisations/my_mandate.html", {"organisation": organisation, "form": form})


@login_required
@require_POST
def end_membership(request, uuid, pk):
    membership = get_object_or_404(
        Membership.objects.visible_to(request.user).standing(), pk=pk, organisation__uuid=uuid
    )
    try:
        actions.end_membership(membership, actor=request.user, at=timezone.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("organisations:members", uuid=uuid)
    messages.success(request, gettext("Cette personne ne représente plus l’association."))
    return redirect("dashboard:my-space")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, uuid):
    """A peer or a coordinator says that an organisation is what it says."""
    organisation = _visible(request, uuid)
    if not can_confirm(request.user, organisation):
        raise PermissionDenied
    if request.method == "POST":
        try:
            actions.confirm_organisation(organisation, actor=request.user, at=timezone.now())
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, gettext("« %(name)s » est confirmée.") % {"name": organisation.name})
        return redirect(organisation)
    if organisation.confirmed_at:
        # Nothing is left to confirm: who acts for it is its own affair again.
        messages.info(request, gettext("Cette organisation est déjà confirmée."))
        return redirect(organisation)
    # Whoever confirms must know whom they confirm, even where mandates are not otherwise theirs to read.
    mandates = Mandate.objects.filter(organisation=organisation, ended_at=None).select_related("user")
    context = {"organisation": organisation, "mandates": mandates, "in_register": row_of(organisation.rna)}
    return render(request, "organisations/confirm.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_mandate(request, uuid, pk):
    mandate = get_object_or_404(
        Mandate.objects.visible_to(request.user).select_related("organisation", "user"),
        pk=pk,
        organisation__uuid=uuid,
    )
    if not can_confirm_mandate(request.user, mandate):
        raise PermissionDenied
    if request.method == "POST":
        try:
            actions.confirm_mandate(mandate, actor=request.user, at=timezone.now())
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, gettext("Le mandat est confirmé."))
        return redirect("dashboard:my-space")
    return render(request, "organisations/confirm_mandate.html", {"mandate": mandate})
