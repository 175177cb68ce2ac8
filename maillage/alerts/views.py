"""Alerting, reading, answering. What one may not see does not exist: 404, whatever is asked of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.ui.gestures import did, made_by

from . import actions, permissions, queries
from .forms import AlertForm, CloseForm, MessageForm, OrganisationForm, ReaderForm
from .models import Alert


def alert_or_404(request, uuid):
    """``request.user`` is not a public partner and may see it."""
    related = ("organisation", "territory_role__territory", "territory_role__user", "network_role__network")
    found = Alert.objects.visible_to(request.user).select_related(*related, "network_role__user")
    return get_object_or_404(found, uuid=uuid)


@login_required
@never_cache
@require_safe
def alert_list(request):
    """Those of one's associations, those that one was sent."""
    received, own = queries.listed(request.user)
    context = {
        "received": received,
        "own": own,
        "may_send": bool(permissions.managed_by(request.user)),
        "reads_synthesis": permissions.can_read_synthesis(request.user),
        "today": timezone.localdate(),
    }
    return render(request, "alerts/alert_list.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def send(request):
    """`?association=` which of one's own; the only one, where there is one."""
    organisations = queries.organisations_to_alert_for(request.user)
    if not organisations:
        raise PermissionDenied(gettext("Il faut gérer la fiche d’une association confirmée pour alerter en son nom."))
    choice = OrganisationForm(request.GET or None, organisations=organisations)
    organisation = choice.cleaned_data["association"] if choice.is_valid() else organisations[0]
    form = AlertForm(request.POST or None, organisation=organisation, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        alert = made_by(request, form, actions.send_alert, organisation, role=told.pop("to"), **told)
        if alert:
            messages.success(request, gettext("C’est envoyé, à cette seule personne."))
            return redirect(alert)
    context = {
        "organisations": organisations,
        "organisation": organisation,
        "form": form,
        "answered_by": timezone.localdate(timezone.now() + queries.answer_days()),
    }
    return render(request, "alerts/send.html", context)


@login_required
@never_cache
@require_safe
def alert(request, uuid):
    """The whole of it, for the two sides."""
    return _shown(request, alert_or_404(request, uuid))


def _shown(request, found, **refused):
    ours = permissions.is_of_association(request.user, found)
    context = {
        "alert": found,
        "exchange": found.exchange.all(),
        "is_ours": ours,
        "message_form": MessageForm(),
        "close_form": CloseForm(may_withdraw=ours),
        "reader_form": _other_readers(found) if ours and not found.closed_at else None,
        "today": timezone.localdate(),
        **refused,
    }
    return render(request, "alerts/alert.html", context, status=422 if refused else 200)


def _other_readers(found, data=None):
    return ReaderForm(data, organisation=found.organisation, today=timezone.localdate(), auto_id="autre-%s")


def _posted(request, found, form, name, action, said):
    """Calls ``action`` with what ``form`` cleaned; the page again, with what was refused, where it does not pass."""
    if form.is_valid() and made_by(request, form, action, found, **form.cleaned_data):
        messages.success(request, said)
        return redirect(found)
    return _shown(request, found, **{name: form})


@login_required
@require_POST
def acknowledge(request, uuid):
    found = alert_or_404(request, uuid)
    did(request, actions.acknowledge, found, said=gettext("L’association sait que vous l’avez lue."))
    return redirect(found)


@login_required
@require_POST
def write(request, uuid):
    found = alert_or_404(request, uuid)
    return _posted(request, found, MessageForm(request.POST), "message_form", actions.write, gettext("C’est écrit."))


@login_required
@require_POST
def close(request, uuid):
    found = alert_or_404(request, uuid)
    form = CloseForm(request.POST, may_withdraw=permissions.is_of_association(request.user, found))
    return _posted(request, found, form, "close_form", actions.close_alert, gettext("C’est clos."))


@login_required
@require_POST
def choose_another(request, uuid):
    found = alert_or_404(request, uuid)
    if not permissions.is_of_association(request.user, found):
        raise PermissionDenied(gettext("C’est à l’association de choisir qui la lit."))
    form = _other_readers(found, request.POST)
    if form.is_valid() and made_by(request, form, actions.choose_another, found, role=form.cleaned_data["to"]):
        messages.success(request, gettext("C’est envoyé à cette personne ; celle d’avant ne la lit plus."))
        return redirect(found)
    return _shown(request, found, reader_form=form)


@login_required
@never_cache
@require_safe
def synthesis(request):
    """How many associations alert, by quarter, region and kind: from five on."""
    if not permissions.can_read_synthesis(request.user):
        raise PermissionDenied(gettext("La synthèse est pour les coordinations et les réseaux."))
    context = {"rows": queries.synthesis(today=timezone.localdate()), "least": queries.LEAST}
    return render(request, "alerts/synthesis.html", context)
