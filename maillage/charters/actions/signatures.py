"""Signing and withdrawing, in the name of an organisation."""

import datetime
import hashlib
import secrets

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.accounts.actions import know_by_email
from maillage.journal.actions import record
from maillage.messaging.models import Message
from maillage.organisations.actions import declare_mandate, take_on
from maillage.organisations.models import Organisation

from .. import emails
from ..models import CharterVersion, RegisterEntry, Signature, SignatureRequest
from ..permissions import can_sign_again, can_withdraw
from .register import append_to_register

LINK_LASTS = datetime.timedelta(days=7)
BETWEEN_TWO_LINKS = datetime.timedelta(minutes=2)
MOST_LINKS_AN_HOUR = 20
"""To one mailbox: room for somebody who helps twenty associations in an afternoon, none for a flood."""


class AlreadySigned(ValidationError):
    """One standing signature per organisation and version."""


class NotOpenForSignature(ValidationError):
    """The text is a draft, or has been replaced."""


class NotTheirOrganisation(ValidationError):
    """The organisation has members, and this person is not one of them."""


class LinkExpired(ValidationError):
    """The link is too old; another can be sent."""


class TooSoon(ValidationError):
    """A link has just been sent, or too many to one mailbox."""


@transaction.atomic
def request_signature(version, *, organisation, email, at, **particulars):
    """Prepare a signature and send the link that proves who asks; returns the request. Nothing is signed yet.

    ``particulars``: first_name, last_name, function, decided_on, involvement, is_listed, language. Raises
    NotOpenForSignature, AlreadySigned, NotTheirOrganisation.
    """
    request, token = prepare_request(version, organisation=organisation, email=email, at=at, **particulars)
    emails.signature_to_confirm(request, token=token, at=at)
    return request


def prepare_request(version, *, organisation, email, at, **particulars):
    """(a signature request, its secret token): the caller sends it, inside the same transaction."""
    email = email.strip().lower()
    refuse_what_cannot_be_signed(version, organisation)
    refuse_stranger(organisation, email)
    _refuse_flood(email, at)
    token = secrets.token_urlsafe(32)
    request = SignatureRequest.objects.create(
        version=version,
        organisation=organisation,
        email=email,
        token_sha256=digest(token),
        requested_at=at,
        sent_at=at,
        expires_at=at + LINK_LASTS,
        **particulars,
    )
    return request, token


@transaction.atomic
def send_link_again(request, *, at):
    """Send a new link for a request, at most one every two minutes; the former one stops working."""
    request = SignatureRequest.objects.select_for_update().get(pk=request.pk)
    if request.confirmed_at:
        raise AlreadySigned(_("Cette signature est déjà confirmée."))
    if at - request.sent_at < BETWEEN_TWO_LINKS:
        raise TooSoon(_("Un message vient de partir : attendez deux minutes avant d’en demander un autre."))
    _refuse_flood(request.email, at)
    token = secrets.token_urlsafe(32)
    request.token_sha256, request.sent_at, request.expires_at = digest(token), at, at + LINK_LASTS
    request.save(update_fields=["token_sha256", "sent_at", "expires_at"])
    emails.signature_to_confirm(request, token=token, at=at)
    return request


def digest(token):
    """What is kept of a link: enough to recognise it, not enough to make it."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def confirm_signature(request, *, at):
    """Sign: the person who received the link confirms. Returns the signature.

    Confirming twice is not an error and changes nothing: the same signature comes back. The person becomes
    known by their address; an organisation that nobody represented becomes theirs, with a mandate to confirm.
    Adds one entry to the register and sends one receipt with the PDF. Raises LinkExpired, NotOpenForSignature,
    AlreadySigned, NotTheirOrganisation.
    """
    return _confirm(at=at, pk=request.pk)


@transaction.atomic
def confirm_by_link(token, *, at):
    """As `confirm_signature`, by whoever holds the link; SignatureRequest.DoesNotExist where nobody received it."""
    return _confirm(at=at, token_sha256=digest(token))


def _confirm(*, at, **which):
    # Locked: of two people who sign for one organisation at once, the second sees what the first did.
    requests = SignatureRequest.objects.select_for_update(of=("self", "organisation"))
    request = requests.select_related("organisation", "version__adaptation").get(**which)
    if request.confirmed_at:
        return request.signature
    if request.is_expired(at):
        raise LinkExpired(_("Ce lien a expiré. Rien n’est perdu : demandez-en un autre."))
    version = request.version
    refuse_what_cannot_be_signed(version, request.organisation)
    is_represented = refuse_stranger(request.organisation, request.email)
    user = know_by_email(
        request.email,
        proved=True,
        first_name=request.first_name,
        last_name=request.last_name,
        language=request.language,
    )
    mandate = mandate_of(
        request.organisation,
        user,
        is_represented=is_represented,
        function=request.function,
        decided_on=request.decided_on,
        at=at,
    )
    signature = sign(
        version,
        request.organisation,
        mandate=mandate,
        signed_by=user,
        signatory_name=f"{request.first_name} {request.last_name}".strip(),
        signatory_function=request.function,
        involvement=request.involvement,
        is_listed=request.is_listed,
        channel=request.channel,
        entered_by=request.entered_by,
        signed_at=at,
    )
    request.confirmed_at, request.signature = at, signature
    request.save(update_fields=["confirmed_at", "signature"])
    append_to_register(RegisterEntry.Event.SIGNED, signature, at=at)
    record("charters.sign", signature, actor=user, at=at)
    emails.signature_received(signature, user=user, at=at)
    enter_into_force(version, at=at)
    return signature


def mandate_of(organisation, user, *, is_represented, function, decided_on, at):
    """The mandate with which ``user`` signs: the standing one, else a declared one; the first to come claims.

    The caller holds the lock of ``organisation`` and has asked whether it ``is_represented``.
    """
    mandated = declare_mandate if is_represented else take_on
    return mandated(organisation, user=user, function=function, decided_on=decided_on, at=at)


def sign(version, organisation, **particulars):
    """The one place that creates a signature. Raises AlreadySigned where one stands: the caller's work is undone."""
    try:
        return Signature.objects.create(
            version=version, organisation=organisation, signatory_salt=secrets.token_hex(32), **particulars
        )
    except IntegrityError as error:
        raise _already_signed(organisation) from error


def enter_into_force(version, *, at):
    """An adaptation is in force from the signature that completes the number fixed at its adoption."""
    if version.adaptation_id is None or version.in_force_at is not None:
        return
    if version.signatures.standing().count() < version.signatures_needed:
        return
    version.adaptation.versions.in_force().filter(number__lt=version.number).update(superseded_at=at)
    if CharterVersion.objects.filter(pk=version.pk, in_force_at=None).update(in_force_at=at):
        version.in_force_at = at
        record("charters.enter_into_force", version, actor=None, at=at)
        emails.adaptation_in_force(version, at=at)


def version_in_place_of(version):
    """The newest published version of the same line of texts after ``version``, or None while it is the last."""
    later = CharterVersion.objects.current().filter(adaptation=version.adaptation_id, number__gt=version.number)
    return later.select_related("adaptation").newest_first().first()


@transaction.atomic
def sign_new_version(signature, *, actor, at):
    """Sign, for the same organisation, the version that has replaced the one of ``signature``; returns the new one.

    ``actor`` is signed in and holds a mandate in force: no other e-mail proof is asked. The former signature stays
    with its version, for ever. Raises NotOpenForSignature where nothing has replaced it, AlreadySigned.
    """
    version = version_in_place_of(signature.version)
    if version is None:
        raise NotOpenForSignature(_("Ce texte n’a pas été remplacé : votre signature est à jour."))
    if not can_sign_again(actor, signature, timezone.localdate(at)):
        raise PermissionDenied
    organisation = Organisation.objects.select_for_update().get(pk=signature.organisation_id)
    refuse_what_cannot_be_signed(version, organisation)
    mandate = actor.mandates.in_force(timezone.localdate(at)).get(organisation=organisation)
    renewed = sign(
        version,
        organisation,
        mandate=mandate,
        signed_by=actor,
        signatory_name=actor.get_full_name(),
        signatory_function=mandate.function,
        involvement=signature.involvement,
        is_listed=signature.is_listed,
        signed_at=at,
    )
    append_to_register(RegisterEntry.Event.SIGNED, renewed, at=at)
    record("charters.sign", renewed, actor=actor, at=at)
    emails.signature_received(renewed, user=actor, at=at)
    enter_into_force(version, at=at)
    return renewed


@transaction.atomic
def withdraw_signature(signature, *, actor, at, reason=""):
    """Withdraw at once; the signature stays in the history, dated, and the register says so.

    ``reason`` is kept for the organisation, never published.
    """
    signature = Signature.objects.select_for_update().get(pk=signature.pk)
    if not can_withdraw(actor, signature):
        raise PermissionDenied
    signature.withdrawn_at, signature.withdrawal_reason = at, reason
    signature.save(update_fields=["withdrawn_at", "withdrawal_reason"])
    append_to_register(RegisterEntry.Event.WITHDRAWN, signature, at=at)
    record("charters.withdraw", signature, actor=actor, at=at)
    emails.signature_withdrawn(signature, user=actor, at=at)
    return signature


def refuse_what_cannot_be_signed(version, organisation):
    """Raises NotOpenForSignature or AlreadySigned, with a sentence for people."""
    if not version.is_open_for_signature:
        raise NotOpenForSignature(_("Ce texte n’est pas ouvert à la signature."))
    if organisation.is_public_partner:
        raise NotOpenForSignature(_("La charte est interne aux associations : un partenaire public ne la signe pas."))
    if organisation.archived_at:
        raise NotOpenForSignature(_("Cette organisation est archivée."))
    if version.signatures.standing().filter(organisation=organisation).exists():
        raise _already_signed(organisation)


def _refuse_flood(email, at):
    """What was sent is counted, not what was asked: a link sent again is one more message."""
    kinds = ("signature_to_confirm", "code_to_read_aloud")
    lately = Message.objects.filter(recipient=email, kind__in=kinds, created_at__gt=at - datetime.timedelta(hours=1))
    if lately.count() >= MOST_LINKS_AN_HOUR:
        raise TooSoon(_("Beaucoup de messages sont déjà partis à cette adresse : réessayez dans une heure."))


def _already_signed(organisation):
    return AlreadySigned(_("« %(name)s » a déjà signé ce texte.") % {"name": organisation.name})


def refuse_stranger(organisation, email):
    """Returns whether somebody represents the organisation. Raises NotTheirOrganisation where the address is none
    of theirs.
    """
    emails_of_members = set(organisation.memberships.standing().values_list("user__email", flat=True))
    if emails_of_members and email not in emails_of_members:
        raise NotTheirOrganisation(
            _(
                "« %(name)s » a déjà des représentantes ou représentants sur Maillage, et cette adresse n’est pas"
                " l’une des leurs. Demandez-leur de vous ajouter, ou signez avec l’adresse qu’ils connaissent."
            )
            % {"name": organisation.name}
        )
    return bool(emails_of_members)
