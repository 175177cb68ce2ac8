"""Adding to the register. The only door: nothing else writes an entry."""

import datetime

from django.db import transaction

from .. import register
from ..models import RegisterEntry, RegisterHead


@transaction.atomic(savepoint=False)
def append_to_register(event, signature, *, at):
    """Chain one entry for ``event`` in the life of ``signature``; returns it.

    The head is locked until the transaction ends, so entries follow one another without a hole. Personal values
    enter as salted hashes; so does the name of an organisation that chose not to be listed.
    """
    head, _made = RegisterHead.objects.select_for_update().get_or_create(pk=1, defaults={"hash": register.START})
    body = register.canonical(
        {
            "channel": signature.channel,
            "event": event,
            "mandate": "confirmed" if signature.has_confirmed_mandate else "declared",
            "organisation": _organisation(signature),
            "previous": head.hash,
            "recorded_at": at.astimezone(datetime.UTC).isoformat(timespec="microseconds"),
            "sequence": head.sequence + 1,
            "signatory": register.conceal(
                signature.signatory_salt, signature.signatory_name, signature.signatory_function
            ),
            "signature": signature.token,
            "text": {"reference": signature.version.reference, "sha256": signature.version.sha256},
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


def _organisation(signature):
    organisation = signature.organisation
    if not signature.is_listed:
        concealed = register.conceal(signature.signatory_salt, str(organisation.uuid), signature.organisation_name)
        return {"concealed": concealed}
    public = {"id": str(organisation.uuid), "name": signature.organisation_name}
    if signature.organisation_number:
        public["rna" if signature.organisation_number.startswith("W") else "siret"] = signature.organisation_number
    return public
