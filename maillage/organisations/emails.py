"""The news that people of an organisation receive."""

from django.conf import settings
from django.urls import reverse

from maillage.messaging.actions import queue_email


def _tell(kind, user, *, at, **context):
    queue_email(
        f"organisations/emails/{kind}",
        to=user.email,
        context={"site": settings.SITE_ADDRESS, "person": user, **context},
        at=at,
        language=user.language,
    )


def organisation_confirmed(organisation, *, at):
    for membership in organisation.memberships.standing().select_related("user"):
        _tell(
            "organisation_confirmed",
            membership.user,
            at=at,
            organisation=organisation,
            address=settings.SITE_ADDRESS + reverse("dashboard:my-space"),
        )


def mandate_confirmed(mandate, *, at):
    _tell("mandate_confirmed", mandate.user, at=at, mandate=mandate, organisation=mandate.organisation)


def member_added(membership, *, added_by, at):
    _tell(
        "member_added",
        membership.user,
        at=at,
        organisation=membership.organisation,
        added_by=added_by,
        address=settings.SITE_ADDRESS + reverse("account_login"),
    )


def coordinator_appointed(role, *, at):
    _tell(
        "coordinator_appointed",
        role.user,
        at=at,
        territory=role.territory,
        address=settings.SITE_ADDRESS + reverse("account_login"),
    )
