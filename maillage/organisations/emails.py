"""The news that people of an organisation receive."""

from django.conf import settings
from django.urls import reverse

from maillage.messaging.actions import queue_email

from .links import refresh_link


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


def organisation_handed_over(membership, *, by, at):
    """To whoever takes over, and to everybody else who acts for it: nothing happens behind their back."""
    organisation = membership.organisation
    _tell(
        "organisation_handed_over",
        membership.user,
        at=at,
        organisation=organisation,
        by=by,
        address=settings.SITE_ADDRESS + reverse("account_login"),
    )
    others = organisation.memberships.standing().exclude(user=membership.user).select_related("user")
    for other in others:
        _tell(
            "organisation_has_a_new_manager",
            other.user,
            at=at,
            organisation=organisation,
            newcomer=membership.user,
            by=by,
            address=settings.SITE_ADDRESS + reverse("organisations:members", args=[organisation.uuid]),
        )


def mandate_ending(mandate, *, at):
    """To its holder and to those who manage the organisation."""
    managers = mandate.organisation.memberships.standing().filter(role="manager").select_related("user")
    people = {membership.user_id: membership.user for membership in managers}
    people[mandate.user_id] = mandate.user
    for user in people.values():
        if user.is_active:
            _tell(
                "mandate_ending",
                user,
                at=at,
                mandate=mandate,
                organisation=mandate.organisation,
                address=settings.SITE_ADDRESS + reverse("organisations:members", args=[mandate.organisation.uuid]),
            )


def organisations_merged(kept, gone, *, at):
    """To everybody who acts for the organisation that remains."""
    for membership in kept.memberships.standing().select_related("user"):
        _tell(
            "organisations_merged",
            membership.user,
            at=at,
            organisation=kept,
            gone=gone,
            address=settings.SITE_ADDRESS + kept.get_absolute_url(),
        )


def follower_appointed(role, *, at):
    _tell(
        "follower_appointed",
        role.user,
        at=at,
        network=role.network,
        address=settings.SITE_ADDRESS + reverse("account_login"),
    )


def said_to_be_a_member(membership, *, at):
    """To those who manage the organisation: a network counts it among its members; they may say otherwise."""
    _tell_managers("said_to_be_a_member", membership, at)


def no_longer_said_to_be_a_member(membership, *, at):
    """To the same: the network has taken its list back."""
    _tell_managers("no_longer_said_to_be_a_member", membership, at)


def _tell_managers(kind, membership, at):
    organisation = membership.organisation
    managers = organisation.memberships.standing().filter(role="manager").select_related("user")
    for manager in managers:
        _tell(
            kind,
            manager.user,
            at=at,
            organisation=organisation,
            network=membership.network,
            address=settings.SITE_ADDRESS + reverse("organisations:edit", args=[organisation.uuid]),
        )


def profile_to_read_again(organisation, user, *, at):
    _tell(
        "profile_to_read_again",
        user,
        at=at,
        organisation=organisation,
        address=settings.SITE_ADDRESS
        + reverse("organisations:refresh-by-link", args=[refresh_link(organisation, user, at)]),
    )


def relayed(organisation, *, to, language, is_of_a_manager, writer, text, at):
    """What somebody wrote by the page of ``organisation``; an answer goes to them."""
    return queue_email(
        "organisations/emails/relayed",
        to=to,
        reply_to=writer["email"],
        context={
            "site": settings.SITE_ADDRESS,
            "organisation": organisation,
            "is_of_a_manager": is_of_a_manager,
            "writer": writer,
            "text": text,
            "address": settings.SITE_ADDRESS + reverse("organisations:edit", args=[organisation.uuid]),
            "operator": settings.SITE_ADDRESS + reverse("home:legal"),
        },
        at=at,
        language=language,
    )
