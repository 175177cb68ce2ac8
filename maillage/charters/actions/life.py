"""The life of an adaptation beside its texts: an idea, a group, the review, sleep, waking, closing."""

import datetime
import enum

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record

from .. import emails
from ..models import AdaptationEvent, CharterVersion, TerritorialAdaptation
from ..permissions import can_join, can_open_adaptation, can_promote
from .adaptations import draft_of, name_adaptation, revise_adaptation
from .texts import DraftInProgress

REMIND_BEFORE = datetime.timedelta(days=30)


class NotAsleep(ValidationError):
    """The adaptation is neither dormant nor closed: there is nothing to wake."""


class AlreadyClosed(ValidationError):
    """The adaptation is closed."""


class Outcome(enum.StrEnum):
    """What a review decides."""

    GOES_ON = "goes_on"
    REVISE = "revise"
    REST = "rest"
    CLOSE = "close"


@transaction.atomic
def propose_adaptation(*, name, territories, organisation, words, actor, at):
    """Say that an adaptation would be good here, and why (``words``); the association space of ``territories`` sees
    it, and may join. Nothing is written yet. Raises NameTaken.
    """
    if not can_open_adaptation(actor, territories):
        raise PermissionDenied
    promoters = [organisation] if organisation else []
    adaptation = name_adaptation(name, territories=territories, promoters=promoters, at=at)
    _tell_its_life(adaptation, AdaptationEvent.Kind.PROPOSED, at=at, reason=words, organisation=organisation)
    record("charters.propose_adaptation", adaptation, actor=actor, at=at)
    emails.adaptation_proposed(adaptation, words=words, but=actor, at=at)
    return adaptation


@transaction.atomic
def join_adaptation(adaptation, *, organisation, actor, at):
    """An association of the territory carries the adaptation with the others; an idea that two carry is a group.

    Joining twice changes nothing. Raises AlreadyClosed.
    """
    if not can_join(actor, adaptation, organisation):
        raise PermissionDenied
    adaptation = _locked(adaptation)
    if adaptation.is_closed:
        raise AlreadyClosed(_("Cette adaptation est close."))
    if adaptation.promoters.filter(pk=organisation.pk).exists():
        return adaptation
    adaptation.promoters.add(organisation)
    if adaptation.grouped_at is None and adaptation.promoters.count() > 1:
        adaptation.grouped_at = at
        adaptation.save(update_fields=["grouped_at"])
    _tell_its_life(adaptation, AdaptationEvent.Kind.JOINED, at=at, organisation=organisation)
    record("charters.join_adaptation", adaptation, actor=actor, at=at)
    return adaptation


@transaction.atomic
def start_writing(adaptation, *, actor, at):
    """From the idea to the first draft: every article of the national text in force, kept until somebody says
    otherwise. Returns the draft. Raises DraftInProgress.
    """
    if not can_promote(actor, adaptation):
        raise PermissionDenied
    adaptation = _locked(adaptation)
    if adaptation.is_closed:
        raise AlreadyClosed(_("Cette adaptation est close."))
    if adaptation.versions.exists():
        raise DraftInProgress(_("Le texte de cette adaptation est déjà commencé."))
    national = CharterVersion.objects.national().current().first()
    if national is None:
        raise ValidationError(_("Aucun texte national n’est encore publié : il n’y a rien à adapter."))
    draft = draft_of(adaptation, number=1, based_on=national, origin=national, at=at)
    record("charters.open_adaptation", adaptation, actor=actor, at=at)
    return draft


@transaction.atomic
def review_adaptation(adaptation, *, outcome, words, actor, at, next_review_on=None):
    """Write down a review (``words``: what was said, published) and its ``outcome``, an `Outcome`.

    GOES_ON and REVISE set ``next_review_on``, and wake a dormant one; REVISE starts the next version; REST and CLOSE
    say why in ``words``.
    Signatures never move. Returns the adaptation.
    """
    if not can_promote(actor, adaptation):
        raise PermissionDenied
    adaptation = _locked(adaptation)
    if adaptation.is_closed:
        raise AlreadyClosed(_("Cette adaptation est close : réveillez-la d’abord."))
    if outcome == Outcome.REST:
        return _rest(adaptation, words, actor, at)
    if outcome == Outcome.CLOSE:
        adaptation.closed_at = at
        adaptation.save(update_fields=["closed_at"])
        _tell_its_life(adaptation, AdaptationEvent.Kind.CLOSED, at=at, reason=words)
        record("charters.close_adaptation", adaptation, actor=actor, at=at)
        return adaptation
    if adaptation.dormant_since:
        adaptation.dormant_since = None
        adaptation.save(update_fields=["dormant_since"])
        _tell_its_life(adaptation, AdaptationEvent.Kind.WOKEN, at=at)
    _set_review(adaptation, next_review_on, at)
    _tell_its_life(adaptation, AdaptationEvent.Kind.REVIEWED, at=at, reason=words)
    record("charters.review_adaptation", adaptation, actor=actor, at=at)
    if outcome == Outcome.REVISE:
        revise_adaptation(adaptation, actor=actor, at=at)
    return adaptation


@transaction.atomic
def wake_adaptation(adaptation, *, words, actor, at, next_review_on=None):
    """A dormant, or closed, adaptation lives again; ``words`` say why, in public. Raises NotAsleep."""
    if not can_promote(actor, adaptation):
        raise PermissionDenied
    adaptation = _locked(adaptation)
    if adaptation.dormant_since is None and adaptation.closed_at is None:
        raise NotAsleep(_("Cette adaptation n’est ni en sommeil ni close."))
    adaptation.dormant_since = adaptation.closed_at = None
    adaptation.save(update_fields=["dormant_since", "closed_at"])
    _set_review(adaptation, next_review_on, at)
    _tell_its_life(adaptation, AdaptationEvent.Kind.WOKEN, at=at, reason=words)
    record("charters.wake_adaptation", adaptation, actor=actor, at=at)
    return adaptation


def _locked(adaptation):
    return TerritorialAdaptation.objects.select_for_update().get(pk=adaptation.pk)


def _set_review(adaptation, next_review_on, at):
    version = adaptation.versions.current().newest_first().first()
    if version is None:
        return
    if next_review_on is None or next_review_on <= timezone.localdate(at):
        raise ValidationError({"next_review_on": _("Dites quand vous ferez le prochain point : une date à venir.")})
    adaptation.versions.current().update(review_on=next_review_on)
    adaptation.reminded_at = None
    adaptation.save(update_fields=["reminded_at"])


def _rest(adaptation, words, actor, at):
    if adaptation.dormant_since:
        return adaptation
    adaptation.dormant_since = at
    adaptation.save(update_fields=["dormant_since"])
    _tell_its_life(adaptation, AdaptationEvent.Kind.DORMANT, at=at, reason=words)
    record("charters.rest_adaptation", adaptation, actor=actor, at=at)
    return adaptation


def _tell_its_life(adaptation, kind, *, at, reason="", organisation=None):
    event = AdaptationEvent(adaptation=adaptation, kind=kind, at=at, reason=reason.strip(), organisation=organisation)
    event.full_clean()
    event.save()


# what each day brings


def follow_reviews(*, at):
    """Remind the promoters thirty days before a review, and on its day; put to sleep the adaptations whose review
    nobody held for DORMANT_AFTER_DAYS after it, and after a reminder. Returns {"reminded": n, "dormant": n}. Running
    twice a day does no harm.
    """
    today, done = timezone.localdate(at), {"reminded": 0, "dormant": 0}
    current = CharterVersion.objects.exclude(adaptation=None).current().select_related("adaptation")
    waiting = current.filter(adaptation__closed_at=None, adaptation__dormant_since=None)
    for version in waiting.filter(review_on__lte=today + REMIND_BEFORE).order_by("pk"):
        reminded = version.adaptation.reminded_at and timezone.localdate(version.adaptation.reminded_at)
        silent_since = max(version.review_on, reminded or today)
        if silent_since <= today - datetime.timedelta(days=settings.DORMANT_AFTER_DAYS):
            done["dormant"] += _fall_asleep(version, at)
        # Once before the day, once from the day on.
        elif reminded is None or reminded < version.review_on <= today:
            done["reminded"] += _remind(version, at)
    return done


@transaction.atomic
def _fall_asleep(version, at):
    adaptation = _locked(version.adaptation)
    if adaptation.dormant_since or adaptation.closed_at:
        return 0
    words = _("Le point prévu le %(day)s n’a pas été fait.") % {"day": version.review_on.strftime("%d/%m/%Y")}
    _rest(adaptation, str(words), None, at)
    emails.adaptation_asleep(version, at=at)
    return 1


@transaction.atomic
def _remind(version, at):
    changed = TerritorialAdaptation.objects.filter(
        pk=version.adaptation_id, reminded_at=version.adaptation.reminded_at
    )
    if not changed.update(reminded_at=at):
        return 0
    emails.review_due(version, at=at)
    return 1
