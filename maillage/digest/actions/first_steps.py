"""Somebody signed and wishes to act: three first things to do here within a week, and a coordinator who sees them."""

import datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from maillage.charters.models import Signature
from maillage.charters.models.signatures import Involvement
from maillage.journal.actions import record

from .. import emails
from ..models import FirstStep
from ..permissions import can_say_contacted
from ..queries import people_to_tell, three_things

WITHIN = datetime.timedelta(days=30)
"""A signature that is older is no longer new: the day this began, nobody was written to about last year's."""


def send_first_steps(*, at):
    """Write to each organisation that has just signed and wishes to act, once; returns how many. Run each day: the
    message leaves on the morning after the signature. Twice a day does no harm.
    """
    told = FirstStep.objects.filter(
        sent_at__isnull=False, signature__organisation=OuterRef("organisation"), sent_at__gt=at - 12 * WITHIN
    )
    fresh = (
        Signature.objects.standing()
        .filter(~Exists(told), signed_at__gt=at - WITHIN, signed_at__lte=at, organisation__archived_at=None)
        .exclude(involvement=Involvement.SIGN_ONLY)
        .select_related("organisation")
    )
    written, done = 0, set()
    for signature in fresh.order_by("signed_at", "pk"):
        # Of several texts signed on one day, one message.
        if signature.organisation_id not in done and _send(signature, at):
            done.add(signature.organisation_id)
            written += 1
    return written


def _send(signature, at):
    try:
        with transaction.atomic():
            people = people_to_tell(signature)
            if not people:
                return False
            step, _made = FirstStep.objects.get_or_create(signature=signature)
            if not FirstStep.objects.filter(pk=step.pk, sent_at=None).update(sent_at=at):
                return False
            for user in people:
                emails.first_steps(signature, user, things=three_things(user, signature.organisation, at), at=at)
    except IntegrityError:
        # Another process has just made the row: it writes.
        return False
    return True


@transaction.atomic
def say_contacted(signature, *, actor, at):
    """The coordination says that it has spoken with this signatory; who said it first is kept. Returns the step."""
    if not can_say_contacted(actor, signature):
        raise PermissionDenied
    step, _made = FirstStep.objects.get_or_create(signature=signature)
    if FirstStep.objects.filter(pk=step.pk, contacted_at=None).update(contacted_at=at, contacted_by=actor):
        record("digest.contacted", signature, actor=actor, at=at)
    step.refresh_from_db()
    return step
