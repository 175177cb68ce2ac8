"""Who may announce, change and take away events, and follow the calendars of others. Public partners: nothing."""

from django.db.models import Q

from maillage.organisations.audiences import reader_of
from maillage.organisations.permissions import can_coordinate_any, speaks_for
from maillage.territories.models import Territory


def can_edit(user, event):
    return event.removed_at is None and event.feed_id is None and speaks_for(user, event.organiser_id)


def coordinates(user, event):
    return event.removed_at is None and can_coordinate_any(user, event.territories.all())


def can_remove(user, event):
    """Who organises it; the coordination of one of its territories, who says why."""
    return can_edit(user, event) or coordinates(user, event)


def can_follow_on(user, territory):
    """Follows a calendar of somebody who is not here: the coordination."""
    return can_coordinate_any(user, [territory])


def can_stop(user, feed):
    """Reads it again, stops it: the association whose calendar it is, or the coordination."""
    return feed.stopped_at is None and (
        speaks_for(user, feed.organisation_id) or can_coordinate_any(user, [feed.territory])
    )


def territories_to_follow_on(user):
    """Where ``user`` may show the calendar of somebody: their associations' territories, those they coordinate."""
    reader = reader_of(user)
    return Territory.objects.filter(
        Q(pk__in=reader.coordinated_territory_ids) | Q(organisations__in=reader.association_ids)
    ).distinct()


def can_leave(user, organisation):
    """Takes the name of ``organisation`` off an event that somebody else announces: its own people."""
    return organisation.pk in reader_of(user).organisation_ids
