"""The news that organisers receive."""

from maillage.messaging.actions import queue_to_each
from maillage.organisations.queries import behind_the_wall, managers_of

from .models.feeds import Audience


def _tell(kind, organisation, event, *, at, **context):
    """To those who manage ``organisation``; of what is not public, those behind the wall alone."""
    people = managers_of(organisation)
    if event.audience != Audience.PUBLIC:
        people = behind_the_wall(people)
    queue_to_each(f"events/emails/{kind}", people, page=event.get_absolute_url(), at=at, event=event, **context)


def event_removed(event, *, at):
    _tell("event_removed", event.organiser, event, at=at)


def organiser_named(event, organisation, *, at):
    _tell("organiser_named", organisation, event, at=at, name=organisation.name)
