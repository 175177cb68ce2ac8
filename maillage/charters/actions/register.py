"""Adding to the register. The only door: nothing else writes an entry."""

import datetime
import json

from django.db import transaction

from .. import register
from ..models import RegisterEntry, RegisterHead
from ..models.signatures import Channel


@transaction.atomic(savepoint=False)
def append_to_register(event, signature, *, at):
    """Chain one entry for ``event`` in the life of ``signature``; returns it.

    The head is locked until the transaction ends, so entries follow one another without a hole. Personal values
    enter as salted hashes; so does the name of an organisation that chose not to be listed.
    """
    first = _first_entry(signature) if signature.is_signatory_forgotten else None
    told = {
        "channel": signature.channel,
        "mandate": "confirmed" if signature.has_confirmed_mandate else "declared",
        "organisation": _organisation(signature, first),
        "signatory": _signatory(signature, first),
        "signature": signature.token,
        "text": {"reference": signature.version.reference, "sha256": signature.version.sha256},
        **_sheet(signature),
    }
    return _append(event, told, signature=signature, at=at)


@transaction.atomic(savepoint=False)
def append_private(*, token, salt, organisation, signatory, mandate, sha256, at):
    """Chain one entry that says that somebody signed an agreement; returns it.

    It is public and the agreement is not: the organisation (identifier, name) and the ``signatory`` (name, function)
    enter as hashes under ``salt``, which stays with the parties; ``sha256`` is of a text that nobody can guess.
    """
    told = {
        "channel": Channel.ONLINE,
        "mandate": "confirmed" if mandate.is_confirmed else "declared",
        "organisation": {"concealed": register.conceal(salt, str(organisation.uuid), organisation.name)},
        "signatory": register.conceal(salt, *signatory),
        "signature": token,
        "text": {"reference": "agreement", "sha256": sha256},
    }
    return _append(RegisterEntry.Event.AGREEMENT, told, signature=None, at=at)


def _append(event, told, *, signature, at):
    head, _made = RegisterHead.objects.select_for_update().get_or_create(pk=1, defaults={"hash": register.START})
    body = register.canonical(
        {
            **told,
            "event": event,
            "previous": head.hash,
            "recorded_at": at.astimezone(datetime.UTC).isoformat(timespec="microseconds"),
            "sequence": head.sequence + 1,
        }
    )
    entry = RegisterEntry.objects.create(
        sequence=head.sequence + 1,
        event=event,
        signature=signature,
        recorded_at=at,
        body=body,
        previous=head.hash,
        hash=register.hash_of(body),
    )
    head.sequence, head.hash = entry.sequence, entry.hash
    head.save()
    return entry


def _first_entry(signature):
    """What the register said when the organisation signed; an empty dict where it said nothing yet."""
    first = signature.register_entries.order_by("sequence").first()
    return json.loads(first.body) if first else {}


def _signatory(signature, first):
    """Of a person forgotten since, the hash that stood for them: without its salt it cannot be made again."""
    if first:
        return first["signatory"]
    return register.conceal(signature.signatory_salt, signature.signatory_name, signature.signatory_function)


def _organisation(signature, first):
    organisation = signature.organisation
    if not signature.is_listed and first:
        # A hash without salt would be found by trying every organisation: what was said once is said again.
        return first["organisation"]
    if not signature.is_listed:
        concealed = register.conceal(signature.signatory_salt, str(organisation.uuid), signature.organisation_name)
        return {"concealed": concealed}
    public = {"id": str(organisation.uuid), "name": signature.organisation_name}
    if signature.organisation_number:
        public["rna" if signature.organisation_number.startswith("W") else "siret"] = signature.organisation_number
    return public


def _sheet(signature):
    """What proves a signature given on paper: the scanned sheet, which is kept."""
    return {"sheet": signature.gathering.scan_sha256} if signature.gathering_id else {}
