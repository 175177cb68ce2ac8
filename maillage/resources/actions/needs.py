"""Saying what one seeks, answering, closing."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record

from .. import emails
from ..models import Need, NeedAnswer
from ..permissions import answerers_for, speaks_for
from .matching import match_need


class AlreadyAnswered(ValidationError):
    """This association answered already."""


class NeedClosed(ValidationError):
    """Nothing is sought any more."""


@transaction.atomic
def say_need(*, organisation, kind, title, territory, actor, at, words="", from_on=None, to_on=None):
    """An association says what it seeks on ``territory``, that is one of its own. Offers that meet it are told."""
    if not speaks_for(actor, organisation.pk):
        raise PermissionDenied
    if not organisation.territories.filter(pk=territory.pk).exists():
        raise ValidationError({"territory": _("Choisissez un quartier où votre association agit.")})
    if to_on and to_on < timezone.localdate(at):
        raise ValidationError({"to_on": _("Ce jour est passé.")})
    if from_on and to_on and to_on < from_on:
        raise ValidationError({"to_on": _("La fin vient après le début.")})
    need = Need(
        organisation=organisation,
        kind=kind,
        title=title,
        words=words,
        territory=territory,
        from_on=from_on,
        to_on=to_on,
        created_at=at,
        created_by=actor,
    )
    need.full_clean(exclude=["organisation", "territory", "created_by"], validate_constraints=False)
    need.save()
    record("resources.say_need", need, actor=actor, at=at)
    match_need(need, at=at)
    return need


@transaction.atomic
def answer_need(need, *, organisation, words, actor, at):
    """An association of the territory says that it may help; who seeks is told at once."""
    need = Need.objects.select_for_update().get(pk=need.pk)
    if not need.is_open:
        raise NeedClosed(_("Ce besoin est clos : rien n’est plus cherché."))
    if not speaks_for(actor, organisation.pk) or organisation not in answerers_for(actor, need):
        raise PermissionDenied
    try:
        with transaction.atomic():
            answer = NeedAnswer.objects.create(
                need=need, organisation=organisation, words=words, answered_at=at, answered_by=actor
            )
    except IntegrityError as error:
        raise AlreadyAnswered(_("Vous avez déjà répondu à ce besoin.")) from error
    record("resources.answer_need", need, actor=actor, at=at)
    emails.need_answered(answer, at=at)
    return answer


@transaction.atomic
def close_need(need, *, outcome, actor, at, words=""):
    """It is not sought any more: found, here or elsewhere, or given up."""
    need = Need.objects.select_for_update().get(pk=need.pk)
    if not speaks_for(actor, need.organisation_id):
        raise PermissionDenied
    if not need.is_open:
        raise NeedClosed(_("Ce besoin est déjà clos."))
    need.closed_at, need.outcome, need.closing_words = at, outcome, words
    need.save(update_fields=["closed_at", "outcome", "closing_words"])
    record("resources.close_need", need, actor=actor, at=at)
    return need
