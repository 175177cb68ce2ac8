"""The news that mediators receive."""

from django.urls import reverse

from maillage.messaging.actions import queue_to_each


def mediator_appointed(role, *, at):
    queue_to_each(
        "participation/emails/mediator_appointed",
        [role.user],
        page=reverse("participation:note"),
        at=at,
        territory=role.territory,
    )
