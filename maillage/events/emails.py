"""The news that organisers receive."""

from django.conf import settings
from django.utils import translation

from maillage.messaging.actions import queue_email
from maillage.organisations.queries import behind_the_wall, managers_of

from .models.feeds import Audience


def _tell(kind, organisation, event, *, at, **context):
    """To those who manage ``organisation``; of what is not public, those behind the wall alone."""
    people = managers_of(organisation)
    if event.audience != Audience.PUBLIC:
        people = behind_the_wall(people)
    for user in people.order_by("pk"):
        with translation.override(user.language):
            queue_email(
                f"events/emails/{kind}",
                to=user.email,
                context={
                    "person": user,
                    "event": event,
                    "address": settings.SITE_ADDRESS + event.get_absolute_url(),
                    **context,
                },
                at=at,
                language=user.language,
            )


def event_removed(event, *, at):
    _tell("event_removed", event.organiser, event, at=at)


def organiser_named(event, organisation, *, at):
    _tell("organiser_named", organisation, event, at=at, name=organisation.name)
