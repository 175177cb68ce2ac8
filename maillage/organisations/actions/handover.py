"""When a board changes: passing an organisation on, and mandates that come to their end."""

import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.accounts.actions import know_by_email
from maillage.journal.actions import record

from .. import emails
from ..models import Mandate, Membership, Organisation
from ..permissions import can_edit, can_hand_over, can_take_over
from .profiles import CrossesTheWall, acts_for_associations, declare_mandate

REMIND_BEFORE = datetime.timedelta(days=30)


@transaction.atomic
def hand_over(organisation, *, email, function, actor, at, decided_on=None, ends_on=None, leaves=False):
    """Pass the management of ``organisation`` to the person with this address; returns their membership.

    A manager does it, and may leave at once (``leaves``): memberships and mandates that end keep their dates. Where
    nobody manages it any more, or nobody answers, a coordinator of its territories does: everybody who acts for the
    organisation is told, nobody is taken off. The newcomer's mandate is confirmed by whoever hands over.
    """
    if not can_hand_over(actor, organisation):
        raise PermissionDenied
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    user = know_by_email(email, proved=False)
    if user.pk == actor.pk:
        raise CrossesTheWall(
            {"email": _("Cette adresse est la vôtre : donnez celle de la personne qui prend la suite.")}
        )
    partners = user.memberships.standing().filter(organisation__kind=Organisation.Kind.PUBLIC_PARTNER)
    if acts_for_associations(user) if organisation.is_public_partner else partners.exists():
        raise CrossesTheWall({"email": _("Cette adresse ne peut pas être choisie ici : demandez-en une autre.")})
    membership, _made = Membership.objects.update_or_create(
        user=user,
        organisation=organisation,
        until=None,
        defaults={"role": Membership.Role.MANAGER},
        create_defaults={"role": Membership.Role.MANAGER, "since": timezone.localdate(at)},
    )
    # What they were mandated for before, in another function, ends: lists show the new one.
    former = Mandate.objects.filter(organisation=organisation, user=user, ended_at=None)
    former.exclude(function=function, ends_on=ends_on).update(ended_at=at)
    mandate = declare_mandate(
        organisation, user=user, function=function, decided_on=decided_on, ends_on=ends_on, at=at
    )
    Mandate.objects.filter(pk=mandate.pk, confirmed_at=None).update(confirmed_at=at, confirmed_by=actor)
    emails.organisation_handed_over(membership, by=actor, at=at)
    if leaves and can_edit(actor, organisation):
        organisation.memberships.standing().filter(user=actor).update(until=timezone.localdate(at))
        Mandate.objects.filter(organisation=organisation, user=actor, ended_at=None).update(ended_at=at)
    record("organisations.hand_over", organisation, actor=actor, at=at)
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
    record("organisations.take_over", organisation, actor=actor, at=at)
    return membership


def follow_mandates(*, at):
    """Tell the holder and the managers, thirty days before a mandate ends, and on its last day. Returns how many
    were told. Running twice a day does no harm.
    """
    today, told = timezone.localdate(at), 0
    ending = Mandate.objects.filter(
        ended_at=None, ends_on__lte=today + REMIND_BEFORE, organisation__archived_at=None
    ).select_related("organisation", "user")
    for mandate in ending.order_by("pk"):
        reminded, ends_on = mandate.reminded_at, mandate.ends_on or today
        # Once before the day, once from the day on.
        if reminded is not None and not (timezone.localdate(reminded) < ends_on <= today):
            continue
        with transaction.atomic():
            if Mandate.objects.filter(pk=mandate.pk, reminded_at=reminded).update(reminded_at=at):
                emails.mandate_ending(mandate, at=at)
                told += 1
    return told
