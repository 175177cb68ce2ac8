"""Renewing a signature: in one click from an e-mail, or signed in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from .. import actions
from ..forms.life import RenewForm
from ..links import open_renewal_link
from ..models import Signature
from ..models.signatures import SignatureState
from ..permissions import can_renew


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def renew_by_link(request, link):
    """The page of the e-mailed link. Opening it changes nothing; the button renews. The link is the proof."""
    opened = open_renewal_link(link)
    if opened is None:
        return render(request, "charters/sign_unknown_link.html", status=404)
    signature, user, is_of_use = opened
    if signature.is_standing and not is_of_use and signature.state(timezone.localdate()) != SignatureState.VALID:
        # The link of another year: what it renewed is to be renewed again, signed in.
        return redirect("charters:renew-mine", token=signature.token)
    if not is_of_use or not signature.is_standing:
        return render(request, "charters/renewed.html", {"signature": signature})
    if not can_renew(user, signature):
        return render(request, "charters/sign_unknown_link.html", status=404)
    return _renew(request, signature, user, done="charters/renewed.html")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def renew_mine(request, token):
    signature = get_object_or_404(
        Signature.objects.visible_to(request.user).standing().select_related("organisation", "version__adaptation"),
        token=token,
    )
    if not can_renew(request.user, signature):
        raise PermissionDenied
    return _renew(request, signature, request.user)


def _renew(request, signature, user, *, done=None):
    has_mandate = user.mandates.in_force(timezone.localdate()).filter(organisation=signature.organisation_id).exists()
    form = None if has_mandate else RenewForm(request.POST or None)
    refusal = None
    if request.method == "POST" and (form is None or form.is_valid()):
        mandate = form.cleaned_data if form else {}
        try:
            signature = actions.renew_signature(signature, actor=user, at=timezone.now(), **mandate)
        except ValidationError as error:
            refusal = error
        else:
            if done:
                return render(request, done, {"signature": signature})
            messages.success(request, gettext("La signature est renouvelée."))
            return redirect("dashboard:my-space")
    context = {
        "signature": signature,
        "form": form,
        "refusal": refusal,
        "newer": actions.version_in_place_of(signature.version),
        "state": signature.state(timezone.localdate()),
        "is_mine": user == request.user,
    }
    return render(request, "charters/renew.html", context, status=409 if refusal else 200)
