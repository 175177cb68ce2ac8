"""Announcing an event, changing it, cancelling it, taking it away; one date; who organises it too."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from maillage.organisations.queries import associations_of
from maillage.ui.forms import add_refusal
from maillage.ui.gestures import did, made_by

from .. import actions, permissions
from ..forms.events import DateForm, EventForm, OrganiserForm, RemoveForm, WordsForm
from ..models import Event
from .reading import to_name, visible_or_404

DESPITE = "quand_meme"
COPIED = (
    *("title", "description", "starts_time", "ends_time", "place", "for_whom", "audience", "is_free", "price"),
    *("languages", "accessibility", "booking"),
)


def edited_or_403(request, uuid):
    found = visible_or_404(request, uuid)
    if not permissions.can_edit(request.user, found):
        raise PermissionDenied(gettext("C’est à l’association qui l’annonce de le faire."))
    return found


def _saved(request, form, action, *args, **told):
    """(event, None), or (None, the dates that meet); the form tells what else was refused."""
    try:
        found = action(
            *args,
            actor=request.user,
            at=timezone.now(),
            despite_clashes=DESPITE in request.POST,
            **told,
        )
    except actions.DatesMeet as meeting:
        return None, meeting.found
    except ValidationError as refusal:
        add_refusal(form, refusal)
        return None, None
    return found, None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def announce(request):
    """`?copie=` the address of an event: the same again; `?jour=`: on that day."""
    organisers = associations_of(request.user)
    if not organisers:
        raise PermissionDenied(gettext("Il faut représenter une association confirmée pour annoncer ici."))
    form = EventForm(request.POST or None, initial=_first_values(request), organisers=organisers)
    met = None
    if request.method == "POST" and form.is_valid():
        event, met = _saved(request, form, actions.announce_event, **form.told)
        if event:
            messages.success(request, gettext("C’est annoncé."))
            return redirect(event)
    return render(request, "events/announce.html", {"form": form, "met": met})


def _first_values(request):
    values = {}
    if copied := request.GET.get("copie"):
        found = Event.objects.visible_to(request.user).filter(organiser__in=associations_of(request.user))
        try:
            event = found.filter(uuid=copied).first()
        except ValidationError:
            event = None
        if event:
            values = {name: getattr(event, name) for name in COPIED}
            values |= {"organiser": event.organiser_id, "territories": [one.pk for one in event.territories.all()]}
    if day := request.GET.get("jour"):
        values["starts_on"] = day[:10]
    return values


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request, uuid):
    found = edited_or_403(request, uuid)
    organisers = associations_of(request.user).filter(pk=found.organiser_id)
    form = EventForm(request.POST or None, instance=found, organisers=organisers)
    met = None
    if request.method == "POST" and form.is_valid():
        told = {name: value for name, value in form.told.items() if name != "organiser"}
        told["edition"] = form.cleaned_data["edition"] or 0
        event, met = _saved(request, form, actions.change_event, found, **told)
        if event:
            messages.success(request, gettext("C’est enregistré."))
            return redirect(event)
    return render(request, "events/change.html", {"form": form, "event": found, "met": met})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request, uuid):
    found = edited_or_403(request, uuid)
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.cancel_event(found, actor=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, gettext("C’est dit : l’annonce reste, barrée, avec la raison."))
        return redirect(found)
    return render(request, "events/cancel.html", {"form": form, "event": found})


@login_required
@require_POST
def resume(request, uuid):
    found = edited_or_403(request, uuid)
    did(request, actions.resume_event, found, said=gettext("Cela a lieu, finalement."))
    return redirect(found)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request, uuid):
    found = visible_or_404(request, uuid)
    if not permissions.can_remove(request.user, found):
        raise PermissionDenied(gettext("C’est à l’association qui l’annonce, ou à la coordination, de le faire."))
    form = RemoveForm(request.POST if request.method == "POST" else None)
    own = permissions.can_edit(request.user, found)
    if own:
        del form.fields["words"]
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data.get("words", "")
        if made_by(request, form, actions.remove_event, found, words=words):
            messages.success(request, gettext("L’annonce n’est plus dans l’agenda."))
            return redirect("events:calendar")
    return render(request, "events/remove.html", {"form": form, "event": found, "is_own": own})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_date(request, uuid, day):
    found = edited_or_403(request, uuid)
    first = {"starts_on": day, "starts_time": found.starts_time, "ends_time": found.ends_time}
    form = DateForm(request.POST or None, initial=first)
    if request.method != "POST" or not form.is_valid():
        changed = None
    else:
        changed = made_by(request, form, actions.change_date, found, day, **form.cleaned_data)
    if changed:
        messages.success(request, gettext("Cette date est changée ; les autres restent."))
        return redirect(found)
    context = {"form": form, "event": found, "day": day}
    return render(request, "events/change_date.html", context)


@login_required
@require_POST
def restore_date(request, uuid, day):
    found = edited_or_403(request, uuid)
    did(request, actions.restore_date, found, day, said=gettext("Cette date est de nouveau comme les autres."))
    return redirect(found)


@login_required
@require_POST
def name_organiser(request, uuid):
    found = edited_or_403(request, uuid)
    form = OrganiserForm(request.POST, organisations=to_name(request.user, found, list(found.territories.all())))
    if form.is_valid():
        organisation = form.cleaned_data["organisation"]
        did(
            request,
            actions.name_organiser,
            found,
            organisation,
            said=gettext("C’est ajouté : cette organisation en est prévenue."),
        )
    else:
        messages.error(request, gettext("Choisissez une organisation de la liste."))
    return redirect(found)


@login_required
@require_POST
def leave(request, uuid, slug):
    found = visible_or_404(request, uuid)
    named = get_object_or_404(found.others, slug=slug)
    if not (permissions.can_edit(request.user, found) or permissions.can_leave(request.user, named)):
        raise PermissionDenied(
            gettext("C’est à l’association qui l’annonce, ou à celle qui est nommée, de le faire.")
        )
    did(request, actions.leave_event, found, named, said=gettext("Son nom est retiré."))
    return redirect(found)
