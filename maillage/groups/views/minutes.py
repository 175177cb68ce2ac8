"""The minutes, typed live and kept as one types; then read again, corrected, validated."""

import re

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from maillage.charters.differences import word_differences
from maillage.organisations.models import Organisation
from maillage.ui.gestures import did, made_by

from .. import actions, permissions, queries
from ..forms.meetings import HoldForm, PointForm, ReadingForm, SettleForm, UnforeseenForm
from .groups import inside_or_403
from .meetings import meeting_or_404, refused, run_meeting_or_403


def _pen_or_403(request, slug, date):
    inside_or_403(request, slug)
    found = meeting_or_404(request, slug, date)
    if not permissions.can_hold_the_pen(request.user, found):
        raise PermissionDenied(gettext("Ce compte rendu est validé, ou la réunion annulée : il ne change plus."))
    return found


def _members(group):
    return Organisation.objects.filter(group_memberships__group=group, group_memberships__until=None).order_by(
        "search_name"
    )


def _wants_json(request):
    return request.headers.get("Accept", "").startswith("application/json")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def minutes(request, slug, date):
    """Who is there, what is said under each point, what is to be done. POST (without JavaScript) saves every text."""
    found = _pen_or_403(request, slug, date)
    conflicts = _save_all(request, found) if request.method == "POST" else {}
    if request.method == "POST":
        _tick_who(request, found)
    if request.method == "POST" and not conflicts:
        messages.success(request, gettext("Le compte rendu est enregistré."))
        return redirect("groups:minutes", slug=slug, date=date)
    agenda = list(found.agenda.prefetch_related("action_points__organisation", "decisions"))
    for item in agenda:
        item.conflict = conflicts.get(item.pk)
    context = {
        "meeting": found,
        "group": found.group,
        "agenda": agenda,
        "table": queries.presence_table(found),
        "organisations": _members(found.group),
        "point_form": PointForm(organisations=_members(found.group)),
        "item_form": UnforeseenForm(auto_id="imprevu-%s"),
        "hold_form": HoldForm(initial={"others_present": found.others_present}),
        "may_run": permissions.can_facilitate(request.user, found.group),
        "may_hold": not found.held_at and found.date <= timezone.localdate(),
    }
    return render(request, "groups/minutes.html", context, status=409 if conflicts else 200)


def _save_all(request, found):
    """Saves each text sent; returns item pk → {"mine", "differences", "number"} of those that changed meanwhile."""
    conflicts = {}
    for item in found.agenda.all():
        if f"notes-{item.pk}" not in request.POST:
            continue
        item.meeting = found
        mine = request.POST[f"notes-{item.pk}"].replace("\x00", "")
        try:
            actions.save_notes(
                item,
                notes=mine,
                number=_number(request.POST.get(f"number-{item.pk}")),
                actor=request.user,
                at=timezone.now(),
            )
        except actions.NotesHaveChanged as refusal:
            conflicts[item.pk] = _conflict(refusal, mine)
        except ValidationError as refusal:
            conflicts[item.pk] = {"mine": mine, "number": item.notes_number, "refusal": " ".join(refusal.messages)}
    return conflicts


def _tick_who(request, found):
    """Without JavaScript a tick saves the page too: nothing typed before it is lost."""
    sent = re.fullmatch("([os][0-9]{1,15}):(yes|no)", request.POST.get("tick", ""))
    if sent:
        _tick(request, found, sent[1], was_present=sent[2] == "yes")


def _tick(request, found, who, *, was_present):
    if who[0] == "o":
        speaker = {"organisation": get_object_or_404(_members(found.group), pk=who[1:])}
    else:
        speaker = {"seat": get_object_or_404(found.group.seats.standing(), pk=who[1:])}
    actions.tick_presence(found, **speaker, was_present=was_present, actor=request.user, at=timezone.now())


def _number(text):
    return int(text) if re.fullmatch("[0-9]{1,9}", text or "") else -1


def _conflict(refusal, mine):
    theirs = refusal.item.notes
    return {
        "mine": mine,
        "theirs": theirs,
        "number": refusal.item.notes_number,
        "differences": word_differences(theirs, mine.replace("\r\n", "\n")),
    }


@login_required
@require_POST
def save_notes(request, slug, date, pk):
    """One text, as it is typed. JSON: the new number; 409 with the other text where somebody saved meanwhile."""
    found = _pen_or_403(request, slug, date)
    item = get_object_or_404(found.agenda, pk=pk)
    item.meeting = found
    mine = request.POST.get("notes", "").replace("\x00", "")
    try:
        item = actions.save_notes(
            item, notes=mine, number=_number(request.POST.get("number")), actor=request.user, at=timezone.now()
        )
    except actions.NotesHaveChanged as refusal:
        now = {"theirs": refusal.item.notes, "number": refusal.item.notes_number, "why": refusal.messages[0]}
        return JsonResponse(now, status=409)
    except ValidationError as refusal:
        return JsonResponse({"why": " ".join(refusal.messages)}, status=400)
    return JsonResponse({"number": item.notes_number})


@login_required
@require_POST
def tick(request, slug, date):
    """Somebody is there, or not: ``who`` is "o12" or "s3", ``present`` "yes" or "no"."""
    found = _pen_or_403(request, slug, date)
    sent = re.fullmatch("([os])([0-9]{1,15})", request.POST.get("who", ""))
    if not sent:
        return JsonResponse({"why": gettext("Qui ?")}, status=400)
    present = request.POST.get("present") == "yes"
    _tick(request, found, sent[0], was_present=present)
    if _wants_json(request):
        return JsonResponse({"present": present})
    return redirect("groups:minutes", slug=slug, date=date)


@login_required
@require_POST
def add_item(request, slug, date):
    """A point that is proposed, or that nobody had foreseen, at the end of the agenda."""
    found = _pen_or_403(request, slug, date)
    form = UnforeseenForm(request.POST)
    if form.is_valid():
        did(request, actions.add_unforeseen, found, said=gettext("Le point est ajouté."), **form.cleaned_data)
    else:
        messages.error(request, gettext("Donnez un titre à ce point, deux cents signes au plus."))
    if request.POST.get("from") == "meeting":
        return redirect(found)
    return redirect("groups:minutes", slug=slug, date=date)


@login_required
@require_POST
def add_point(request, slug, date, pk):
    """What was decided to do, under a point. JSON where the page asks for it."""
    found = _pen_or_403(request, slug, date)
    item = get_object_or_404(found.agenda, pk=pk)
    item.meeting = found
    form = PointForm(request.POST, organisations=_members(found.group))
    why = ""
    if form.is_valid():
        try:
            point = actions.add_point(
                found.group, item=item, actor=request.user, at=timezone.now(), **form.cleaned_data
            )
        except ValidationError as refusal:
            why = " ".join(refusal.messages)
    else:
        why = " ".join(message for errors in form.errors.values() for message in errors)
    if _wants_json(request):
        return JsonResponse({"why": why}, status=400) if why else JsonResponse({"key": str(point.key)})
    if why:
        messages.error(request, why)
    return redirect("groups:minutes", slug=slug, date=date)


@login_required
@require_POST
def hold(request, slug, date):
    """The meeting is over: its minutes go to be read."""
    found = run_meeting_or_403(request, slug, date)
    form = HoldForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("La liste des autres personnes présentes est trop longue."))
        return redirect("groups:minutes", slug=slug, date=date)
    try:
        actions.hold_meeting(found, actor=request.user, at=timezone.now(), **form.cleaned_data)
    except ValidationError as refusal:
        refused(request, refusal)
        return redirect("groups:minutes", slug=slug, date=date)
    messages.success(request, gettext("Le compte rendu part aux membres, qui ont huit jours pour le relire."))
    return redirect(found)


@login_required
@require_POST
def read(request, slug, date):
    """The minutes are right, or are to be corrected."""
    inside_or_403(request, slug)
    found = meeting_or_404(request, slug, date)
    user, group = request.user, found.group
    form = ReadingForm(request.POST, voices=permissions.voices_of(user, group), seat=permissions.seat_of(user, group))
    if not form.is_valid():
        messages.error(request, gettext("Cette relecture n’a pas pu être notée : dites pour qui vous parlez."))
        return redirect(found)
    correction = form.cleaned_data["correction"] if request.POST.get("is_right") != "yes" else ""
    if request.POST.get("is_right") != "yes" and not correction.strip():
        messages.error(request, gettext("Écrivez ce qui est à corriger."))
        return redirect(found)
    did(
        request,
        actions.read_minutes,
        found,
        **form.speaker,
        correction=correction,
        said=gettext("C’est noté, merci."),
    )
    return redirect(found)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request, slug, date, pk):
    """Answer a correction that was asked for."""
    found = run_meeting_or_403(request, slug, date)
    reading = get_object_or_404(found.readings.select_related("organisation", "seat", "meeting__group"), pk=pk)
    form = SettleForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and made_by(request, form, actions.settle_correction, reading, **form.cleaned_data)
    ):
        messages.success(request, gettext("La réponse est partie."))
        return redirect(found)
    context = {"group": found.group, "meeting": found, "reading": reading, "form": form}
    return render(request, "groups/settle.html", context)


@login_required
@require_POST
def validate(request, slug, date):
    found = run_meeting_or_403(request, slug, date)
    did(request, actions.validate_minutes, found, said=gettext("Le compte rendu est validé. Les membres le savent."))
    return redirect(found)
