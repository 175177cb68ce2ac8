"""The page on which a mediator notes a voice, with or without network."""

from pathlib import Path

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from maillage.ui.forms import add_refusal

from .. import actions, queries
from ..codes import code_of
from ..forms.collective import NoteForm

WORKER = (Path(__file__).parents[1] / "static" / "participation" / "worker.js").read_text(encoding="utf-8")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def note(request):
    """Asked for JSON, it answers JSON: `participation/note.js` sends here what waited for the network."""
    territories = queries.territories_to_note_on(request.user)
    wants_json = "application/json" in request.headers.get("Accept", "")
    if not territories:
        raise PermissionDenied(
            gettext("La coordination d’un quartier confie l’écoute des habitants : demandez-lui de vous nommer.")
        )
    form = NoteForm(request.POST or None, territories=territories)
    if request.method == "POST" and form.is_valid():
        voice = _noted(request, form)
        if voice and wants_json:
            return JsonResponse({"code": code_of(voice.key), "shared": voice.shared_at is not None})
        if voice:
            messages.success(request, _said(voice))
            return redirect("participation:note")
    if wants_json and request.method == "POST":
        why = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return JsonResponse({"why": why}, status=422)
    return render(request, "participation/note.html", {"form": form, "territories": territories})


def _noted(request, form):
    told = dict(form.cleaned_data)
    try:
        return actions.note_voice(told.pop("territory"), **told, actor=request.user, at=timezone.now())
    except ValidationError as refusal:
        add_refusal(form, refusal)
        return None


def _said(voice):
    code = code_of(voice.key)
    if voice.shared_at:
        return gettext("C’est noté, et partagé avec le collectif. Code de la personne : %(code)s") % {"code": code}
    return gettext("C’est noté. Quelqu’un la relira avant le collectif. Code de la personne : %(code)s") % {
        "code": code
    }


@require_safe
@cache_control(no_cache=True)
def worker(request):
    """The program that keeps the mediator's page on the telephone; served here, so that it reigns here alone."""
    return HttpResponse(WORKER, content_type="text/javascript; charset=utf-8")
