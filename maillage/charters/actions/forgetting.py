"""A person is forgotten: what the charter knew of them goes, what their organisation did stays."""

from django.db import transaction
from django.db.models import Q

from maillage.accounts.actions import addresses_of
from maillage.journal.actions import record

from ..models import Remark, Signature, SignatureRequest


@transaction.atomic
def forget_signatory(user, *, at):
    """Take ``user`` out of signatures, requests and remarks; returns how many signatures named them.

    A signature stands: it is its organisation's. The register does not change, not by a byte: with the salt gone,
    the hash that stood for the person says nothing. Only a part of forgetting somebody: whoever calls has checked
    that it may be done (`privacy.actions.forget_person`).
    """
    asked = Q(signature__signed_by=user)
    for address in addresses_of(user):
        asked |= Q(email__iexact=address)
    requests = SignatureRequest.objects.filter(asked)
    confirmed = requests.exclude(signature=None).values_list("signature", flat=True)
    signatures = list(
        Signature.objects.select_for_update().filter(Q(signed_by=user) | Q(pk__in=list(confirmed))).order_by("pk")
    )
    for signature in signatures:
        signature.signatory_name = signature.signatory_function = signature.signatory_salt = ""
        signature.save(update_fields=["signatory_name", "signatory_function", "signatory_salt"])
        record("charters.forget_signatory", signature, actor=None, at=at)
    requests.delete()
    Remark.objects.filter(author=user).update(author=None)
    return len(signatures)
