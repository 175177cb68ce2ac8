"""Writing the texts: the national versions, and the articles of any draft."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record

from .. import emails
from ..models import Article, CharterVersion
from ..permissions import can_edit_draft, can_edit_national_text


class DraftInProgress(ValidationError):
    """A line of texts has one draft at a time."""


class NotADraft(ValidationError):
    """A published text never changes."""


class ConflictingEdit(ValidationError):
    """Somebody else wrote in the article meanwhile; ``article`` is what it says now."""

    def __init__(self, article):
        super().__init__(
            _("Quelqu’un a changé cet article pendant que vous écriviez : lisez ses mots, puis choisissez.")
        )
        self.article = article


class ArticleGone(ValidationError):
    """Somebody else took the article away meanwhile."""


class NothingToPublish(ValidationError):
    """A text without an article, or one that says the same as the version in force."""


@transaction.atomic
def draft_national_version(*, actor, at, title, articles=None, source=""):
    """Start the next national version: a copy of the one in force, or ``articles`` (dicts of article fields).

    Raises DraftInProgress where one is being written.
    """
    if not can_edit_national_text(actor):
        raise PermissionDenied
    national = CharterVersion.objects.national()
    last = national.order_by("-number").first()
    try:
        with transaction.atomic():
            version = CharterVersion.objects.create(
                number=last.number + 1 if last else 1, title=title, source=source, created_at=at
            )
    except IntegrityError as error:
        raise DraftInProgress(_("Un projet de version est déjà en cours : terminez-le d’abord.")) from error
    if articles is None:
        copy_articles(last, version)
    else:
        Article.objects.bulk_create(
            Article(version=version, position=position, **article)
            for position, article in enumerate(articles, start=1)
        )
    record("charters.draft", version, actor=actor, at=at)
    return version


def copy_articles(origin, version, *, treatment=""):
    """Give ``version`` the articles of ``origin`` that stand, with the same keys, in the same order."""
    copies = [] if origin is None else list(origin.articles.standing())
    for position, article in enumerate(copies, start=1):
        article.pk = None
        article._state.adding = True
        article.version = version
        article.position, article.treatment, article.reason = position, treatment, ""
    Article.objects.bulk_create(copies)


@transaction.atomic
def publish_national_version(version, *, actor, at):
    """Publish a national draft: it is in force at once, never changes again, and replaces the one before.

    No signature moves: each stays with the version it was given to.
    """
    if not can_edit_national_text(actor) or version.adaptation_id is not None:
        raise PermissionDenied
    version = CharterVersion.objects.select_for_update().get(pk=version.pk)
    refuse_published(version)
    if not version.articles.exists():
        raise NothingToPublish(_("Ce projet n’a aucun article."))
    former = CharterVersion.objects.national().current().first()
    if former and _says(former) == _says(version):
        raise NothingToPublish(_("Ce projet dit la même chose que la version en vigueur."))
    CharterVersion.objects.national().current().update(superseded_at=at)
    version.published_at = version.in_force_at = at
    version.sha256 = version.compute_sha256()
    version.save()
    record("charters.publish", version, actor=actor, at=at)
    emails.new_version_to_read(version, at=at)
    emails.national_text_changed(version, at=at)
    return version


def _says(version):
    """What a reader would notice of a version."""
    articles = version.articles.order_by("position").values_list(
        "key", "kind", "title", "text", "plain_language", "source"
    )
    return version.title, version.source, list(articles)


def refuse_published(version):
    if version.is_published:
        raise NotADraft(_("Une version publiée ne change plus : préparez une nouvelle version."))


@transaction.atomic
def name_version(version, *, title, source, actor, at):
    """Give a national draft its title, and the source of its official text (empty: it stays a working text)."""
    _lock_draft(version, actor)
    version.title, version.source = title.strip(), source.strip()
    version.full_clean(validate_constraints=False)
    version.save(update_fields=["title", "source"])
    record("charters.change", version, actor=actor, at=at)
    return version


@transaction.atomic
def add_article(version, *, actor, at, is_delegated=False, **fields):
    """Add an article at the end of a draft; in an adaptation it is marked as added. ``is_delegated``: the caller has
    checked that who may edit the draft let ``actor`` decide of it.
    """
    _lock_draft(version, actor, is_delegated)
    last = version.articles.order_by("-position").first()
    article = Article(
        version=version,
        position=last.position + 1 if last else 1,
        treatment=Article.Treatment.ADDED if version.adaptation_id else "",
        **fields,
    )
    article.full_clean()
    article.save()
    record("charters.change", version, actor=actor, at=at, article=article.key)
    return article


@transaction.atomic
def change_article(article, *, actor, at, mark=None, is_delegated=False, **fields):
    """Change an article of a draft. In an adaptation ``treatment`` decides, and says of the parent's article
    that it is kept (its words come back), adapted or left out (with a reason).

    ``mark``: the one of the article that ``actor`` had before their eyes; raises ConflictingEdit where somebody has
    written in it since, ArticleGone where it went. ``is_delegated``: as for `add_article`.
    """
    version = article.version
    _lock_draft(version, actor, is_delegated)
    _read_again(article, mark, fields)
    _refuse_undecided(article)
    words = article.text, article.plain_language
    for name, value in fields.items():
        setattr(article, name, value)
    _flag_plain_language(article, *words)
    if version.adaptation_id and article.treatment in {Article.Treatment.KEPT, Article.Treatment.LEFT_OUT}:
        parent = version.based_on.articles.get(key=article.key)
        article.title, article.text = parent.title, parent.text
        article.plain_language = parent.plain_language
        article.plain_language_is_behind = parent.plain_language_is_behind
        if article.treatment == Article.Treatment.KEPT:
            article.reason = ""
    article.full_clean()
    article.save()
    record("charters.change", version, actor=actor, at=at, article=article.key)
    return article


def _read_again(article, mark, fields):
    """The article as it is now that nobody else may write in it. What two people wrote alike is no conflict."""
    try:
        article.refresh_from_db()
    except Article.DoesNotExist as error:
        raise ArticleGone(_("Quelqu’un a retiré cet article pendant que vous écriviez.")) from error
    is_another = not fields or any(getattr(article, name) != value for name, value in fields.items())
    if mark is not None and article.mark != mark and is_another:
        raise ConflictingEdit(article)


def _refuse_undecided(article):
    if article.version.national_changes.pending().filter(key=article.key).exists():
        raise ValidationError(
            _("Le texte national a changé cet article : décidez d’abord de ce changement, puis modifiez-le.")
        )


def _flag_plain_language(article, text, plain_language):
    """Changed words leave their summary behind; a summary written anew, or emptied, no longer is."""
    if article.plain_language != plain_language:
        article.plain_language_is_behind = False
    elif article.text != text:
        article.plain_language_is_behind = bool(article.plain_language)


@transaction.atomic
def confirm_plain_language(article, *, actor, at, mark=None):
    """Say that the plain-language summary still tells what the changed article says, as `change_article` reads it."""
    _lock_draft(article.version, actor)
    _read_again(article, mark, {})
    article.plain_language_is_behind = False
    article.save(update_fields=["plain_language_is_behind"])
    record("charters.change", article.version, actor=actor, at=at, article=article.key)
    return article


@transaction.atomic
def remove_article(article, *, actor, at, mark=None, is_delegated=False):
    """Take away an article that the draft itself added. One that comes from the parent is left out, never removed.

    ``mark`` and ``is_delegated``: as for `change_article`.
    """
    version = article.version
    _lock_draft(version, actor, is_delegated)
    _read_again(article, mark, {})
    if version.adaptation_id and article.treatment != Article.Treatment.ADDED:
        raise ValidationError(
            _("Cet article vient du texte national : laissez-le de côté, avec une raison, il restera visible.")
        )
    article.delete()
    record("charters.change", version, actor=actor, at=at, article=article.key)


def _lock_draft(version, actor, is_delegated=False):
    if not version.is_published and not is_delegated and not can_edit_draft(actor, version):
        raise PermissionDenied
    locked = CharterVersion.objects.select_for_update().get(pk=version.pk)
    refuse_published(locked)
