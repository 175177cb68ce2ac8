"""One need: who takes it up, what is answered, who reads it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from maillage.organisations.queries import associations_of
from maillage.ui.gestures import did, made_by

from .. import actions, permissions
from ..forms.collective import AnswerForm, OwnLanguageForm, ShowForm, TakeUpForm, ToldForm, WordingForm
from ..models import HeardNeed, ResidentVoice


def need_or_404(request, uuid):
    found = HeardNeed.objects.visible_to(request.user).select_related("territory", "carrier")
    return get_object_or_404(found, uuid=uuid)


def _takers(user, need):
    """The associations of ``user`` that act where ``need`` was heard."""
    return associations_of(user).filter(territories=need.territory_id)


@require_safe
def need(request, uuid):
    """A need, its voices, its answer; what this person may do about it. Without account where it is shown to all."""
    return _shown(request, need_or_404(request, uuid))


def _shown(request, found, **refused):
    user = request.user
    is_inside = permissions.can_group(user, found.territory_id)
    voices = ResidentVoice.objects.visible_to(user).filter(need=found).select_related("recording")
    told_in = permissions.can_look_at(user, found.territory_id)
    context = {
        "need": found,
        "voices": [(voice, _own_form(voice) if told_in and voice.language != "fr" else None) for voice in voices],
        "is_inside": is_inside,
        "today": timezone.localdate(),
        **_gestures(user, found, is_inside),
    }
    context.update(refused)
    return render(request, "participation/need.html", context, status=422 if refused else 200)


def _own_form(voice):
    return OwnLanguageForm(initial={"words": voice.answer_in_own_language}, auto_id=f"{voice.pk}-%s")


def _gestures(user, found, is_inside):
    """The forms of what this person may do, None for what they may not."""
    takers = _takers(user, found) if permissions.can_take_up(user, found) else []
    answers = permissions.can_answer(user, found)
    coordinates = permissions.can_coordinate(user, found)
    may_reword = is_inside and (coordinates or not found.released_at)
    return {
        "take_up_form": TakeUpForm(organisations=takers, auto_id="prendre-%s") if takers else None,
        "answers": answers,
        "answer_form": AnswerForm(initial={"answer": found.answer}) if answers and not found.closed_at else None,
        "told_form": ToldForm() if answers and found.answered_at and not found.closed_at else None,
        "coordinates": coordinates,
        "show_form": ShowForm() if coordinates and not found.released_at else None,
        "wording_form": WordingForm(instance=found, auto_id="besoin-%s") if may_reword else None,
    }


def _posted(request, uuid, *, form_class, name, action, said):
    """Cleans one form of the page, calls its action; shown again, with what was refused, where it does not pass."""
    found = need_or_404(request, uuid)
    form = form_class(request.POST)
    if form.is_valid() and _done(request, form, action, found, said):
        return redirect(found)
    return _shown(request, found, **{name: form})


def _done(request, form, action, found, said):
    if made_by(request, form, action, found, **form.cleaned_data):
        messages.success(request, said)
        return True
    return False


@login_required
@require_POST
def take_up(request, uuid):
    found = need_or_404(request, uuid)
    form = TakeUpForm(request.POST, organisations=associations_of(request.user))
    if not form.is_valid():
        raise PermissionDenied(gettext("Il faut représenter une association confirmée de ce quartier."))
    said = gettext("Vous vous en chargez. Les habitants et les habitantes attendent votre réponse.")
    did(request, actions.take_up, found, organisation=form.cleaned_data["organisation"], said=said)
    return redirect(found)


@login_required
@require_POST
def let_go(request, uuid):
    found = need_or_404(request, uuid)
    did(request, actions.let_go, found, said=gettext("C’est rendu : quelqu’un d’autre peut s’en charger."))
    return redirect(found)


@login_required
@require_POST
def answer(request, uuid):
    said = gettext("C’est répondu. Reste à le redire : avec leurs codes, dans les halls, de vive voix.")
    return _posted(request, uuid, form_class=AnswerForm, name="answer_form", action=actions.answer_need, said=said)


@login_required
@require_POST
def close(request, uuid):
    return _posted(
        request,
        uuid,
        form_class=ToldForm,
        name="told_form",
        action=actions.close_need,
        said=gettext("C’est clos. Merci pour les habitants et les habitantes."),
    )


@login_required
@require_POST
def reopen(request, uuid):
    found = need_or_404(request, uuid)
    did(request, actions.reopen_need, found, said=gettext("C’est rouvert : une nouvelle réponse est attendue."))
    return redirect(found)


@login_required
@require_POST
def show(request, uuid):
    return _posted(
        request,
        uuid,
        form_class=ShowForm,
        name="show_form",
        action=actions.show_need,
        said=gettext("Tout le monde peut le lire, les partenaires publics aussi."),
    )


@login_required
@require_POST
def hide(request, uuid):
    found = need_or_404(request, uuid)
    did(request, actions.hide_need, found, said=gettext("Ce besoin n’est plus montré qu’entre associations."))
    return redirect(found)


@login_required
@require_POST
def reword(request, uuid):
    found = need_or_404(request, uuid)
    form = WordingForm(request.POST)
    if form.is_valid() and _done(request, form, actions.reword_need, found, gettext("C’est corrigé.")):
        return redirect(found)
    return _shown(request, found, wording_form=form)


@login_required
@require_POST
def tell(request, uuid):
    """``uuid``: of a voice whose resident speaks another language."""
    found = ResidentVoice.objects.visible_to(request.user).select_related("need", "territory")
    voice = get_object_or_404(found, uuid=uuid)
    form = OwnLanguageForm(request.POST)
    if voice.need is None or not form.is_valid():
        raise PermissionDenied
    said = gettext("La personne lira la réponse dans sa langue.")
    did(request, actions.tell_in_own_language, voice, words=form.cleaned_data["words"], said=said)
    return redirect(voice.need)
