"""Signing in three steps: the organisation, the mandate and the wish to act, the e-mail proof."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.organisations import actions as organisation_actions
from maillage.organisations.audiences import reader_of
from maillage.organisations.finding import suggest
from maillage.organisations.forms import OrganisationForm
from maillage.organisations.models import Organisation
from maillage.organisations.prefilling import dissolution_of, initial_of
from maillage.ui.forms import add_refusal
from maillage.ui.page_cache import kept_for_visitors
from maillage.ui.pdf import pdf_response

from .. import actions
from ..differences import compare_versions
from ..documents import certificate_name, certificate_pdf
from ..forms.signing import SignForm, WithdrawForm
from ..models import CharterVersion, Signature, SignatureRequest
from ..permissions import can_gather, can_sign_again, can_withdraw


def text_to_sign(slug):
    """The national text in force, or the adopted version of the adaptation ``slug``; 404 where there is none."""
    texts = CharterVersion.objects.current().filter(adaptation__closed_at=None).select_related("adaptation")
    version = (texts.filter(adaptation__slug=slug) if slug else texts.filter(adaptation=None)).newest_first().first()
    if version is None:
        raise Http404
    return version


def step_route(name, slug):
    """(route, kwargs) of a step, for the national text or for an adaptation."""
    return (f"charters:adaptation-{name}", {"slug": slug}) if slug else (f"charters:{name}", {})


@require_safe
@kept_for_visitors()
def choose_organisation(request, slug=None):
    """Step 1: find one's organisation, or say that it is not here yet."""
    if not slug and not CharterVersion.objects.national().current().exists():
        return redirect("charters:charter")
    version = text_to_sign(slug)
    route, kwargs = step_route("sign-new-organisation", slug)
    text = request.GET.get("q", "").strip()[:100]
    mine = (
        Organisation.objects.associations().filter(memberships__user=request.user, memberships__until=None)
        if request.user.is_authenticated
        else Organisation.objects.none()
    )
    context = {
        "version": version,
        "slug": slug or "",
        "q": text,
        "suggestions": suggest(text, user=request.user, asks_sirene="sirene" in request.GET) if text else None,
        "here_route": step_route("sign-particulars", slug)[0],
        "new_address": reverse(route, kwargs=kwargs),
        "mine": mine,
    }
    if "fragment" in request.GET:
        return render(request, "organisations/_suggestions.html", context)
    return render(request, "charters/sign_organisation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_organisation(request, slug=None):
    """Step 1, otherwise: the organisation says who it is; no number is required."""
    version = text_to_sign(slug)
    form = OrganisationForm(request.POST or None, initial=initial_of(request.GET))
    doubts = dissolution_of(request.GET)
    if request.method == "POST" and form.is_valid() and not (doubts := form.doubts(request.user)):
        try:
            organisation = organisation_actions.create_organisation(
                actor=request.user, at=timezone.now(), **form.cleaned_organisation
            )
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            route, kwargs = step_route("sign-particulars", slug)
            return redirect(route, **kwargs, uuid=organisation.uuid)
    context = {"version": version, "slug": slug or "", "form": form, **doubts}
    return render(request, "charters/sign_new_organisation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def particulars(request, uuid, slug=None):
    """Step 2: who signs, with which mandate, and what the organisation is ready for."""
    version = text_to_sign(slug)
    # A draft is known by nobody but the person who has just made it, and its identifier cannot be guessed.
    organisation = get_object_or_404(Organisation.objects.associations(), uuid=uuid, archived_at=None)
    form = SignForm(request.POST or None, initial=_known_of(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            return _prepare(request, version, organisation, form)
        except ValidationError as refusal:
            add_refusal(form, refusal)
    context = {
        "version": version,
        "slug": slug or "",
        "organisation": organisation,
        "form": form,
        "can_help": can_gather(request.user),
    }
    return render(request, "charters/sign_particulars.html", context)


def _prepare(request, version, organisation, form):
    wanted = {
        "organisation": organisation,
        "email": form.cleaned_data["email"],
        "at": timezone.now(),
        "language": get_language() or "fr",
        **form.particulars,
    }
    if "helped" in request.POST and can_gather(request.user):
        prepared = actions.help_sign(version, actor=request.user, **wanted)
        return redirect("charters:help-sign", uuid=prepared.uuid)
    prepared = actions.request_signature(version, **wanted)
    return redirect("charters:signature-sent", uuid=prepared.uuid)


def _known_of(user):
    # Whoever coordinates signs in many names, rarely in their own: nothing is filled in for them.
    if not user.is_authenticated or can_gather(user):
        return {}
    return {"first_name": user.first_name, "last_name": user.last_name, "email": user.email}


@require_safe
def sent(request, uuid):
    """Step 3: look at your mailbox. Nothing here confirms anything."""
    prepared = get_object_or_404(SignatureRequest.objects.select_related("organisation", "version"), uuid=uuid)
    return render(request, "charters/sign_sent.html", {"prepared": prepared})


@require_POST
def send_again(request, uuid):
    prepared = get_object_or_404(SignatureRequest, uuid=uuid)
    try:
        actions.send_link_again(prepared, at=timezone.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, gettext("Un nouveau message est parti. Le lien précédent ne marche plus."))
    return redirect("charters:signature-sent", uuid=uuid)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token):
    """The page of the e-mailed link. Opening it changes nothing, as often as one likes; the button signs."""
    refusal = None
    if request.method == "POST":
        try:
            actions.confirm_by_link(token, at=timezone.now())
        except SignatureRequest.DoesNotExist:
            pass  # said below, as to whoever opens the page
        except ValidationError as error:
            refusal = error
        else:
            return redirect("charters:confirm-signature", token=token)
    prepared = (
        SignatureRequest.objects.filter(token_sha256=actions.digest(token))
        .select_related("organisation", "version__adaptation", "signature")
        .first()
    )
    if prepared is None:
        return render(request, "charters/sign_unknown_link.html", status=404)
    context = {
        "prepared": prepared,
        "token": token,
        "is_expired": prepared.is_expired(timezone.now()),
        "refusal": refusal,
    }
    return render(request, "charters/sign_confirm.html", context, status=409 if refusal else 200)


@never_cache
@require_safe
def certificate(request, token):
    """The certificate, for whoever holds the link that signed."""
    prepared = get_object_or_404(
        SignatureRequest.objects.select_related(
            "signature__organisation", "signature__version__adaptation", "signature__mandate"
        ),
        token_sha256=actions.digest(token),
        signature__withdrawn_at=None,
        signature__lapsed_at=None,
        signature__isnull=False,
    )
    return pdf_response(certificate_pdf(prepared.signature), certificate_name(prepared.signature))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request, token):
    signature = get_object_or_404(
        Signature.objects.visible_to(request.user).select_related("organisation", "version__adaptation"),
        token=token,
    )
    if not signature.is_standing and signature.organisation_id in reader_of(request.user).organisation_ids:
        messages.info(request, gettext("Cette signature est déjà retirée."))
        return redirect(signature)
    if not can_withdraw(request.user, signature):
        raise PermissionDenied
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw_signature(
            signature, actor=request.user, at=timezone.now(), reason=form.cleaned_data["reason"]
        )
        messages.success(request, gettext("La signature est retirée. Vous pourrez signer de nouveau."))
        return redirect("dashboard:my-space")
    return render(request, "charters/withdraw.html", {"signature": signature, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_version(request, token):
    """Only what changed since one's own signature: sign the new version, wait, or withdraw."""
    signature = get_object_or_404(
        Signature.objects.visible_to(request.user).standing().select_related("organisation", "version__adaptation"),
        token=token,
    )
    if not can_withdraw(request.user, signature):
        raise PermissionDenied
    refusal = None
    if request.method == "POST":
        try:
            actions.sign_new_version(signature, actor=request.user, at=timezone.now())
        except ValidationError as error:
            refusal = error
        else:
            messages.success(request, gettext("C’est signé. L’attestation part à votre adresse."))
            return redirect("dashboard:my-space")
    version = actions.version_in_place_of(signature.version)
    return render(request, "charters/new_version.html", _new_version_context(request, signature, version, refusal))


def _new_version_context(request, signature, version, refusal):
    differences, is_done, sign_address = [], False, ""
    if version:
        articles = list(signature.version.articles.all()), list(version.articles.all())
        differences = [found for found in compare_versions(*articles) if found.status != "same"]
        is_done = version.signatures.standing().filter(organisation=signature.organisation).exists()
        route, kwargs = step_route("sign-particulars", version.adaptation.slug if version.adaptation else None)
        sign_address = reverse(route, kwargs={**kwargs, "uuid": signature.organisation.uuid})
    return {
        "signature": signature,
        "version": version,
        "differences": differences,
        "is_done": is_done,
        "refusal": refusal,
        "sign_address": sign_address,
        "can_sign": can_sign_again(request.user, signature, timezone.localdate()),
    }
