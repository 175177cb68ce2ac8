"""Signing an agreement, in the name of a party, by somebody who holds a mandate."""

import secrets

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.charters.actions import append_private
from maillage.journal.actions import record
from maillage.organisations.actions import declare_mandate
from maillage.organisations.models import Organisation

from .. import emails
from ..models import Agreement, Party
from ..permissions import mandate_in_force, parties_for
from ..text import sha256_of


@transaction.atomic
def sign_agreement(agreement, *, organisation, sha256, actor, at, function="", decided_on=None):
    """``actor`` signs the text whose hash they saw, for ``organisation``. Returns the agreement.

    With a mandate in force; else with one declared here (``function``, ``decided_on``: when the board decided), to be
    confirmed like any other. The public register says that an agreement was signed, and nothing of it. Whoever signs
    receives the proof of it. With the last signature it binds, and each party receives the sealed PDF.
    """
    agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if not any(party.organisation_id == organisation.pk for party in parties_for(actor, agreement)):
        raise PermissionDenied
    if agreement.state == Agreement.State.SIGNED:
        raise ValidationError(_("Toutes les parties l’ont déjà signée."))
    if agreement.state != Agreement.State.TO_SIGN:
        raise ValidationError(_("Son texte n’est pas encore arrêté."))
    if sha256 != agreement.sha256 or sha256_of(agreement.frozen_text) != agreement.sha256:
        raise ValidationError(_("Ce n’est pas le texte que vous avez lu : relisez-le."))
    party = Party.objects.select_for_update().get(agreement=agreement, organisation=organisation)
    if party.signed_at:
        raise ValidationError(_("Votre organisation l’a déjà signée."))
    mandate = _mandate(organisation, actor, function, decided_on, at)
    party.signed_at, party.signed_by, party.mandate = at, actor, mandate
    party.signatory_name, party.signatory_function = actor.get_full_name(), mandate.function
    party.signatory_salt = secrets.token_hex(32)
    party.entry = append_private(
        token=secrets.token_hex(16),
        salt=party.signatory_salt,
        organisation=organisation,
        signatory=(party.signatory_name, party.signatory_function),
        mandate=mandate,
        sha256=agreement.sha256,
        at=at,
    )
    party.save()
    record("agreements.sign", agreement, actor=actor, at=at)
    emails.receipt(party, at=at)
    if agreement.parties.unsigned().exists():
        emails.signed_by_one(party, at=at)
        return agreement
    agreement.state, agreement.signed_at, agreement.changed_at = Agreement.State.SIGNED, at, at
    agreement.save(update_fields=["state", "signed_at", "changed_at"])
    record("agreements.bind", agreement, actor=actor, at=at)
    emails.signed_by_all(agreement, at=at)
    return agreement


def forget_in_agreements(user):
    """Take ``user`` out of what they signed: the signature is their organisation's and stands; with the salt gone,
    the hash that stands for them in the register says nothing. Only a part of forgetting somebody
    (`privacy.actions.forget_person`).
    """
    signed = Party.objects.filter(signed_by=user)
    signed.update(signatory_name="", signatory_function="", signatory_salt="")


def _mandate(organisation, actor, function, decided_on, at):
    if mandate := mandate_in_force(actor, organisation, timezone.localdate(at)):
        return mandate
    if not function or not decided_on:
        raise ValidationError(
            {"function": _("Dites votre fonction, et quand votre association vous a chargé·e de signer.")}
        )
    if decided_on > timezone.localdate(at):
        raise ValidationError({"decided_on": _("Cette date est à venir.")})
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    return declare_mandate(organisation, user=actor, function=function, decided_on=decided_on, at=at)
