"""What the national text changed, beside an adaptation's own words: read, proposed, decided."""

import dataclasses
from functools import cached_property

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import actions
from ..differences import ArticleDifference, changed_keys, word_differences
from ..forms.texts import ReasonForm, RewriteForm
from ..merging import ADDED, REMOVED, propose
from ..models import NationalChange
from .adaptations import promoted_or_403
from .texts import current_national


@dataclasses.dataclass(frozen=True)
class Row:
    """One article that the national text changed: the three texts, and what is proposed."""

    key: str
    before: object
    own: object
    after: object
    change: object = None

    @cached_property
    def proposal(self):
        return propose(self.before, self.own, self.after)

    @property
    def is_decided(self):
        return self.change is not None and self.change.decided_at is not None

    @property
    def title(self):
        return (self.own or self.after or self.before).title

    @property
    def national(self):
        """What the nation changed, in words."""
        return ArticleDifference(self.before, self.after)

    @property
    def titles_differ(self):
        return len({article.title for article in (self.before, self.own, self.after) if article}) > 1

    @property
    def own_runs(self):
        """What the adaptation had changed in the words it was based on; empty where it had none."""
        return word_differences(self.before.text, self.own.text) if self.before and self.own else []

    @property
    def proposed_runs(self):
        """What the proposal would change in the adaptation's own words; empty where it is only national words."""
        if self.own is None or self.proposal.article is None:
            return []
        return word_differences(self.own.text, self.proposal.article["text"])

    @property
    def explanation(self):
        """Why it is proposed, or why nobody can decide it but the promoters: in words for people."""
        proposal = self.proposal
        if proposal.situation == REMOVED:
            if proposal.is_conflict:
                return gettext(
                    "Le texte national n’a plus cet article, que vous aviez adapté. Voulez-vous le garder ?"
                )
            return gettext(
                "Le texte national n’a plus cet article, que vous aviez repris : nous proposons de le retirer."
            )
        if proposal.situation == ADDED:
            if proposal.is_conflict:
                return gettext("Le texte national a maintenant cet article, et vous en aviez ajouté un du même nom.")
            return gettext("Cet article est nouveau dans le texte national : nous proposons de le reprendre.")
        if proposal.is_conflict:
            return gettext("Le texte national et vous avez changé la même phrase : c’est à vous de choisir.")
        if proposal.treatment == "left_out":
            return gettext("Vous aviez laissé cet article de côté : il le reste, et montrera ses nouveaux mots.")
        if proposal.treatment == "kept" and self.own.treatment == "kept":
            return gettext("Vous aviez repris cet article sans changement : nous proposons ses nouveaux mots.")
        if proposal.treatment == "kept":
            return gettext("Le texte national dit maintenant la même chose que vous.")
        return gettext(
            "Vos changements et ceux du texte national ne se touchent pas : nous proposons les deux ensemble."
        )


def _rows_to_come(version, national):
    """What has changed nationally since the text that ``version`` is based on; nothing is decided yet."""
    before = {article.key: article for article in version.based_on.articles.all()}
    after = {article.key: article for article in national.articles.all()}
    own = {article.key: article for article in version.articles.all()}
    changed = changed_keys(before, after)
    # What still waits for a decision is compared with the words first adapted, as it will be once brought.
    waiting = version.national_changes.pending().select_related("before")
    before.update({change.key: change.before for change in waiting})
    return [Row(key, before.get(key), own.get(key), after.get(key)) for key in changed]


def _rows_of(draft):
    own = {article.key: article for article in draft.articles.all()}
    changes = draft.national_changes.select_related("before", "after", "decided_by")
    return [Row(change.key, change.before, own.get(change.key), change.after, change) for change in changes]


@login_required
@require_safe
def national_changes(request, slug):
    """Article by article, what the national text changed beside our words, and what to do with it."""
    adaptation = promoted_or_403(request, slug)
    draft = adaptation.versions.drafts().select_related("based_on").first()
    version = draft or adaptation.versions.current().newest_first().select_related("based_on").first()
    national = current_national()
    if version is None or national is None:
        raise Http404
    is_to_bring = version.based_on_id != national.pk
    rows = _rows_to_come(version, national) if is_to_bring else _rows_of(draft) if draft else []
    pending = [row for row in rows if not row.is_decided]
    context = {
        "adaptation": adaptation,
        "version": version,
        "draft": draft,
        "national": national,
        "is_to_bring": is_to_bring,
        "rows": rows,
        "pending": len(pending),
        "without_conflict": sum(not row.proposal.is_conflict for row in pending),
    }
    return render(request, "charters/national_changes.html", context)


def _draft_or_404(request, slug):
    adaptation = promoted_or_403(request, slug)
    return adaptation, get_object_or_404(adaptation.versions.drafts().select_related("based_on"))


def _change_or_404(request, slug, key):
    adaptation, draft = _draft_or_404(request, slug)
    changes = NationalChange.objects.visible_to(request.user).filter(version=draft)
    change = get_object_or_404(changes.select_related("before", "after", "version"), key=key)
    return adaptation, change, draft.articles.filter(key=key).first()


@login_required
@require_POST
def bring_changes(request, slug):
    adaptation, draft = _draft_or_404(request, slug)
    try:
        number = actions.bring_national_changes(draft, actor=request.user, at=timezone.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        text = ngettext("%(number)s changement à décider.", "%(number)s changements à décider.", number)
        messages.success(request, text % {"number": number})
    return redirect("charters:national-changes", slug=adaptation.slug)


@login_required
@require_POST
def accept_all(request, slug):
    """Every proposal where nobody's words meet; the conflicts wait."""
    adaptation, draft = _draft_or_404(request, slug)
    number = actions.accept_changes_without_conflict(draft, actor=request.user, at=timezone.now())
    text = ngettext("%(number)s proposition acceptée.", "%(number)s propositions acceptées.", number)
    messages.success(request, text % {"number": number})
    return redirect("charters:national-changes", slug=adaptation.slug)


@login_required
@require_POST
def accept_change(request, slug, key):
    return _decide(request, slug, key, actions.accept_change)


@login_required
@require_POST
def keep_own_words(request, slug, key):
    return _decide(request, slug, key, actions.keep_own_words)


def _decide(request, slug, key, action):
    adaptation, change, own = _change_or_404(request, slug, key)
    form = ReasonForm(request.POST if "reason" in request.POST else None)
    has_reason = form.is_valid()
    if form.is_bound and not has_reason and form["reason"].value().strip():
        return _ask_for_a_reason(request, adaptation, change, own, form)
    try:
        reason = form.cleaned_data["reason"] if has_reason else ""
        action(change, actor=request.user, at=timezone.now(), reason=reason)
    except ValidationError as refusal:
        if isinstance(refusal, actions.ReasonMissing):
            return _ask_for_a_reason(request, adaptation, change, own, form)
        messages.error(request, " ".join(refusal.messages))
    return redirect(f"{_page(adaptation)}#{key}")


def _ask_for_a_reason(request, adaptation, change, own, form):
    """What is missing is a reason, or a shorter one: the page where one writes it, with what was asked."""
    context = _rewrite_context(adaptation, change, own, form)
    return render(request, "charters/national_change_reason.html", context, status=409)


def _page(adaptation):
    return reverse("charters:national-changes", args=[adaptation.slug])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rewrite_change(request, slug, key):
    """The three texts one beside the other, and a form to write the article in other words."""
    adaptation, change, own = _change_or_404(request, slug, key)
    if change.decided_at:
        return redirect(f"{_page(adaptation)}#{key}")
    source = own or change.after
    form = RewriteForm(
        request.POST or None,
        initial={
            "title": source.title,
            "text": source.text,
            "plain_language": source.plain_language,
            "reason": own.reason if own else "",
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.rewrite_change(change, actor=request.user, at=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            form.add_error("reason" if isinstance(error, actions.ReasonMissing) else None, error.messages)
        else:
            messages.success(request, gettext("L’article est réécrit."))
            return redirect(f"{_page(adaptation)}#{key}")
    context = _rewrite_context(adaptation, change, own, form)
    return render(request, "charters/national_change_rewrite.html", context)


def _rewrite_context(adaptation, change, own, form):
    row = Row(change.key, change.before, own, change.after, change)
    return {"adaptation": adaptation, "row": row, "form": form}
