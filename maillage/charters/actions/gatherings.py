"""Signatures given on paper at a meeting, entered with the signed sheet; and signing with somebody's help."""

import datetime
import hashlib
import secrets

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.accounts.actions import know_by_email
from maillage.journal.actions import record
from maillage.organisations.actions import create_organisation
from maillage.organisations.models import Organisation

from .. import emails
from ..models import CharterVersion, Gathering, RegisterEntry, SignatureRequest
from ..models.signatures import Channel
from ..permissions import can_gather, can_gather_for
from ..scans import kind_of
from .register import append_to_register
from .signatures import (
    confirm_signature,
    enter_into_force,
    mandate_of,
    prepare_request,
    refuse_stranger,
    refuse_what_cannot_be_signed,
    sign,
)

CODE_LASTS = datetime.timedelta(minutes=30)
MOST_WRONG_CODES = 5


class SheetKnown(ValidationError):
    """This very file was entered for this text already."""


class WrongCode(ValidationError):
    """The code is not the one that was sent, or is not of use any more."""


@transaction.atomic
def record_gathering(version, *, place, held_on, scan, actor, at):
    """Keep the signed sheet of a meeting (``scan``: its bytes; PDF, JPEG or PNG) out of public reach.

    Returns the `Gathering`, to which signatures are then added. Raises SheetKnown, and ValidationError for a file
    that is not what it says.
    """
    if not can_gather(actor):
        raise PermissionDenied
    if not version.is_open_for_signature:
        raise ValidationError(_("Ce texte n’est pas ouvert à la signature."))
    if held_on > timezone.localdate(at):
        raise ValidationError({"held_on": _("Cette rencontre est à venir : revenez après.")})
    if timezone.localdate(version.published_at) > held_on:
        raise ValidationError({"held_on": _("Le texte n’était pas encore publié ce jour-là.")})
    gathering = Gathering(
        version=version,
        place=place.strip(),
        held_on=held_on,
        scan_kind=kind_of(scan),
        scan_sha256=hashlib.sha256(scan).hexdigest(),
        entered_by=actor,
        entered_at=at,
    )
    # Before the file is written: a refusal leaves none behind.
    gathering.full_clean(exclude=["scan"], validate_unique=False, validate_constraints=False)
    try:
        with transaction.atomic():
            gathering.scan.save("feuille", ContentFile(scan), save=False)
            gathering.save()
    except IntegrityError as error:
        gathering.scan.delete(save=False)
        raise SheetKnown({"scan": _("Cette feuille est déjà enregistrée pour ce texte.")}) from error
    record("charters.gather", gathering, actor=actor, at=at)
    return gathering


@transaction.atomic
def sign_on_paper(gathering, *, actor, at, organisation=None, new_name="", territories=(), email="", **line):
    """Enter one line of the sheet: ``organisation`` (or one of this ``new_name``, on ``territories``) signed there.

    ``line``: first_name, last_name, function, decided_on, involvement. It is counted with its provenance: the
    register holds the channel and the hash of the sheet. With an address the person becomes known, with a declared
    mandate, and receives the certificate; without, whoever enters the line vouches for the organisation. Returns
    the signature. Raises what `confirm_signature` does.
    """
    version = CharterVersion.objects.select_related("adaptation").get(pk=gathering.version_id)
    if organisation is None:
        organisation = create_organisation(actor=actor, at=at, name=new_name, territories=territories)
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not can_gather_for(actor, organisation):
        raise PermissionDenied(_("Cette association n’agit sur aucun des territoires que vous coordonnez."))
    refuse_what_cannot_be_signed(version, organisation)
    user, mandate = _known_or_vouched_for(organisation, email.strip().lower(), line, at)
    signature = sign(
        version,
        organisation,
        mandate=mandate,
        signed_by=user,
        signatory_name=f"{line['first_name']} {line['last_name']}".strip(),
        signatory_function=line["function"],
        involvement=line["involvement"],
        channel=Channel.PAPER,
        gathering=gathering,
        entered_by=actor,
        signed_at=at,
    )
    append_to_register(RegisterEntry.Event.SIGNED, signature, at=at)
    record("charters.sign", signature, actor=actor, at=at)
    if user:
        emails.signature_received(signature, user=user, at=at)
    enter_into_force(version, at=at)
    return signature


def _known_or_vouched_for(organisation, email, line, at):
    """(the person who signed, their mandate), or (None, None) where the sheet has no address."""
    if email:
        is_represented = refuse_stranger(organisation, email)
        user = know_by_email(email, proved=False, first_name=line["first_name"], last_name=line["last_name"])
        mandate = mandate_of(
            organisation,
            user,
            is_represented=is_represented,
            function=line["function"],
            decided_on=line.get("decided_on"),
            at=at,
        )
        return user, mandate
    if organisation.claimed_at is None:
        organisation.claimed_at = organisation.confirmed_at = at
        organisation.save(update_fields=["claimed_at", "confirmed_at"])
    return None, None


@transaction.atomic
def help_sign(version, *, organisation, email, actor, at, **particulars):
    """Type for somebody who is there: they receive a code, read it aloud, and `confirm_by_code` signs.

    The register says that the signature was given with help. Returns the request.
    """
    if not can_gather(actor):
        raise PermissionDenied
    request, token = prepare_request(
        version,
        organisation=organisation,
        email=email,
        at=at,
        channel=Channel.ASSISTED,
        entered_by=actor,
        **particulars,
    )
    code = f"{secrets.randbelow(10**6):06d}"
    request.code_sha256 = _code_digest(request, code)
    request.save(update_fields=["code_sha256"])
    emails.code_to_read_aloud(request, code=code, token=token, by=actor, at=at)
    record("charters.help_sign", request, actor=actor, at=at)
    return request


def _code_digest(request, code):
    return hashlib.sha256(f"{request.uuid}{code}".encode()).hexdigest()


def confirm_by_code(request, *, code, actor, at):
    """Sign, for somebody helped, with the code that they received. Raises WrongCode after five wrong ones, or thirty
    minutes: the link of the same message still confirms.
    """
    with transaction.atomic():
        locked = SignatureRequest.objects.select_for_update().get(pk=request.pk)
        if locked.entered_by_id != actor.pk:
            raise PermissionDenied
        if locked.confirmed_at:
            return locked.signature
        # From the request on: sending the link again does not make the code younger.
        if locked.wrong_codes >= MOST_WRONG_CODES or at > locked.requested_at + CODE_LASTS:
            raise WrongCode({"code": _("Ce code ne sert plus. Le lien du même message, lui, confirme encore.")})
        is_right = secrets.compare_digest(locked.code_sha256, _code_digest(locked, code.replace(" ", "")))
        if not is_right:
            locked.wrong_codes += 1
            locked.save(update_fields=["wrong_codes"])
    # Outside the block: a wrong code is counted even though it is refused.
    if not is_right:
        raise WrongCode({"code": _("Ce n’est pas le code qui a été envoyé. Relisez-le, chiffre par chiffre.")})
    return confirm_signature(locked, at=at)
