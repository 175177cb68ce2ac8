"""Bringing what the national text changed into an adaptation: shown, proposed, decided article by article."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record

from ..differences import changed_keys
from ..merging import propose
from ..models import Article, CharterVersion, NationalChange
from ..permissions import can_promote
from .texts import refuse_published


class NothingToBring(ValidationError):
    """The draft is based on the national text in force already."""


class AlreadyDecided(ValidationError):
    """Somebody has decided this change in the meantime."""


class ReasonMissing(ValidationError):
    """What differs from the national text says why."""


@transaction.atomic
def bring_national_changes(draft, *, actor, at):
    """Base ``draft`` on the national text in force, and list what has changed: decided by the promoters, one by
    one. Nothing of the draft's words moves yet. Returns the number of changes. Raises NothingToBring.
    """
    if not can_promote(actor, draft.adaptation):
        raise PermissionDenied
    draft = CharterVersion.objects.select_for_update().get(pk=draft.pk)
    refuse_published(draft)
    national = CharterVersion.objects.national().current().first()
    if national is None or draft.based_on_id == national.pk:
        raise NothingToBring(_("Ce projet suit déjà le texte national en vigueur."))
    before = {article.key: article for article in draft.based_on.articles.all()}
    after = {article.key: article for article in national.articles.all()}
    pending = {change.key: change for change in draft.national_changes.pending()}
    for key in changed_keys(before, after):
        # Two national versions in a row: what was not decided yet is decided against the words first adapted.
        origin = pending[key].before if key in pending else before.get(key)
        _list_change(draft, key, origin, after.get(key))
    draft.based_on = national
    draft.save(update_fields=["based_on"])
    record("charters.bring_changes", draft, actor=actor, at=at)
    return draft.national_changes.pending().count()


def _list_change(draft, key, before, after):
    if before is None and after is None:
        draft.national_changes.filter(key=key).delete()
        return
    NationalChange.objects.update_or_create(
        version=draft,
        key=key,
        defaults={"before": before, "after": after, "decision": "", "decided_at": None, "decided_by": None},
    )


@transaction.atomic
def accept_change(change, *, actor, at, reason=""):
    """Take the proposal: both sides' changes where they do not meet, the national side where they do.

    An article that stays adapted keeps its reason, unless ``reason`` says another. Raises AlreadyDecided.
    """
    change, own = _open(change, actor)
    proposal = propose(change.before, own, change.after)
    if proposal.article is None:
        if own:
            own.delete()
    else:
        own = own or _new_row(change)
        _write(own, proposal.article, proposal.treatment, reason or own.reason)
    return _decide(change, NationalChange.Decision.ACCEPTED, actor, at)


@transaction.atomic
def accept_changes_without_conflict(draft, *, actor, at):
    """Take every proposal where nobody's words meet; returns how many were taken. Conflicts stay to be decided."""
    own = {article.key: article for article in draft.articles.all()}
    taken = 0
    for change in draft.national_changes.pending().select_related("before", "after"):
        if not propose(change.before, own.get(change.key), change.after).is_conflict:
            accept_change(change, actor=actor, at=at)
            taken += 1
    return taken


@transaction.atomic
def keep_own_words(change, *, actor, at, reason=""):
    """Refuse the change: the territory's words stay, marked as differing from the national text, with a reason.

    Raises ReasonMissing where the article now differs and none is known, AlreadyDecided.
    """
    change, own = _open(change, actor)
    if own is None:
        own = _new_row(change)
        _write(own, _fields(change.after), Article.Treatment.LEFT_OUT, reason)
    elif change.after is None:
        if own.treatment != Article.Treatment.LEFT_OUT:
            _write(own, _fields(own), Article.Treatment.ADDED, reason)
        else:
            own.delete()
    elif own.treatment == Article.Treatment.LEFT_OUT:
        _write(own, _fields(change.after), Article.Treatment.LEFT_OUT, own.reason)
    else:
        _write(own, _fields(own), Article.Treatment.ADAPTED, reason or own.reason)
    return _decide(change, NationalChange.Decision.KEPT, actor, at)


@transaction.atomic
def rewrite_change(change, *, title, text, plain_language="", reason="", actor, at):
    """Write other words for the article, in the light of the three texts. Raises ReasonMissing, AlreadyDecided."""
    change, own = _open(change, actor)
    own = own or _new_row(change)
    treatment = Article.Treatment.ADAPTED if change.after else Article.Treatment.ADDED
    fields = {"kind": own.kind, "title": title, "text": text, "plain_language": plain_language}
    _write(own, fields, treatment, reason)
    return _decide(change, NationalChange.Decision.REWRITTEN, actor, at)


def _open(change, actor):
    """The change, locked, and the adaptation's own row or None."""
    change = (
        NationalChange.objects.select_for_update(of=("self",))
        .select_related("version__adaptation", "before", "after")
        .get(pk=change.pk)
    )
    if not can_promote(actor, change.version.adaptation):
        raise PermissionDenied
    refuse_published(change.version)
    if change.decided_at:
        raise AlreadyDecided(_("Cet article vient d’être décidé : rechargez la page pour voir comment."))
    return change, change.version.articles.filter(key=change.key).first()


def _fields(article):
    return {name: getattr(article, name) for name in ("kind", "title", "text", "plain_language")}


def _write(own, fields, treatment, reason):
    if treatment in {Article.Treatment.ADAPTED, Article.Treatment.LEFT_OUT} and not reason.strip():
        raise ReasonMissing({"reason": _("Dites pourquoi cet article s’écarte du texte national.")})
    words = (own.text, own.plain_language)
    for name, value in fields.items():
        setattr(own, name, value)
    own.treatment, own.reason = treatment, "" if treatment == Article.Treatment.KEPT else reason.strip()
    if own.pk and words[0] != own.text and words[1] == own.plain_language and treatment != Article.Treatment.KEPT:
        own.plain_language_is_behind = bool(own.plain_language)
    own.full_clean()
    own.save()


def _new_row(change):
    """A row for a national article that the adaptation has not, where the nation puts it."""
    before = change.after.version.articles.filter(position__lt=change.after.position).values_list("key", flat=True)
    neighbour = change.version.articles.filter(key__in=before).order_by("-position").first()
    position = neighbour.position + 1 if neighbour else 1
    change.version.articles.filter(position__gte=position).update(position=F("position") + 1)
    return Article(version=change.version, key=change.key, kind=change.after.kind, position=position)


def _decide(change, decision, actor, at):
    change.decision, change.decided_at, change.decided_by = decision, at, actor
    change.save(update_fields=["decision", "decided_at", "decided_by"])
    record("charters.decide_change", change.version, actor=actor, at=at, article=change.key, decision=decision)
    return change
