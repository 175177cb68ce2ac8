"""Reading again, approving, asking for a change, signing, dropping."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from maillage.ui.gestures import did, made_by

from .. import actions, permissions
from ..documents import agreement_content
from ..forms import AnswerForm, ChangeForm, SignForm, WordsForm
from .drafting import edited_or_403
from .reading import visible_or_404
from .writing import edition_read


def party_or_403(request, found):
    """The party in whose name the form speaks (its number in the field or the address), of one's own."""
    mine = permissions.parties_for(request.user, found)
    if not mine:
        raise PermissionDenied(gettext("C’est aux parties de le faire."))
    number = request.POST.get("party") or request.GET.get("party") or ""
    return next((party for party in mine if str(party.pk) == number), mine[0])


@login_required
@require_POST
def open_review(request, uuid):
    found = edited_or_403(request, uuid)
    did(
        request, actions.open_review, found, said=gettext("Toutes les parties sont prévenues : elles peuvent relire.")
    )
    return redirect(found)


@login_required
@require_POST
def approve(request, uuid):
    found = edited_or_403(request, uuid)
    party = party_or_403(request, found)
    did(
        request,
        actions.approve,
        found,
        organisation=party.organisation,
        edition=edition_read(request),
        said=gettext("C’est approuvé. Quand toutes les parties l’ont fait, le texte est arrêté et peut être signé."),
    )
    return redirect(found)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask_change(request, uuid):
    found = edited_or_403(request, uuid)
    party = party_or_403(request, found)
    form = ChangeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        if made_by(request, form, actions.ask_change, found, organisation=party.organisation, words=words):
            messages.success(request, gettext("Les autres parties sont prévenues."))
            return redirect(found)
    return render(request, "agreements/ask_change.html", {"form": form, "agreement": found, "party": party})


@login_required
@require_POST
def settle_change(request, uuid, pk):
    found = edited_or_403(request, uuid)
    asked = get_object_or_404(found.change_requests, pk=pk)
    form = AnswerForm(request.POST)
    if form.is_valid():
        answer = form.cleaned_data["answer"]
        did(request, actions.settle_change, asked, answer=answer, said=gettext("C’est répondu."))
    else:
        messages.error(request, gettext("Dites en quelques mots ce que cela devient."))
    return redirect(found)


@login_required
@require_POST
def take_back(request, uuid):
    found = visible_or_404(request, uuid)
    if not permissions.can_take_back(request.user, found):
        raise PermissionDenied(gettext("Quelqu’un l’a déjà signée, ou son texte n’est pas arrêté."))
    did(request, actions.take_back, found, said=gettext("Le texte est rouvert : il faudra l’approuver de nouveau."))
    return redirect(found)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def drop(request, uuid):
    found = visible_or_404(request, uuid)
    if not permissions.can_drop(request.user, found):
        raise PermissionDenied(gettext("Elle est déjà signée, ou abandonnée."))
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.drop_agreement(found, actor=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, gettext("Elle est abandonnée ; les autres parties savent pourquoi."))
        return redirect(found)
    return render(request, "agreements/drop.html", {"form": form, "agreement": found})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request, uuid):
    """The text once more, then the signature. GET changes nothing."""
    found = visible_or_404(request, uuid)
    party = party_or_403(request, found)
    if found.state != found.State.TO_SIGN or party.signed_at:
        messages.info(request, gettext("Il n’y a rien à signer ici pour vous."))
        return redirect(found)
    mandate = permissions.mandate_in_force(request.user, party.organisation, timezone.localdate())
    form = SignForm(request.POST or None, has_mandate=mandate is not None)
    if request.method == "POST" and form.is_valid():
        told = {name: value for name, value in form.cleaned_data.items() if name != "sure"}
        told |= {"organisation": party.organisation, "sha256": request.POST.get("sha256", "")}
        if made_by(request, form, actions.sign_agreement, found, **told):
            messages.success(request, gettext("C’est signé au nom de %(name)s.") % {"name": party.organisation.name})
            return redirect(found)
    context = {
        "form": form,
        "agreement": found,
        "party": party,
        "mandate": mandate,
        "content": agreement_content(found),
    }
    return render(request, "agreements/sign.html", context)
