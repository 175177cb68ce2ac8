"""Proposing other words, reading what others propose, saying what one thinks of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.charters.actions import ConflictingEdit
from maillage.charters.conflicts import TwoWords
from maillage.ui.forms import add_refusal

from .. import actions
from ..forms import AmendForm, NewArticleForm, RemovalForm, StanceForm
from ..models import Amendment
from ..permissions import is_theirs
from .reaching import about, amendment_or_404, article_or_404, speaking_or_403, workshop_or_404


def _propose(request, workshop, form, **what):
    """(the amendment or None, the words of somebody else that came first or None)."""
    try:
        made = actions.propose_amendment(
            workshop, actor=request.user, at=timezone.now(), **{**form.cleaned_data, **what}
        )
    except ConflictingEdit as refusal:
        form.show_over(refusal.article)
        words = form.cleaned_data
        return None, TwoWords(
            refusal.article, words.get("title", ""), words.get("text", ""), refusal.article.plain_language
        )
    except ValidationError as refusal:
        add_refusal(form, refusal)
        return None, None
    messages.success(request, gettext("Votre amendement est proposé au groupe."))
    return made, None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def amend(request, slug, pk, key):
    """The words of the article, to be written otherwise."""
    workshop = workshop_or_404(request, slug, pk)
    voices, article = speaking_or_403(request, workshop), article_or_404(workshop, key)
    initial = {"title": article.title, "text": article.text, "mark": article.mark}
    form = AmendForm(request.POST or None, voices=voices, initial=initial)
    two_words = None
    if request.method == "POST" and form.is_valid():
        made, two_words = _propose(request, workshop, form, kind=Amendment.Kind.CHANGE, article_key=key)
        if made:
            return redirect(made)
    context = {**about(request, workshop), "form": form, "article": article, "two_words": two_words}
    return render(request, "drafting/amend.html", context, status=409 if two_words else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose_removal(request, slug, pk, key):
    workshop = workshop_or_404(request, slug, pk)
    voices, article = speaking_or_403(request, workshop), article_or_404(workshop, key)
    form = RemovalForm(request.POST or None, voices=voices, initial={"mark": article.mark})
    changed = None
    if request.method == "POST" and form.is_valid():
        made, changed = _propose(request, workshop, form, kind=Amendment.Kind.REMOVE, article_key=key)
        if made:
            return redirect(made)
    context = {**about(request, workshop), "form": form, "article": article, "changed": changed}
    return render(request, "drafting/propose_removal.html", context, status=409 if changed else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose_article(request, slug, pk):
    workshop = workshop_or_404(request, slug, pk)
    form = NewArticleForm(request.POST or None, voices=speaking_or_403(request, workshop))
    if request.method == "POST" and form.is_valid():
        what = {"kind": Amendment.Kind.ADD, "article_kind": form.cleaned_data.get("kind")}
        made, _changed = _propose(request, workshop, form, **what)
        if made:
            return redirect(made)
    return render(request, "drafting/propose_article.html", {**about(request, workshop), "form": form})


@login_required
@require_safe
def amendment(request, slug, pk, number):
    """What it would change, why, who supports it and who objects, what was answered."""
    workshop, found = amendment_or_404(request, slug, pk, number)
    return render(request, "drafting/amendment.html", _amendment_page(request, workshop, found))


def _amendment_page(request, workshop, found, stance_form=None):
    context = about(request, workshop)
    article = workshop.version.articles.filter(key=found.article_key).first() if found.article_key else None
    others = [v for v in context["voices"] if not _proposes(v, found) and (v.organisation or v.seat)]
    if stance_form is None and found.is_waiting and others:
        stance_form = StanceForm(voices=others, initial=_last_said(found, others))
    return context | {
        "amendment": found,
        "article": article,
        "is_behind": found.is_waiting and found.is_behind(article),
        "stances": list(found.stances.all()),
        "stance_form": stance_form,
        "can_withdraw": workshop.is_open and found.is_waiting and is_theirs(request.user, found, workshop),
    }


def _proposes(voice, found):
    if voice.organisation:
        return voice.organisation.pk == found.organisation_id
    return voice.seat is not None and voice.seat.pk == found.seat_id


def _last_said(found, voices):
    """What the only voice of this person said before: it may change."""
    if len(voices) != 1:
        return {}
    for stance in found.stances.all():
        if (stance.organisation, stance.seat) == (voices[0].organisation, voices[0].seat):
            return {"kind": stance.kind, "words": stance.words}
    return {}


@login_required
@require_POST
def stance(request, slug, pk, number):
    workshop, found = amendment_or_404(request, slug, pk, number)
    form = StanceForm(request.POST, voices=speaking_or_403(request, workshop))
    if form.is_valid():
        try:
            actions.take_stance(found, actor=request.user, at=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, gettext("Votre avis est noté. Vous pouvez le changer."))
            return redirect(f"{found.get_absolute_url()}#avis")
    context = _amendment_page(request, workshop, found, stance_form=form)
    return render(request, "drafting/amendment.html", context, status=409)


@login_required
@require_POST
def withdraw(request, slug, pk, number):
    _workshop, found = amendment_or_404(request, slug, pk, number)
    try:
        actions.withdraw_amendment(found, actor=request.user, at=timezone.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, gettext("Votre amendement est retiré ; il reste lisible dans l’histoire du texte."))
    return redirect(found)
