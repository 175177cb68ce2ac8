"""The coordinator's desk: who waits, what sleeps, what closes soon; and passing everything on."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.charters.models import Signature
from maillage.charters.waiting import signatures_out_of_breath
from maillage.digest import actions
from maillage.digest import queries as digest
from maillage.digest.actions.succession import hash_of
from maillage.digest.forms import SuccessionForm
from maillage.digest.models import Succession
from maillage.organisations.audiences import reader_of
from maillage.organisations.queries import mandates_to_confirm, organisations_to_confirm
from maillage.territories.models import Territory
from maillage.ui.forms import add_refusal


def _coordinated(request):
    """The territories of whoever asks; nobody else has a desk."""
    here = reader_of(request.user).coordinated_territory_ids
    if not here:
        raise PermissionDenied
    return Territory.objects.filter(pk__in=here).order_by("search_name", "pk")


@login_required
@require_safe
def desk(request):
    user, today = request.user, timezone.localdate()
    territories = _coordinated(request)
    breathless = list(signatures_out_of_breath(user, today))
    context = {
        "territories": territories,
        "signatories": digest.waiting_signatories(user),
        "to_confirm": organisations_to_confirm(user),
        "mandates": mandates_to_confirm(user),
        "asleep": [signature for signature in breathless if signature.dormant_at],
        "to_renew": [signature for signature in breathless if not signature.dormant_at],
        "texts_asleep": digest.texts_asleep(user),
        "closing": digest.closing_soon(user, today),
        "needs": digest.needs_nobody_takes(user),
    }
    return render(request, "dashboard/coordination.html", context)


@login_required
@require_POST
def say_contacted(request, token):
    """'I have spoken with them': the signatory no longer waits."""
    signature = get_object_or_404(Signature.objects.visible_to(request.user).standing(), token=token)
    actions.say_contacted(signature, actor=request.user, at=timezone.now())
    messages.success(request, gettext("C’est noté : « %(name)s » n’attend plus.") % {"name": signature.organisation})
    return redirect("dashboard:coordination")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request, slug):
    """Everything that the next coordinator finds here, to print; and proposing it to somebody."""
    territory = get_object_or_404(_coordinated(request), slug=slug)
    form = SuccessionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.propose_succession(territory, **form.cleaned_data, actor=request.user, at=timezone.now())
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, gettext("Un message part. Rien ne change avant que cette personne accepte."))
            return redirect("dashboard:hand-over", slug=slug)
    context = {"form": form, **digest.handed_over(territory, request.user, timezone.localdate())}
    return render(request, "dashboard/hand_over.html", context)


@login_required
@require_POST
def withdraw_succession(request, pk):
    seen = Succession.objects.visible_to(request.user).select_related("territory")
    succession = get_object_or_404(seen, pk=pk)
    try:
        actions.withdraw_succession(succession, actor=request.user, at=timezone.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, gettext("La proposition est retirée : son lien n’ouvre plus rien."))
    return redirect("dashboard:hand-over", slug=succession.territory.slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept_succession(request, token):
    """The page of the e-mailed link: it says what coordinating means. Opening it changes nothing."""
    found = Succession.objects.filter(token_sha256=hash_of(token)).select_related("territory", "proposed_by")
    succession = found.first()
    context = {"succession": succession, "refusal": "", "done": False}
    if succession is None:
        return render(request, "dashboard/accept_succession.html", context, status=404)
    if request.method == "POST":
        try:
            actions.accept_succession(succession, at=timezone.now())
        except ValidationError as refusal:
            context["refusal"] = " ".join(refusal.messages)
        else:
            context["done"] = True
    elif not Succession.objects.open(timezone.now()).filter(pk=succession.pk).exists():
        context["refusal"] = gettext("Cette proposition a déjà reçu sa réponse, a été retirée ou est trop ancienne.")
    return render(request, "dashboard/accept_succession.html", context)
