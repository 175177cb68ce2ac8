"""The news that those who are asked to look back receive."""

from django.conf import settings
from django.urls import reverse

from maillage.accounts.models import User
from maillage.messaging.actions import queue_email
from maillage.organisations.queries import behind_the_wall

from .links import look_back_link


def _members(organisation):
    """Those who act for it, but who works for a public body."""
    acting = organisation.memberships.standing().values("user")
    return behind_the_wall(User.objects.filter(pk__in=acting)).order_by("pk")


def _tell(kind, look_back, campaign, *, at):
    for user in _members(look_back.organisation):
        link = look_back_link(look_back, user)
        queue_email(
            f"evaluation/emails/{kind}",
            to=user.email,
            language=user.language,
            context={
                "organisation": look_back.organisation,
                "campaign": campaign,
                "address": settings.SITE_ADDRESS + reverse("evaluation:by-link", args=[link]),
            },
            at=at,
        )


def invited(look_back, campaign, *, at):
    _tell("invited", look_back, campaign, at=at)


def reminded(look_back, campaign, *, at):
    _tell("reminded", look_back, campaign, at=at)
