"""Reading an agreement again together: approvals, changes asked, the text that is settled, taken back or dropped."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record

from .. import emails
from ..models import Agreement, ChangeRequest
from ..permissions import can_drop, can_take_back, parties_for
from ..text import canonical_text, sha256_of, unpaid_difference
from .drafting import AlreadyChanged, edited_by


@transaction.atomic
def open_review(agreement, *, actor, at):
    """The draft is ready to be read by every party, which is told."""
    agreement = edited_by(agreement, actor)
    if agreement.state != Agreement.State.DRAFT:
        return agreement
    agreement.state, agreement.changed_at = Agreement.State.REVIEW, at
    agreement.save(update_fields=["state", "changed_at"])
    record("agreements.open_review", agreement, actor=actor, at=at)
    emails.review_opened(agreement, by=parties_for(actor, agreement), at=at)
    return agreement


def _party_of(agreement, organisation, actor):
    """The party's row, for whoever acts for it."""
    for party in parties_for(actor, agreement):
        if party.organisation_id == organisation.pk:
            return party
    raise PermissionDenied


@transaction.atomic
def approve(agreement, *, organisation, edition, actor, at):
    """A party approves the ``edition`` that it read. With the last approval the text is settled: hashed, to sign."""
    agreement = edited_by(agreement, actor)
    party = _party_of(agreement, organisation, actor)
    if agreement.state != Agreement.State.REVIEW:
        raise ValidationError(_("Elle n’est pas encore en relecture."))
    if agreement.edition != edition:
        raise AlreadyChanged(_("Elle a changé depuis que vous l’avez lue : relisez-la avant d’approuver."))
    party.approved_edition, party.approved_at = edition, at
    party.save(update_fields=["approved_edition", "approved_at"])
    record("agreements.approve", agreement, actor=actor, at=at)
    if not agreement.parties.exclude(approved_edition=edition).exists():
        _settle(agreement, actor, at)
    return agreement


def _settle(agreement, actor, at):
    _refuse_what_lacks(agreement, timezone.localdate(at))
    agreement.state, agreement.frozen_at, agreement.changed_at = Agreement.State.TO_SIGN, at, at
    agreement.frozen_text = canonical_text(agreement)
    agreement.sha256 = sha256_of(agreement.frozen_text)
    agreement.save()
    record("agreements.settle", agreement, actor=actor, at=at)
    emails.to_sign(agreement, at=at)


def _refuse_what_lacks(agreement, today):
    if waiting := agreement.change_requests.waiting().first():
        raise ValidationError(
            _("Une demande attend encore une réponse : « %(words)s »") % {"words": waiting.words[:120]}
        )
    if agreement.is_secondment:
        _refuse_a_secondment_that_lacks(agreement, today)
    if agreement.is_transfer:
        if not agreement.amount:
            raise ValidationError(_("Dites le montant reversé."))
        if difference := unpaid_difference(agreement):
            raise ValidationError(
                _("Les versements et le montant diffèrent de %(euros)s €.") % {"euros": abs(difference)}
            )


def _refuse_a_secondment_that_lacks(agreement, today):
    if agreement.billed is None or not agreement.post:
        raise ValidationError(_("Dites la fonction de la personne et le montant refacturé, ligne par ligne."))
    if not (agreement.rider_on and agreement.consent_on):
        raise ValidationError(
            _(
                "Avant de signer, il faut la date de l’avenant au contrat de travail et celle de l’accord écrit"
                " de la personne (code du travail, article L. 8241-2)."
            )
        )
    if max(agreement.rider_on, agreement.consent_on) > today:
        raise ValidationError(
            _("L’avenant au contrat et l’accord écrit de la personne viennent avant la convention, pas après.")
        )


@transaction.atomic
def ask_change(agreement, *, organisation, words, actor, at):
    """A party says what is to be changed before it approves; the others are told."""
    agreement = edited_by(agreement, actor)
    party = _party_of(agreement, organisation, actor)
    asked = ChangeRequest.objects.create(
        agreement=agreement, organisation=party.organisation, words=words, asked_at=at, asked_by=actor
    )
    record("agreements.ask_change", agreement, actor=actor, at=at)
    emails.change_asked(asked, at=at)
    return asked


@transaction.atomic
def settle_change(asked, *, answer, actor, at):
    """What became of a change that was asked, in words."""
    agreement = edited_by(asked.agreement, actor)
    asked = agreement.change_requests.select_for_update().get(pk=asked.pk)
    if asked.settled_at is None:
        asked.settled_at, asked.answer = at, answer
        asked.save(update_fields=["settled_at", "answer"])
        record("agreements.settle_change", agreement, actor=actor, at=at)
    return asked


@transaction.atomic
def take_back(agreement, *, actor, at):
    """Open the settled text again, as long as nobody has signed it; the others are told."""
    agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if not can_take_back(actor, agreement):
        raise PermissionDenied
    agreement.state, agreement.edition = Agreement.State.REVIEW, agreement.edition + 1
    agreement.frozen_at, agreement.frozen_text, agreement.sha256 = None, "", ""
    agreement.sign_told_at = None
    agreement.changed_at = at
    agreement.save()
    record("agreements.take_back", agreement, actor=actor, at=at)
    emails.reopened(agreement, by=parties_for(actor, agreement), at=at)
    return agreement


@transaction.atomic
def drop_agreement(agreement, *, words, actor, at):
    """It will not be signed: kept, with the reason. Signatures already given bind nobody."""
    agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if not can_drop(actor, agreement):
        raise PermissionDenied
    agreement.state, agreement.end_words, agreement.changed_at = Agreement.State.DROPPED, words, at
    agreement.save(update_fields=["state", "end_words", "changed_at"])
    record("agreements.drop", agreement, actor=actor, at=at)
    emails.dropped(agreement, by=parties_for(actor, agreement), at=at)
    return agreement
