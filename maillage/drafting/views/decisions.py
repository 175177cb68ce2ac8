"""Answering an amendment: its words, other words, or no."""

import dataclasses
from functools import cached_property

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from maillage.charters.actions import ConflictingEdit
from maillage.charters.conflicts import TwoWords
from maillage.charters.differences import word_differences
from maillage.charters.merging import Conflict
from maillage.charters.models import Article
from maillage.ui.forms import add_refusal

from .. import actions
from ..forms import AcceptForm, AnswerForm, MergeForm
from ..models import Amendment
from ..proposals import gathered_words, merged_words
from .reaching import about, amendment_or_404, animated_or_403


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What accepting ``amendment`` would make of ``article`` (None where there is none)."""

    amendment: Amendment
    article: object

    @property
    def is_gone(self):
        return self.article is None and self.amendment.kind != Amendment.Kind.ADD

    @property
    def is_behind(self):
        return self.amendment.is_behind(self.article)

    @cached_property
    def words(self):
        """Title and text, or None where both changed one sentence."""
        if self.amendment.kind != Amendment.Kind.CHANGE or self.is_gone:
            return None
        try:
            return merged_words(self.amendment, self.article)
        except Conflict:
            return None

    @property
    def is_conflict(self):
        return self.amendment.kind == Amendment.Kind.CHANGE and not self.is_gone and self.words is None

    @property
    def since_runs(self):
        """What the article became since the amendment was proposed."""
        return word_differences(self.amendment.base_text, self.article.text)

    @property
    def runs(self):
        """What would change in the article as it is now."""
        return word_differences(self.article.text, self.words["text"])

    @property
    def title_runs(self):
        return word_differences(self.article.title, self.words["title"])

    @property
    def is_inherited(self):
        """An article of an adaptation that comes from the national text: leaving its words asks for a reason."""
        return bool(self.article and self.article.treatment and self.article.treatment != Article.Treatment.ADDED)

    def needs_reason(self, words):
        """Whether the text would then differ from the national one."""
        if not self.is_inherited or self.amendment.kind == Amendment.Kind.REMOVE or words is None:
            return self.is_inherited
        parent = self.article.version.based_on.articles.filter(key=self.article.key).first()
        return parent is None or (parent.title, parent.text) != (words["title"], words["text"])


def _to_decide(request, slug, pk, number):
    """(workshop, amendment, outcome); or a redirection where somebody answered meanwhile."""
    workshop, amendment = amendment_or_404(request, slug, pk, number)
    animated_or_403(request, workshop)
    article = workshop.version.articles.filter(key=amendment.article_key).first() if amendment.article_key else None
    return workshop, amendment, Outcome(amendment, article)


def _refused(request, form, refusal, words=None):
    """Shows what an action refused; returns the words of somebody else that came first, or None."""
    if isinstance(refusal, ConflictingEdit):
        form.show_over(refusal.article)
        now = refusal.article
        words = words or {"title": now.title, "text": now.text}
        return TwoWords(now, words["title"], words["text"], words.get("plain_language", now.plain_language))
    add_refusal(form, refusal)
    return None


def _show(request, template, workshop, outcome, form, **more):
    context = {
        **about(request, workshop),
        "amendment": outcome.amendment,
        "article": outcome.article,
        "outcome": outcome,
        "form": form,
        **more,
    }
    return render(request, template, context, status=409 if more.get("two_words") or more.get("changed") else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request, slug, pk, number):
    """What would enter the text is shown; where the article changed meanwhile, the three texts."""
    workshop, amendment, outcome = _to_decide(request, slug, pk, number)
    if not amendment.is_waiting:
        return _answered_already(request, amendment)
    initial = {"mark": outcome.article.mark, "reason": outcome.article.reason} if outcome.article else {}
    form = AcceptForm(request.POST or None, needs_reason=outcome.needs_reason(outcome.words), initial=initial)
    changed = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.accept_amendment(amendment, actor=request.user, at=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            changed = _refused(request, form, refusal)
        else:
            messages.success(request, gettext("L’amendement est accepté : le texte a changé."))
            return redirect(amendment)
    return _show(request, "drafting/accept.html", workshop, outcome, form, changed=changed)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request, slug, pk, number):
    """Other words, written in the light of the article, of this amendment, and of others on the same article."""
    workshop, amendment, outcome = _to_decide(request, slug, pk, number)
    if not amendment.is_waiting:
        return _answered_already(request, amendment)
    if outcome.is_gone or amendment.kind == Amendment.Kind.REMOVE:
        return redirect("drafting:accept", slug=slug, pk=pk, number=number)
    others = (
        workshop.amendments.waiting()
        .exclude(pk=amendment.pk)
        .filter(kind=amendment.kind, article_key=amendment.article_key)
    )
    if amendment.kind == Amendment.Kind.ADD:
        others = others.none()
    initial, left = _first_words(amendment, outcome, others)
    form = MergeForm(
        request.POST or None,
        others=others.select_related("organisation", "seat"),
        needs_reason=outcome.is_inherited,
        initial=initial,
    )
    two_words = None
    if request.method == "POST" and form.is_valid():
        words = dict(form.cleaned_data)
        together = [amendment, *words.pop("others")]
        try:
            actions.merge_amendments(together, actor=request.user, at=timezone.now(), **words)
        except ValidationError as refusal:
            two_words = _refused(request, form, refusal, words)
        else:
            messages.success(request, gettext("Le texte a changé ; chacune et chacun reçoit votre réponse."))
            return redirect(amendment)
    shown = {"two_words": two_words, "others": others.for_pages(), "left": left}
    return _show(request, "drafting/merge.html", workshop, outcome, form, **shown)


def _first_words(amendment, outcome, others):
    """What the form starts from: the article with every amendment that meets no other, and those that do."""
    if outcome.article is None:
        return {"title": amendment.title, "text": amendment.text}, []
    article, together = outcome.article, [amendment, *others]
    words, left = gathered_words(together, article)
    taken = [one.pk for one in others if one not in left]
    rest = {"plain_language": article.plain_language, "reason": article.reason, "mark": article.mark}
    return {**words, **rest, "others": taken}, left


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request, slug, pk, number):
    workshop, amendment, outcome = _to_decide(request, slug, pk, number)
    if not amendment.is_waiting:
        return _answered_already(request, amendment)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.refuse_amendment(amendment, actor=request.user, at=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, gettext("Votre réponse est envoyée."))
            return redirect(amendment)
    return _show(request, "drafting/refuse.html", workshop, outcome, form)


def _answered_already(request, amendment):
    messages.warning(request, gettext("Cet amendement n’attend plus de réponse."))
    return redirect(amendment)
