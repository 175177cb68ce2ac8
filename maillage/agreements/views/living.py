"""What is done with a signed agreement: ended, shown to the coordination, paid."""

import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from maillage.ui.gestures import did, made_by

from .. import actions, permissions
from ..forms import EndForm
from .reading import visible_or_404
from .reviewing import party_or_403


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request, uuid):
    found = visible_or_404(request, uuid)
    if not permissions.can_end(request.user, found):
        raise PermissionDenied(gettext("Elle n’est pas signée, ou sa fin est déjà dite."))
    soonest = timezone.localdate() + datetime.timedelta(days=found.notice_days)
    form = EndForm(request.POST or None, initial={"last_day": soonest})
    if request.method == "POST" and form.is_valid():
        organisation = party_or_403(request, found).organisation
        if made_by(request, form, actions.end_agreement, found, organisation=organisation, **form.cleaned_data):
            messages.success(request, gettext("La fin est dite ; les autres parties sont prévenues."))
            return redirect(found)
    return render(request, "agreements/end.html", {"form": form, "agreement": found, "soonest": soonest})


@login_required
@require_POST
def show(request, uuid):
    """Let the coordination read it, or not any more."""
    found = visible_or_404(request, uuid)
    party_or_403(request, found)
    shown = request.POST.get("shown") == "oui"
    said = gettext("La coordination peut la lire.") if shown else gettext("La coordination ne la lit plus.")
    did(request, actions.show_to_coordination, found, shown=shown, said=said)
    return redirect(found)


@login_required
@require_POST
def note_payment(request, uuid, pk):
    found = visible_or_404(request, uuid)
    party_or_403(request, found)
    if found.state != found.State.SIGNED:
        raise PermissionDenied(gettext("Elle n’est pas encore signée."))
    instalment = get_object_or_404(found.instalments, pk=pk)
    paid_on = None if instalment.paid_on else timezone.localdate()
    did(request, actions.note_payment, instalment, paid_on=paid_on, said=gettext("C’est noté."))
    return redirect(found)
