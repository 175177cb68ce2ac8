"""Somebody takes a need up, answers, and the answer is told back."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record
from maillage.organisations.permissions import speaks_for

from ..permissions import can_answer, can_take_up
from .needs import locked


@transaction.atomic
def take_up(need, *, organisation, actor, at):
    """``organisation``, which acts on the territory, answers for it from now on."""
    need = locked(need)
    if not speaks_for(actor, organisation.pk):
        raise PermissionDenied
    if need.carrier_id:
        raise ValidationError(_("Une association s’en charge déjà."))
    if not can_take_up(actor, need) or not organisation.territories.filter(pk=need.territory_id).exists():
        raise ValidationError(_("Cette association n’agit pas dans ce quartier."))
    need.carrier, need.taken_up_at = organisation, at
    need.save(update_fields=["carrier", "taken_up_at"])
    record("participation.take_up", need, actor=actor, at=at)
    return need


@transaction.atomic
def let_go(need, *, actor, at):
    """Whoever took it up cannot any more: it waits for somebody else."""
    need = _answered_by(need, actor)
    if need.answered_at:
        raise ValidationError(_("C’est déjà répondu : rouvrez-le d’abord."))
    need.carrier, need.taken_up_at = None, None
    need.save(update_fields=["carrier", "taken_up_at"])
    record("participation.let_go", need, actor=actor, at=at)
    return need


@transaction.atomic
def answer_need(need, *, answer, actor, at):
    """What was done, or why it cannot be: its residents read it with their codes, and all where it is shown.
    Answering again corrects it.
    """
    need = _answered_by(need, actor)
    if not answer.strip():
        raise ValidationError({"answer": _("Écrivez la réponse.")})
    if need.closed_at:
        raise ValidationError(_("Ce besoin est clos : rouvrez-le d’abord."))
    need.answer, need.answered_at = answer.strip(), need.answered_at or at
    need.full_clean(validate_constraints=False)
    need.save(update_fields=["answer", "answered_at"])
    record("participation.answer_need", need, actor=actor, at=at)
    return need


@transaction.atomic
def close_need(need, *, told_words, actor, at):
    """The answer was told back to residents: ``told_words`` says how (in the hall, at a meeting, one by one)."""
    need = _answered_by(need, actor)
    if not need.answered_at:
        raise ValidationError(_("Il faut une réponse avant de clore."))
    if not told_words.strip():
        raise ValidationError({"told_words": _("Dites comment la réponse a été redite.")})
    need.told_words, need.closed_at = told_words.strip(), need.closed_at or at
    need.full_clean(validate_constraints=False)
    need.save(update_fields=["told_words", "closed_at"])
    record("participation.close_need", need, actor=actor, at=at)
    return need


@transaction.atomic
def reopen_need(need, *, actor, at):
    """The answer did not hold: it is taken up again; what was answered stays in the history."""
    need = _answered_by(need, actor)
    if not need.answered_at:
        raise ValidationError(_("Il n’y a pas encore de réponse."))
    record("participation.reopen_need", need, actor=actor, at=at, answer=need.answer[:500])
    need.answer, need.answered_at, need.told_words, need.closed_at = "", None, "", None
    need.save(update_fields=["answer", "answered_at", "told_words", "closed_at"])
    return need


def _answered_by(need, actor):
    need = locked(need)
    if not can_answer(actor, need):
        raise PermissionDenied
    return need
