"""Who takes part: inviting, asking, answering, leaving, passing the lead."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record
from maillage.organisations.audiences import reader_of

from .. import emails
from ..models import Cooperation, Partner
from ..permissions import can_lead
from .cooperations import locked

State, Role = Partner.State, Partner.Role


class AlreadyThere(ValidationError):
    """Invited, asking, or taking part already."""


def _add(cooperation, organisation, *, state, words, at):
    try:
        with transaction.atomic():
            return cooperation.partners.create(
                organisation=organisation, state=state, words=words.strip()[:500], since=at
            )
    except IntegrityError as error:
        raise AlreadyThere({"organisation": _("Cette organisation est déjà invitée, ou participe déjà.")}) from error


@transaction.atomic
def invite_partner(cooperation, *, organisation, words, actor, at):
    """The lead invites ``organisation``: a confirmed association, or a public partner. Nothing is said before it
    accepts.
    """
    cooperation = locked(cooperation, actor)
    if not (organisation.is_confirmed or organisation.is_public_partner):
        raise ValidationError({"organisation": _("La fiche de cette association n’est pas encore confirmée.")})
    partner = _add(cooperation, organisation, state=State.INVITED, words=words, at=at)
    record("cooperations.invite", cooperation, actor=actor, at=at, organisation=organisation.pk)
    emails.invited(partner, at=at)
    return partner


@transaction.atomic
def ask_to_take_part(cooperation, *, organisation, words, actor, at):
    """An association that reads the idea would like to be part of it; the lead is told."""
    cooperation = Cooperation.objects.select_for_update().get(pk=cooperation.pk)
    if organisation.pk not in reader_of(actor).association_ids:
        raise PermissionDenied
    if not cooperation.is_living:
        raise ValidationError(_("Cette coopération est terminée."))
    partner = _add(cooperation, organisation, state=State.ASKING, words=words, at=at)
    record("cooperations.ask", cooperation, actor=actor, at=at, organisation=organisation.pk)
    emails.asked(partner, at=at)
    return partner


def _settle(partner, state, *, accept, actor, at):
    partner = Partner.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=partner.pk)
    if partner.state != state:
        raise ValidationError(_("Cette demande a déjà reçu sa réponse."))
    partner.state, partner.settled_at = (State.ACCEPTED if accept else State.DECLINED), at
    partner.save(update_fields=["state", "settled_at"])
    record(
        "cooperations.accept" if accept else "cooperations.decline",
        partner.cooperation,
        actor=actor,
        at=at,
        organisation=partner.organisation_id,
    )
    return partner


@transaction.atomic
def answer_invitation(partner, *, accept, actor, at):
    """The invited organisation accepts or declines; the lead is told. Somebody of that organisation does."""
    if partner.organisation_id not in reader_of(actor).organisation_ids:
        raise PermissionDenied
    cooperation = Cooperation.objects.select_for_update().get(pk=partner.cooperation_id)
    if not cooperation.is_living:
        raise ValidationError(_("Cette coopération est terminée."))
    partner = _settle(partner, State.INVITED, accept=accept, actor=actor, at=at)
    emails.answered(partner, to_lead=True, at=at)
    return partner


@transaction.atomic
def settle_request(partner, *, accept, actor, at):
    """The lead accepts an association that asks, or declines; it is told."""
    locked(partner.cooperation, actor)
    partner = _settle(partner, State.ASKING, accept=accept, actor=actor, at=at)
    emails.answered(partner, to_lead=False, at=at)
    return partner


@transaction.atomic
def leave(partner, *, words, actor, at):
    """The organisation leaves, or takes back its request; the lead first passes the lead on, or stops."""
    cooperation = Cooperation.objects.select_for_update().get(pk=partner.cooperation_id)
    own = partner.organisation_id in reader_of(actor).organisation_ids
    if not own and not (partner.state == State.INVITED and can_lead(actor, cooperation)):
        raise PermissionDenied
    partner = Partner.objects.select_for_update().get(pk=partner.pk)
    if partner.role == Role.LEAD:
        raise ValidationError(_("Confiez d’abord la tête de la coopération à un autre partenaire, ou arrêtez-la."))
    if partner.state in {State.INVITED, State.ASKING, State.ACCEPTED}:
        partner.state, partner.settled_at, partner.words = State.LEFT, at, words.strip()[:500]
        partner.save(update_fields=["state", "settled_at", "words"])
        record("cooperations.leave", cooperation, actor=actor, at=at, organisation=partner.organisation_id)
    return partner


@transaction.atomic
def pass_lead(partner, *, actor, at):
    """``partner``, an association that takes part, leads from now on."""
    cooperation = locked(partner.cooperation, actor)
    partner = Partner.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=partner.pk)
    if partner.state != State.ACCEPTED or partner.organisation.is_public_partner:
        raise ValidationError(_("Seule une association qui participe peut prendre la tête."))
    cooperation.partners.filter(role=Role.LEAD).update(role=Role.PARTNER)
    partner.role = Role.LEAD
    partner.save(update_fields=["role"])
    record("cooperations.pass_lead", cooperation, actor=actor, at=at, organisation=partner.organisation_id)
    return partner
