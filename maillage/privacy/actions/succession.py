"""Somebody else manages an organisation: before leaving it, or after somebody has left."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record
from maillage.organisations.models import Membership, Organisation

from .. import emails
from ..permissions import can_hand_over, can_take_over


class AlreadyManager(ValidationError):
    """The person manages the organisation already, or has left it."""


@transaction.atomic
def hand_over(membership, *, actor, at):
    """A manager lets a colleague manage as well; the colleague is told by e-mail. Raises AlreadyManager."""
    if not can_hand_over(actor, membership.organisation):
        raise PermissionDenied
    changed = Membership.objects.filter(pk=membership.pk, until=None, role=Membership.Role.MEMBER).update(
        role=Membership.Role.MANAGER
    )
    if not changed:
        raise AlreadyManager(_("Cette personne gère déjà l’organisation, ou ne la représente plus."))
    membership.role = Membership.Role.MANAGER
    record("privacy.hand_over", membership.organisation, actor=actor, at=at)
    emails.management_entrusted(membership, at=at)
    return membership


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
