"""Answering amendments: accepted, accepted with other words, refused. The text changes by the charter's actions."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from maillage.charters.actions import ConflictingEdit, add_article, change_article, remove_article
from maillage.charters.importing import free_key
from maillage.charters.merging import Conflict
from maillage.charters.models import Article
from maillage.journal.actions import record

from .. import emails
from ..models import Amendment
from ..permissions import can_animate
from ..proposals import merged_words
from .workshops import end, lock_open


class AlreadyAnswered(ValidationError):
    """Somebody has answered it meanwhile, or its author gave it up."""


class ArticleMissing(ValidationError):
    """The article is no longer in the text: nothing can be done to it."""


class WordsMeet(ValidationError):
    """The article and the amendment changed the same sentence: people write what it should say."""


def open_amendment(amendment):
    """(workshop, amendment), alone in hand. Raises WorkshopClosed, AlreadyAnswered."""
    workshop = lock_open(amendment.workshop)
    amendment = Amendment.objects.select_related("author", "organisation", "seat").get(pk=amendment.pk)
    amendment.workshop = workshop
    if not amendment.is_waiting:
        raise AlreadyAnswered(
            _("Cet amendement n’attend plus de réponse : %(state)s.") % {"state": amendment.get_state_display()}
        )
    return workshop, amendment


def _open_to_decide(amendment, actor):
    workshop, amendment = open_amendment(amendment)
    if not can_animate(actor, workshop):
        raise PermissionDenied
    return workshop, amendment


@transaction.atomic
def accept_amendment(amendment, *, actor, at, mark=None, answer="", reason=""):
    """Its words enter the text; where the article changed meanwhile, both changes do, if they do not meet.

    ``reason``: why an adaptation now differs from the national text, which is published with it. ``mark``: of the
    article as ``actor`` read it. Raises AlreadyAnswered, ArticleMissing, WordsMeet, ConflictingEdit.
    """
    workshop, amendment = _open_to_decide(amendment, actor)
    if amendment.kind == Amendment.Kind.ADD:
        words = {"title": amendment.title, "text": amendment.text}
        article = _add(workshop, amendment, words, actor=actor, at=at)
    elif amendment.kind == Amendment.Kind.REMOVE:
        article = _article(workshop, amendment, mark)
        words = {"title": "", "text": ""}
        _remove(workshop, article, reason, mark=mark, actor=actor, at=at)
    else:
        article = _article(workshop, amendment, mark)
        try:
            words = merged_words(amendment, article)
        except Conflict as error:
            raise WordsMeet(
                _("L’article a changé, et l’amendement change la même phrase : écrivez ensemble ce qu’il doit dire.")
            ) from error
        _change(article, words, reason, mark=mark, actor=actor, at=at)
    amendment.final_title, amendment.final_text = words["title"], words["text"]
    end(amendment, Amendment.State.ACCEPTED, answer=answer, actor=actor, at=at)
    record("drafting.accept", workshop, actor=actor, at=at, amendment=amendment.pk, article=article.key)
    emails.amendment_answered(amendment, by=actor, at=at)
    return amendment


@transaction.atomic
def merge_amendments(amendments, *, title, text, answer, actor, at, mark=None, reason="", plain_language=None):
    """Other words enter the text, which answer all of ``amendments`` (of one article) together; their authors are
    told what became of theirs. Raises as `accept_amendment`.
    """
    opened = [_open_to_decide(amendment, actor) for amendment in amendments]
    workshop, first = opened[0]
    subjects = {(one.workshop_id, one.kind, one.article_key) for _workshop, one in opened}
    if len(subjects) > 1 or first.kind == Amendment.Kind.REMOVE:
        raise ValidationError(_("On réunit des amendements d’un même article."))
    words = {"title": title.strip(), "text": text.strip()}
    if plain_language is not None:
        words["plain_language"] = plain_language
    if first.kind == Amendment.Kind.ADD:
        article = _add(workshop, first, words, actor=actor, at=at)
    else:
        article = _article(workshop, first, mark)
        _change(article, words, reason, mark=mark, actor=actor, at=at)
    for _workshop, amendment in opened:
        amendment.final_title, amendment.final_text = words["title"], words["text"]
        end(amendment, Amendment.State.MERGED, answer=answer, actor=actor, at=at)
        record("drafting.merge", workshop, actor=actor, at=at, amendment=amendment.pk, article=article.key)
    for _workshop, amendment in opened:
        emails.amendment_answered(amendment, by=actor, at=at)
    return [amendment for _workshop, amendment in opened]


@transaction.atomic
def refuse_amendment(amendment, *, answer, actor, at):
    """Say no, and why; of an article that is gone, say so: the amendment no longer has an object."""
    workshop, amendment = _open_to_decide(amendment, actor)
    is_gone = amendment.article_key and not workshop.version.articles.filter(key=amendment.article_key).exists()
    state = Amendment.State.OUTDATED if is_gone else Amendment.State.REFUSED
    end(amendment, state, answer=answer, actor=actor, at=at)
    record("drafting.refuse", workshop, actor=actor, at=at, amendment=amendment.pk)
    emails.amendment_answered(amendment, by=actor, at=at)
    return amendment


def _article(workshop, amendment, mark):
    """The article as it is now. Raises ArticleMissing; ConflictingEdit where it is not what was read."""
    article = workshop.version.articles.filter(key=amendment.article_key).first()
    if article is None:
        raise ArticleMissing(_("Cet article n’est plus dans le texte : répondez que l’amendement est sans objet."))
    if mark is not None and article.mark != mark:
        raise ConflictingEdit(article)
    return article


def _add(workshop, amendment, words, *, actor, at):
    version = workshop.version
    key = free_key(words["title"], set(version.articles.values_list("key", flat=True)))
    article = add_article(
        version, actor=actor, at=at, is_delegated=True, key=key, kind=amendment.article_kind, **words
    )
    Amendment.objects.filter(pk=amendment.pk).update(article_key=key)
    amendment.article_key = key
    return article


def _change(article, words, reason, *, mark, actor, at):
    """In an adaptation, what says the national words is kept, and the rest says why it does not."""
    fields = dict(words)
    if article.treatment and article.treatment != Article.Treatment.ADDED:
        parent = article.version.based_on.articles.filter(key=article.key).first()
        is_national = parent is not None and (parent.title, parent.text) == (words["title"], words["text"])
        fields["treatment"] = Article.Treatment.KEPT if is_national else Article.Treatment.ADAPTED
        fields["reason"] = "" if is_national else reason.strip() or article.reason
        _refuse_without_reason(fields["reason"] or is_national)
    change_article(article, actor=actor, at=at, mark=mark, is_delegated=True, **fields)


def _remove(workshop, article, reason, *, mark, actor, at):
    if article.treatment and article.treatment != Article.Treatment.ADDED:
        _refuse_without_reason(reason.strip())
        change_article(
            article,
            actor=actor,
            at=at,
            mark=mark,
            is_delegated=True,
            treatment=Article.Treatment.LEFT_OUT,
            reason=reason.strip(),
        )
    else:
        remove_article(article, actor=actor, at=at, mark=mark, is_delegated=True)


def _refuse_without_reason(reason):
    if not reason:
        raise ValidationError({"reason": _("Dites pourquoi cet article s’écarte du texte national.")})
