"""Forgetting somebody: what is theirs goes, what is their organisations' stays."""

import logging

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry

from maillage.accounts.actions import addresses_of, forget_account
from maillage.accounts.models import User
from maillage.agreements.actions import forget_in_agreements
from maillage.charters.actions import forget_signatory
from maillage.digest.models import Succession
from maillage.journal.actions import record
from maillage.messaging.models import Message, Refusal
from maillage.organisations.models import Mandate, Organisation

from .. import emails
from ..permissions import can_forget
from ..queries import managed_alone
from ..relations import DELETED

logger = logging.getLogger(__name__)


class SoleManager(ValidationError):
    """Nobody else manages one of their organisations: it is handed over first, or left knowingly."""


@transaction.atomic
def forget_person(user, *, actor, at, nobody_can_take_over=False):
    """Forget ``user``: returns the account, which says nothing of anybody any more. Twice changes nothing.

    Signatures stand, without the name; the register does not change. Sends one farewell, whose row goes once it
    has left; tells those who could take over an organisation that is left alone. Raises SoleManager where they
    alone manage one, unless ``nobody_can_take_over`` is said.
    """
    if not can_forget(actor, user):
        raise PermissionDenied
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.forgotten_at:
        return user
    alone = _left_alone(user, nobody_can_take_over)
    addresses, language = addresses_of(user), user.language
    mandates = list(Mandate.objects.filter(user=user).select_related("organisation"))

    forget_signatory(user, at=at)
    forget_in_agreements(user)
    _end_roles(user, at)
    _forget_in_messages(addresses, at)
    forget_account(user, at=at)
    for relation in DELETED:
        label, _dot, field = relation.rpartition(".")
        apps.get_model(label)._base_manager.filter(**{field: user}).delete()
    _forget_in_journal(user, mandates)

    record("privacy.forget", user, actor=actor and user, at=at)
    logger.info("account %s was forgotten", user.uuid)
    emails.farewell(addresses[0], language=language, organisations=alone, at=at)
    for organisation in alone:
        record("privacy.leave", organisation, actor=None, at=at)
        emails.organisation_to_take_over(organisation, leaving=user, at=at)
    return user


def _left_alone(user, nobody_can_take_over):
    # Locked: of two managers who leave at once, the second sees that the first has left.
    theirs = user.memberships.standing().values("organisation")
    list(Organisation.objects.select_for_update().filter(pk__in=theirs).order_by("pk"))
    alone = list(managed_alone(user))
    if alone and not nobody_can_take_over:
        raise SoleManager(
            _("Vous êtes la seule personne à gérer : %(names)s. Confiez d’abord cette gestion à quelqu’un.")
            % {"names": ", ".join(organisation.name for organisation in alone)}
        )
    return alone


def _end_roles(user, at):
    for roles in (user.memberships, user.territory_roles, user.network_roles):
        roles.filter(until=None).update(until=timezone.localdate(at))
    user.resident_seats.filter(until=None).update(until=timezone.localdate(at))
    user.resident_seats.update(name="", user=None)
    user.mandates.filter(ended_at=None).update(ended_at=at)
    user.mandates.update(function="")


def _forget_in_messages(addresses, at):
    to_them, by_them, theirs, refused, proposed = Q(), Q(), Q(), Q(), Q()
    for address in addresses:
        to_them |= Q(recipient__iexact=address)
        by_them |= Q(reply_to__iexact=address)
        theirs |= Q(contact_email__iexact=address)
        refused |= Q(address__iexact=address)
        proposed |= Q(email__iexact=address)
    # What they wrote to an organisation and has not left yet goes too: it would bring their address.
    Message.objects.filter(to_them | by_them).delete()
    Refusal.objects.filter(refused).delete()
    Succession.objects.filter(proposed).withdraw(at)
    Organisation.objects.filter(theirs).update(contact_email="")


def _forget_in_journal(user, mandates):
    """An entry keeps the title of what it speaks of: those of the account and of its mandates said who and what."""
    of_model = ContentType.objects.get_for_model
    ModelLogEntry.objects.filter(content_type=of_model(User), object_id=str(user.pk)).update(label=str(user), data={})
    for mandate in mandates:
        ModelLogEntry.objects.filter(content_type=of_model(Mandate), object_id=str(mandate.pk)).update(
            label=mandate.organisation.name
        )
