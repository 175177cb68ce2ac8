"""Filling a draft with the articles of a file, once somebody has read and corrected them."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record

from ..importing import LONGEST_TEXT, MOST_ARTICLES, free_key
from ..models import Article, CharterVersion
from ..permissions import can_edit_draft
from ..queries import import_matches
from .texts import draft_national_version, refuse_published


class NothingToImport(ValidationError):
    """Every article was set aside, or the file had none."""


class TextTooLong(ValidationError):
    """More articles or characters than a text may have."""


@transaction.atomic
def start_from_file(*, title, articles, actor, at):
    """Start the next national version with the words of a file; articles whose title was known keep their key."""
    version = draft_national_version(actor=actor, at=at, title=title)
    return import_articles(version, articles=articles, replace=True, actor=actor, at=at)


@transaction.atomic
def import_articles(version, *, articles, actor, at, replace=False):
    """Give the draft ``version`` the ``articles`` of a file: dicts of kind, title, text, source, reason.

    National: an article whose title is known takes these words and keeps its key; others are added; with
    ``replace``, those that the file does not have are removed and the order is the file's. Adaptation: an article of
    the parent becomes adapted, for a ``reason``, unless its words are the same; others are added, none is removed.
    Raises NothingToImport, TextTooLong, and whatever an article refuses.
    """
    if not version.is_published and not can_edit_draft(actor, version):
        raise PermissionDenied
    version = CharterVersion.objects.select_for_update().get(pk=version.pk)
    refuse_published(version)
    _measure(articles)
    replace = replace and version.adaptation_id is None
    if version.national_changes.pending().exists():
        raise ValidationError(_("Décidez d’abord de chaque changement venu du texte national, puis importez."))
    found = import_matches(version, [article["title"] for article in articles])
    if replace:
        version.articles.exclude(pk__in=[match.own.pk for match in found if match.own]).delete()
    last = version.articles.aggregate(last=Max("position"))["last"] or 0
    taken = set(version.articles.values_list("key", flat=True)) | {match.key for match in found}
    for rank, (fields, match) in enumerate(zip(articles, found, strict=True), start=1):
        article = match.own or Article(version=version, key=match.key or free_key(fields["title"], taken))
        taken.add(article.key)
        _fill(article, match, fields)
        if replace or article.pk is None:
            article.position = rank if replace else last + rank
        article.full_clean()
        article.save()
    record("charters.import", version, actor=actor, at=at, articles=len(articles), replaced=replace)
    return version


def _measure(articles):
    if not articles:
        raise NothingToImport(_("Aucun article à importer : gardez-en au moins un."))
    length = sum(len(article["title"]) + len(article["text"]) for article in articles)
    if len(articles) > MOST_ARTICLES or length > LONGEST_TEXT:
        raise TextTooLong(_("Ce texte est trop long : 200 articles et 200 000 signes au plus."))


def _fill(article, match, fields):
    """Give ``article`` the words of the file, and in an adaptation the treatment that follows from them."""
    title, text = fields["title"].strip(), fields["text"].replace("\r\n", "\n").strip()
    if not article.version.adaptation_id:
        article.kind = fields["kind"]
    elif match.parent is None:
        article.kind, article.treatment = fields["kind"], Article.Treatment.ADDED
    elif match.needs_reason(title, text):
        article.treatment = Article.Treatment.ADAPTED
        article.reason = fields.get("reason", "").strip() or article.reason
    else:
        article.treatment, article.reason = Article.Treatment.KEPT, ""
        title, text, article.plain_language = match.parent.title, match.parent.text, match.parent.plain_language
    if article.pk and article.treatment != Article.Treatment.KEPT and article.text != text:
        article.plain_language_is_behind = bool(article.plain_language)
    article.title, article.text = title, text
    article.source = fields.get("source", "").strip() or article.source
