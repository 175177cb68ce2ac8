"""What is sought: the list, a page a need, saying one, answering, closing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from maillage.organisations.audiences import reader_of
from maillage.organisations.models import Exchange
from maillage.ui.forms import add_refusal
from maillage.ui.pagination import BoundedPaginator

from .. import actions, permissions, queries
from ..forms.needs import CloseNeedForm, NeedAnswerForm, NeedForm
from ..models import Need, NeedAnswer
from .manage import exchanges_to_detail, prefilled
from .resources import is_behind


@login_required
@require_safe
def need_list(request):
    if not is_behind(request.user):
        raise PermissionDenied(gettext("Ces besoins se disent entre associations."))
    today = timezone.localdate()
    found = queries.needs_listed(request.user, today=today)
    context = {
        "page": BoundedPaginator(found, 24).get_page(request.GET.get("page")),
        "untaken": queries.untaken_needs(request.user, today=today)[:20],
        "may_say": bool(reader_of(request.user).association_ids),
    }
    return render(request, "resources/need_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_need(request):
    organisations = permissions.associations_of(request.user)
    if not organisations:
        raise PermissionDenied(gettext("Il faut représenter une association confirmée pour dire un besoin ici."))
    first = prefilled(request, Exchange.Side.NEED)
    if first:
        first["organisation"] = first.pop("owner")
    form = NeedForm(request.POST or None, initial=first, organisations=organisations)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.say_need(actor=request.user, at=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, gettext("C’est dit : les associations du quartier le voient."))
            return redirect(made)
    to_detail = exchanges_to_detail(request.user, Exchange.Side.NEED)
    return render(request, "resources/new_need.html", {"form": form, "to_detail": to_detail})


def _need_or_404(request, uuid):
    needs = Need.objects.visible_to(request.user).select_related("organisation", "territory")
    return get_object_or_404(needs, uuid=uuid)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def need(request, uuid):
    """What is sought; who seeks reads the answers and the offers that meet it, the others may answer."""
    found = _need_or_404(request, uuid)
    answerers = permissions.answerers_for(request.user, found)
    answers = NeedAnswer.objects.visible_to(request.user).filter(need=found).select_related("organisation")
    if request.method == "POST" and not answerers:
        raise PermissionDenied
    form = NeedAnswerForm(request.POST or None, organisations=answerers) if answerers else None
    if request.method == "POST" and form and form.is_valid():
        try:
            actions.answer_need(found, actor=request.user, at=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, gettext("Merci : l’association reçoit vos mots par e-mail."))
            return redirect(found)
    context = {
        "need": found,
        "answers": answers,
        "is_mine": permissions.speaks_for(request.user, found.organisation_id),
        "matches": queries.matches_of(request.user, found),
        "form": form if form and (form.is_bound or not answers) else None,
    }
    return render(request, "resources/need.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def close_need(request, uuid):
    found = _need_or_404(request, uuid)
    if not permissions.speaks_for(request.user, found.organisation_id):
        raise PermissionDenied
    form = CloseNeedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.close_need(found, actor=request.user, at=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, gettext("C’est clos. Merci de l’avoir dit."))
            return redirect(found)
    return render(request, "resources/close_need.html", {"form": form, "need": found})
