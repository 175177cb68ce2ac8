"""Somebody takes over an organisation that nobody manages any more."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from maillage.journal.actions import record
from maillage.organisations.models import Membership, Organisation

from ..permissions import can_take_over


@transaction.atomic
def take_over(organisation, *, actor, at):
    """One of its people manages from now on an organisation that nobody managed any more; returns the membership.

    What the organisation could read stays open to it: its people were let in by those who managed it.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not can_take_over(actor, organisation):
        raise PermissionDenied
    membership = Membership.objects.standing().get(user=actor, organisation=organisation)
    membership.role = Membership.Role.MANAGER
    membership.save(update_fields=["role"])
    record("privacy.take_over", organisation, actor=actor, at=at)
    return membership
