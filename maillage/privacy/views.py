"""My data: what is kept of me, taking it away, leaving; and who manages an organisation afterwards."""

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from maillage.organisations.audiences import reader_of
from maillage.organisations.models import Organisation

from . import actions, queries
from .exports import organisation_archive, person_archive
from .forms import ForgetForm
from .permissions import can_export_organisation
from .processing import KEPT


@login_required
@never_cache
@require_safe
def my_data(request):
    """What is kept, why, how long; and the two ways out: with it, or without."""
    managed = Organisation.objects.visible_to(request.user).filter(pk__in=reader_of(request.user).managed_ids)
    context = {"kept": KEPT, "managed": managed, "alone": queries.managed_alone(request.user)}
    return render(request, "privacy/my_data.html", context)


@login_required
@never_cache
@require_safe
def export(request, uuid):
    """Everything about oneself. The address names the person: opened by somebody else, it leads nowhere."""
    if uuid != request.user.uuid:
        raise Http404
    at = timezone.now()
    return _download(person_archive(request.user, at=at), f"maillage-mes-donnees-{timezone.localdate(at)}.zip")


@login_required
@never_cache
@require_safe
def export_organisation(request, uuid):
    """Everything about an organisation, for those who manage it; nobody else may know of this address."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), uuid=uuid)
    if not can_export_organisation(request.user, organisation):
        raise Http404
    at = timezone.now()
    archive = organisation_archive(organisation, reader=request.user, at=at)
    return _download(archive, f"maillage-{organisation.slug}-{timezone.localdate(at)}.zip")


def _download(archive, name):
    return FileResponse(archive, as_attachment=True, filename=name, content_type="application/zip")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forget(request):
    """What goes, what stays; then, ticked and sent, it is done and the session ends."""
    alone = list(queries.managed_alone(request.user))
    form = ForgetForm(request.POST or None, alone=alone)
    if request.method == "POST" and form.is_valid():
        nobody = form.cleaned_data.get("nobody_can_take_over", False)
        try:
            actions.forget_person(request.user, actor=request.user, at=timezone.now(), nobody_can_take_over=nobody)
        except ValidationError as refusal:
            form.add_error("nobody_can_take_over" if alone else None, refusal)
        else:
            logout(request)
            return redirect("privacy:forgotten")
    return render(request, "privacy/forget.html", {"form": form, "alone": alone})


@require_safe
def forgotten(request):
    return render(request, "privacy/forgotten.html")
