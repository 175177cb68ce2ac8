"""The assents of the organisations named: asking, seeing where they are, answering, publishing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.ui.gestures import did

from .. import actions, names, permissions
from ..forms import AnswerForm
from ..links import latest, open_assent_link
from ..models import Assent, CaseStudy

SENTENCES = {
    "forged": _("Cette adresse n’est pas de nous, ou il en manque un morceau : reprenez-la dans le courriel."),
    "expired": _("Cette adresse a plus de trois mois. Écrivez à la rédaction : elle vous en enverra une autre."),
    "changed": _("Le texte a changé depuis ce courriel : on vous demandera votre accord sur le nouveau."),
}


def edited_or_403(request, slug):
    found = get_object_or_404(CaseStudy.objects.visible_to(request.user), slug=slug)
    if not permissions.can_edit(request.user, latest(found)):
        raise PermissionDenied(gettext("C’est à la rédaction de le faire."))
    return found


@login_required
@require_safe
def assents(request, slug):
    """Where each organisation named stands, of the latest words."""
    found = edited_or_403(request, slug)
    words = latest(found)
    known = {one.key: one for one in Assent.objects.visible_to(request.user).filter(case=found)}
    states = words.assent_states()
    context = {
        "page": words,
        "live": found.live,
        "states": [(name, state, known.get(name.key)) for name, state in states],
        "unlisted": names.unlisted_names(words),
        "to_ask": any(not state for _name, state in states),
        "may_publish": permissions.can_publish(request.user, words),
        "all_agreed": words.may_be_published,
        "has_changes": not found.live or found.has_unpublished_changes,
    }
    return render(request, "editorial/assents.html", context)


@login_required
@require_POST
def ask(request, slug):
    found = edited_or_403(request, slug)
    did(request, actions.ask_assents, found, said=gettext("Chaque organisation nommée reçoit un courriel."))
    return redirect("editorial:assents", slug=slug)


@login_required
@require_POST
def publish(request, slug):
    found = edited_or_403(request, slug)
    if did(request, actions.publish_case, found, said=gettext("C’est publié.")):
        return redirect(found)
    return redirect("editorial:assents", slug=slug)


def _shown(assent):
    """What the organisation reads: all of it; a public partner, the passages that name it."""
    words = latest(assent.case)
    named = next((name for name in words.names.all() if name.key == assent.key), None)
    organisation = assent.organisation
    if (named and named.is_outside) or (organisation and organisation.is_public_partner):
        return {"in_full": False, "passages": names.passages_naming(words, assent.name), "page": words}
    return {"in_full": True, "passages": [], "page": words}


def _answer(request, assent, *, actor):
    form = AnswerForm(request.POST)
    agrees = {"yes": True, "no": False}.get(request.POST.get("agrees"))
    if agrees is None or not form.is_valid():
        messages.error(request, gettext("Choisissez : d’accord, ou pas d’accord."))
        return None
    try:
        return actions.answer_assent(
            assent,
            agrees=agrees,
            fingerprint=request.POST.get("words_of", "")[:64],
            words=form.cleaned_data["words"],
            actor=actor,
            at=timezone.now(),
        )
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return None


def _said(request, assent):
    """What came back through the link: an answer, or the assent taken back."""
    if request.POST.get("withdraw") != "yes":
        return _answer(request, assent, actor=None)
    form = AnswerForm(request.POST)
    try:
        words = form.cleaned_data["words"] if form.is_valid() else ""
        return actions.withdraw_assent(assent, words=words, at=timezone.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, link):
    """The page of the e-mailed link. Reading it changes nothing; a forged or old one says so."""
    assent, why_not = open_assent_link(link)
    if why_not:
        context = {"sentence": SENTENCES[why_not]}
        return render(request, "editorial/answer_over.html", context, status=410 if assent else 404)
    if request.method == "POST" and _said(request, assent):
        return redirect("editorial:answer", link=link)
    context = {"assent": assent, "form": AnswerForm(), "is_mine": False, "is_over": False, **_shown(assent)}
    return render(request, "editorial/answer.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_answer(request, uuid):
    """The same for who is signed in and belongs to the organisation; they may take an assent back."""
    mine = Assent.objects.visible_to(request.user).select_related("case", "organisation")
    assent = get_object_or_404(mine, uuid=uuid)
    if not permissions.can_answer(request.user, assent):
        raise PermissionDenied(gettext("C’est à cette organisation de répondre."))
    if request.method == "POST" and _answer(request, assent, actor=request.user):
        return redirect("editorial:my-answer", uuid=uuid)
    context = {
        "assent": assent,
        "form": AnswerForm(),
        "is_mine": True,
        "is_over": assent.fingerprint != latest(assent.case).fingerprint,
        **_shown(assent),
    }
    return render(request, "editorial/answer.html", context)


@login_required
@require_POST
def withdraw(request, uuid):
    assent = get_object_or_404(Assent.objects.visible_to(request.user), uuid=uuid)
    if not permissions.can_answer(request.user, assent):
        raise PermissionDenied(gettext("C’est à cette organisation de répondre."))
    form = AnswerForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    said = gettext("Votre accord est retiré. Ce récit n’est plus publié.")
    did(request, actions.withdraw_assent, assent, words=words, said=said)
    return redirect("editorial:my-answer", uuid=uuid)
