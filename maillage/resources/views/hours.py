"""The hours ledger of a territory, where its collective has chosen to keep one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from maillage.organisations.audiences import reader_of
from maillage.territories.models import Territory
from maillage.ui.forms import add_refusal

from .. import actions, permissions, queries
from ..forms.loans import WordsForm
from ..forms.needs import HoursForm
from ..models import HoursEntry, LedgerSwitch


def _territory_or_404(request, slug):
    """A territory whose association space this person reads."""
    return get_object_or_404(Territory, slug=slug, pk__in=reader_of(request.user).space_territory_ids)


def _switch_of(request, territory):
    switches = LedgerSwitch.objects.visible_to(request.user).standing()
    return switches.filter(territory=territory).first()


def _page(request, territory, **forms):
    switch = _switch_of(request, territory)
    runs = permissions.can_switch(request.user, territory)
    entries = (
        HoursEntry.objects.visible_to(request.user).filter(territory=territory).select_related("giver", "receiver")
    )
    mine = reader_of(request.user).association_ids
    context = {
        "territory": territory,
        "switch": switch,
        "runs": runs,
        "mine": mine,
        "balances": [(who, given, had, given - had) for who, given, had in queries.balances(request.user, territory)],
        "entries": entries[:100],
        "form": HoursForm(territory=territory, initial={"day": timezone.localdate()}) if switch and mine else None,
        "switch_form": WordsForm(
            label=_("Qui l’a décidé, et quand ?") if switch is None else _("Pourquoi ?"), most=300
        ),
        **forms,
    }
    return render(request, "resources/ledger.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ledger(request, slug):
    """One's own lines and balance; for the coordination, everybody's. Sent, it notes a line."""
    territory = _territory_or_404(request, slug)
    if request.method != "POST":
        return _page(request, territory)
    if not reader_of(request.user).association_ids:
        raise PermissionDenied
    form = HoursForm(request.POST, territory=territory)
    if form.is_valid():
        try:
            actions.note_hours(territory=territory, actor=request.user, at=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, gettext("Les heures sont notées."))
            return redirect("resources:ledger", slug=slug)
    return _page(request, territory, form=form)


def _run_or_403(request, slug):
    territory = _territory_or_404(request, slug)
    if not permissions.can_switch(request.user, territory):
        raise PermissionDenied(gettext("C’est à la coordination de le faire, quand le collectif l’a décidé."))
    return territory


@login_required
@require_POST
def switch_on(request, slug):
    territory = _run_or_403(request, slug)
    form = WordsForm(request.POST, label=_("Qui l’a décidé, et quand ?"), most=300)
    if form.is_valid():
        try:
            actions.open_ledger(territory, actor=request.user, at=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, gettext("Le carnet d’heures est ouvert."))
            return redirect("resources:ledger", slug=slug)
    return _page(request, territory, switch_form=form)


@login_required
@require_POST
def switch_off(request, slug):
    territory = _run_or_403(request, slug)
    switch = _switch_of(request, territory)
    if switch is None:
        raise Http404
    form = WordsForm(request.POST, label=_("Pourquoi ?"), most=300)
    if form.is_valid():
        actions.stop_ledger(switch, actor=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, gettext("Le carnet d’heures est arrêté. Ce qui est noté reste."))
        return redirect("resources:ledger", slug=slug)
    return _page(request, territory, switch_form=form)


@login_required
@require_POST
def cancel(request, slug, pk):
    territory = _territory_or_404(request, slug)
    entry = get_object_or_404(HoursEntry.objects.visible_to(request.user), territory=territory, pk=pk)
    form = WordsForm(request.POST, label=_("Pourquoi ?"), most=300)
    if not form.is_valid():
        messages.error(request, gettext("Dites pourquoi cette ligne est annulée."))
        return redirect("resources:ledger", slug=slug)
    try:
        actions.cancel_hours(entry, actor=request.user, at=timezone.now(), **form.cleaned_data)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, gettext("La ligne est annulée, et reste barrée."))
    return redirect("resources:ledger", slug=slug)
