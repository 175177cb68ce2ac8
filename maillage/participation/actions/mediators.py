"""Who listens in the street: mediators of a territory, appointed by its coordination."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.accounts.actions import know_by_email
from maillage.journal.actions import record
from maillage.organisations.models import TerritoryRole

from .. import emails
from ..permissions import can_appoint_mediators


@transaction.atomic
def appoint_mediator(territory, *, email, actor, at):
    """The person with this address notes and looks at the voices of ``territory``; they are told by e-mail."""
    if not can_appoint_mediators(actor, territory.pk):
        raise PermissionDenied
    user = know_by_email(email, proved=False)
    try:
        with transaction.atomic():
            role = TerritoryRole.objects.create(
                user=user, territory=territory, role=TerritoryRole.Role.MEDIATOR, since=timezone.localdate(at)
            )
    except IntegrityError as error:
        raise ValidationError({"email": _("Cette personne écoute déjà ce quartier.")}) from error
    record("participation.appoint_mediator", territory, actor=actor, at=at)
    emails.mediator_appointed(role, at=at)
    return role


@transaction.atomic
def end_mediation(role, *, actor, at):
    """This person notes no more voices there. What they noted stays."""
    if not can_appoint_mediators(actor, role.territory_id):
        raise PermissionDenied
    TerritoryRole.objects.filter(pk=role.pk, until=None).update(until=timezone.localdate(at))
    record("participation.end_mediation", role.territory, actor=actor, at=at)
