"""Adapting the charter to a territory, from the opening to the adoption."""

from contextlib import suppress

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record

from .. import emails
from ..models import Article, CharterVersion, Remark, TerritorialAdaptation
from ..permissions import can_open_adaptation, can_promote, can_remark
from .changes import NothingToBring, bring_national_changes
from .texts import DraftInProgress, copy_articles, refuse_published


class NameTaken(ValidationError):
    """Another adaptation has this name."""


class NotReadyForAdoption(ValidationError):
    """Something is missing before the text can be adopted; the message says what."""


class RemarksClosed(ValidationError):
    """The text is not open to remarks, or not any more."""


@transaction.atomic
def open_adaptation(version, *, name, territories, promoters, actor, at):
    """Open an adaptation of the national ``version`` for ``territories``; returns it, with its draft version 1
    in which every article is kept until somebody says otherwise.
    """
    if not can_open_adaptation(actor, territories):
        raise PermissionDenied
    if not version.is_open_for_signature or version.adaptation_id is not None:
        raise ValidationError(_("Seul le texte national en vigueur peut être adapté."))
    adaptation = name_adaptation(name, territories=territories, promoters=promoters, at=at)
    draft_of(adaptation, number=1, based_on=version, origin=version, at=at)
    record("charters.open_adaptation", adaptation, actor=actor, at=at)
    return adaptation


def name_adaptation(name, *, territories, promoters, at):
    """An adaptation of this name, without any text yet. Raises NameTaken."""
    try:
        with transaction.atomic():
            adaptation = TerritorialAdaptation.objects.create(name=name, slug=_slug(name), created_at=at)
    except IntegrityError as error:
        raise NameTaken({"name": _("Une adaptation porte déjà ce nom : choisissez-en un autre.")}) from error
    adaptation.territories.set(territories)
    adaptation.promoters.set(promoters)
    return adaptation


def _slug(name):
    """The address of an adaptation of this name; never the one of another page."""
    slug = slugify(name)[:80]
    return f"adaptation-{slug}".rstrip("-") if slug in {"", "ouvrir", "proposer"} else slug


def draft_of(adaptation, *, number, based_on, origin, at):
    """The draft ``number`` of ``adaptation``, with every article of ``origin`` kept."""
    draft = CharterVersion.objects.create(
        adaptation=adaptation, number=number, based_on=based_on, title=adaptation.name, created_at=at
    )
    copy_articles(origin, draft, treatment=Article.Treatment.KEPT)
    return draft


@transaction.atomic
def revise_adaptation(adaptation, *, actor, at):
    """Start the next version of an adopted adaptation, from its own words; where the national text has moved, its
    changes come along to be decided, one by one. Raises DraftInProgress.
    """
    if not can_promote(actor, adaptation):
        raise PermissionDenied
    current = adaptation.versions.current().newest_first().first()
    if current is None or adaptation.versions.drafts().exists():
        raise DraftInProgress(_("Un projet de version est déjà en cours : terminez-le d’abord."))
    draft = CharterVersion.objects.create(
        adaptation=adaptation,
        number=current.number + 1,
        based_on=current.based_on,
        title=current.title,
        created_at=at,
    )
    articles = list(current.articles.all())
    for article in articles:
        article.pk, article.version = None, draft
        article._state.adding = True
    Article.objects.bulk_create(articles)
    record("charters.revise_adaptation", adaptation, actor=actor, at=at)
    with suppress(NothingToBring):
        bring_national_changes(draft, actor=actor, at=at)
        draft.refresh_from_db()
    return draft


@transaction.atomic
def open_to_remarks(version, *, until, actor, at):
    """Show the draft to the associations of its territories until the day ``until``; they are told by e-mail."""
    if not can_promote(actor, version.adaptation):
        raise PermissionDenied
    refuse_published(version)
    if until <= timezone.localdate(at):
        raise ValidationError({"until": _("Choisissez une date à venir.")})
    first_time = version.opened_at is None
    version.opened_at, version.remarks_until = version.opened_at or at, until
    version.save(update_fields=["opened_at", "remarks_until"])
    record("charters.open_to_remarks", version, actor=actor, at=at)
    if first_time:
        emails.adaptation_open_to_remarks(version, at=at)
    return version


@transaction.atomic
def make_remark(version, *, organisation, text, author, at, article_key=""):
    """An association of the territory says something of an open text, or of one of its articles."""
    if not can_remark(author, version, organisation):
        raise PermissionDenied
    if version.remarks_until and timezone.localdate(at) > version.remarks_until:
        raise RemarksClosed(_("Les remarques sont closes depuis le %(day)s.") % {"day": version.remarks_until})
    if article_key and not version.articles.filter(key=article_key).exists():
        raise ValidationError({"article_key": _("Cet article n’est pas dans ce texte.")})
    remark = Remark(
        version=version,
        organisation=organisation,
        author=author,
        text=text,
        made_at=at,
        article_key=article_key,
    )
    remark.full_clean()
    remark.save()
    record("charters.remark", version, actor=author, at=at)
    return remark


@transaction.atomic
def answer_remark(remark, *, answer, actor, at):
    """The promoters answer; whoever made the remark is told."""
    if not can_promote(actor, remark.version.adaptation):
        raise PermissionDenied
    remark.answer, remark.answered_at = answer.strip(), at
    remark.full_clean()
    remark.save(update_fields=["answer", "answered_at"])
    record("charters.answer_remark", remark.version, actor=actor, at=at)
    if remark.author:
        emails.remark_answered(remark, at=at)
    return remark


@transaction.atomic
def adopt_adaptation(version, *, adopted_on, adopted_by, signatures_needed, review_on, actor, at):
    """Adopt the draft, as decided at a meeting (``adopted_by``) on the day ``adopted_on``.

    The text is frozen and open for signature; it is in force once ``signatures_needed`` organisations have
    signed it. Raises NotReadyForAdoption, with every reason.
    """
    if not can_promote(actor, version.adaptation):
        raise PermissionDenied
    version = CharterVersion.objects.select_for_update().get(pk=version.pk)
    refuse_published(version)
    problems = [*_problems(version), *_date_problems(version, adopted_on, review_on, at)]
    if problems:
        raise NotReadyForAdoption(problems)
    # The version in force stays so until this one has its signatures; one that never had them makes way.
    version.adaptation.versions.current().filter(in_force_at=None).update(superseded_at=at)
    # What this meeting decided stands for the review of the version before, and nobody has been reminded of it yet.
    version.adaptation.versions.current().update(review_on=review_on)
    TerritorialAdaptation.objects.filter(pk=version.adaptation_id).update(reminded_at=None, dormant_since=None)
    version.adopted_on, version.adopted_by = adopted_on, adopted_by
    version.signatures_needed, version.review_on = signatures_needed, review_on
    if version.remarks_until and version.remarks_until > adopted_on:
        # Adopting closes them: the life of the text says when they did end.
        version.remarks_until = adopted_on
    version.published_at = at
    version.sha256 = version.compute_sha256()
    version.save()
    record("charters.adopt", version, actor=actor, at=at)
    emails.adaptation_adopted(version, at=at)
    emails.new_version_to_read(version, at=at)
    return version


def _problems(version):
    if version.adaptation.is_closed:
        yield _("Cette adaptation est close : réveillez-la d’abord.")
    if version.opened_at is None:
        yield _("Ouvrez d’abord le texte aux remarques des associations du territoire.")
    if version.national_changes.pending().exists():
        yield _("Décidez d’abord de chaque changement venu du texte national.")
    if version.remarks.unanswered().exists():
        yield _("Répondez d’abord à chaque remarque : qui a écrit attend une réponse.")
    treated = {article.key for article in version.articles.all()}
    missing = [a.title for a in version.based_on.articles.standing() if a.key not in treated]
    if missing:
        yield _("Il manque, repris, adapté ou laissé de côté : %(titles)s.") % {"titles": ", ".join(missing)}


def _date_problems(version, adopted_on, review_on, at):
    if adopted_on > timezone.localdate(at):
        yield _("La réunion qui adopte le texte a déjà eu lieu : sa date ne peut pas être à venir.")
    if version.opened_at and adopted_on < timezone.localdate(version.opened_at):
        yield _("Le texte ne peut pas être adopté avant d’avoir été ouvert aux remarques.")
    if review_on <= adopted_on:
        yield _("Le prochain point vient après l’adoption.")
