"""What an owner does with what it lends: offer, change, photos, weekly hours, calendar, withdraw."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.organisations.audiences import reader_of
from maillage.organisations.models import Exchange
from maillage.ui.forms import add_refusal
from maillage.ui.photos import MOST_BYTES

from .. import actions, permissions
from ..forms.resources import PhotoForm, ResourceForm, SlotForm, WithdrawForm
from ..models import Kind
from .resources import visible_or_404

DETAILED = {
    "premises": "room",
    "equipment": "equipment",
    "vehicle": "vehicle",
    "skill": "skill",
    "people": "volunteer",
}
"""What a profile says that it offers or seeks → what is lent or sought here. A link and a project are neither."""


def owned_or_403(request, uuid):
    """A resource of one's own association, still offered; who may only read it is told so."""
    found = visible_or_404(request, uuid)
    if not permissions.can_edit(request.user, found):
        raise PermissionDenied(gettext("C’est à l’association qui la prête de le faire."))
    return found


def exchanges_to_detail(user, side):
    """What one's profiles already say, and that can be told in full here."""
    mine = Exchange.objects.filter(organisation_id__in=reader_of(user).association_ids, side=side)
    return mine.filter(kind__in=DETAILED).select_related("organisation").order_by("pk")


def prefilled(request, side):
    """The first values of a form, from a line of one's profile (`?fiche=` its number)."""
    number = request.GET.get("fiche", "")
    if not (number.isascii() and number.isdigit() and len(number) < 18):
        return {}
    line = exchanges_to_detail(request.user, side).filter(pk=int(number)).first()
    if line is None:
        return {}
    title = (line.words or str(Kind(DETAILED[line.kind]).label))[:120]
    return {"kind": DETAILED[line.kind], "title": title, "owner": line.organisation_id}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request):
    owners = permissions.associations_of(request.user)
    if not owners:
        raise PermissionDenied(gettext("Il faut représenter une association confirmée pour prêter ici."))
    form = ResourceForm(request.POST or None, initial=prefilled(request, Exchange.Side.OFFER), owners=owners)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.offer_resource(actor=request.user, at=timezone.now(), **form.told)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, gettext("C’est proposé. Ajoutez des photos et des créneaux si vous voulez."))
            return redirect("resources:manage", uuid=made.uuid)
    to_detail = exchanges_to_detail(request.user, Exchange.Side.OFFER)
    return render(request, "resources/offer.html", {"form": form, "to_detail": to_detail})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request, uuid):
    found = owned_or_403(request, uuid)
    owners = permissions.associations_of(request.user).filter(pk=found.owner_id)
    form = ResourceForm(request.POST or None, instance=found, owners=owners)
    if request.method == "POST" and form.is_valid():
        told = {name: value for name, value in form.told.items() if name != "owner"}
        try:
            actions.change_resource(found, actor=request.user, at=timezone.now(), **told)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, gettext("C’est enregistré."))
            return redirect(found)
    return render(request, "resources/change.html", {"form": form, "resource": found})


def _manage_page(request, found, *, status=200, **forms):
    context = {
        "resource": found,
        "photos": found.photos.all(),
        "slots": found.slots.all(),
        "photo_form": PhotoForm(),
        "slot_form": SlotForm(),
        **forms,
    }
    return render(request, "resources/manage.html", context, status=status)


@login_required
@require_safe
def manage(request, uuid):
    """Photos, weekly hours, the calendar to follow elsewhere."""
    return _manage_page(request, owned_or_403(request, uuid))


@login_required
@require_POST
def add_photo(request, uuid):
    found = owned_or_403(request, uuid)
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        content = form.cleaned_data["image"].read(MOST_BYTES + 1)
        try:
            actions.add_photo(
                found, image=content, words=form.cleaned_data["words"], actor=request.user, at=timezone.now()
            )
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, gettext("La photo est là."))
            return redirect("resources:manage", uuid=uuid)
    return _manage_page(request, found, photo_form=form)


@login_required
@require_POST
def remove_photo(request, uuid, photo):
    found = owned_or_403(request, uuid)
    actions.remove_photo(get_object_or_404(found.photos, uuid=photo), actor=request.user, at=timezone.now())
    messages.success(request, gettext("La photo est retirée."))
    return redirect("resources:manage", uuid=uuid)


@login_required
@require_POST
def add_slot(request, uuid):
    found = owned_or_403(request, uuid)
    form = SlotForm(request.POST)
    if form.is_valid():
        try:
            actions.add_slot(found, actor=request.user, at=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, gettext("Le créneau est ajouté."))
            return redirect("resources:manage", uuid=uuid)
    return _manage_page(request, found, slot_form=form)


@login_required
@require_POST
def remove_slot(request, uuid, pk):
    found = owned_or_403(request, uuid)
    actions.remove_slot(get_object_or_404(found.slots, pk=pk), actor=request.user, at=timezone.now())
    messages.success(request, gettext("Le créneau est retiré."))
    return redirect("resources:manage", uuid=uuid)


@login_required
@require_POST
def renew_calendar(request, uuid):
    actions.renew_calendar(owned_or_403(request, uuid), actor=request.user, at=timezone.now())
    messages.success(request, gettext("L’adresse du calendrier a changé : l’ancienne ne montre plus rien."))
    return redirect("resources:manage", uuid=uuid)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request, uuid):
    found = owned_or_403(request, uuid)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw_resource(found, actor=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, gettext("Elle n’est plus prêtée. Les prêts déjà acceptés continuent."))
        return redirect(found)
    return render(request, "resources/withdraw.html", {"form": form, "resource": found})
