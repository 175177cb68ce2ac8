"""Who may do what in a group."""

from maillage.organisations.audiences import reader_of
from maillage.organisations.permissions import can_coordinate_any

from .models import Group


def is_inside(user, group):
    """Reads the group's affairs: a member organisation's person, a resident who holds a seat, a coordinator."""
    return Group.objects.inside(user).filter(pk=group.pk).exists()


def can_facilitate(user, group):
    """Runs the group: somebody of the organisation that animates it, or who coordinates its territory."""
    if group.closed_at or not user.is_authenticated:
        return False
    if group.territory_id and can_coordinate_any(user, [group.territory]):
        return True
    animating = group.members.standing().filter(facilitates=True)
    return animating.filter(organisation_id__in=reader_of(user).association_ids).exists()


def can_create(user, territory):
    """Opens a group on ``territory``: who acts there as an association, or coordinates it. None (a national group):
    whoever acts in the name of a confirmed association.
    """
    reader = reader_of(user)
    if territory is None:
        return bool(reader.association_ids)
    return territory.pk in reader.space_territory_ids


def voices_of(user, group):
    """The member organisations that ``user`` may speak for in the group, as `GroupMember` rows."""
    if group.closed_at or not user.is_authenticated:
        return group.members.none()
    return (
        group.members.standing()
        .filter(organisation_id__in=reader_of(user).association_ids)
        .select_related("organisation")
        .order_by("organisation__search_name")
    )


def seat_of(user, group):
    """The resident's seat that ``user`` holds in the group, or None."""
    if group.closed_at or not user.is_authenticated or reader_of(user).is_public_partner:
        return None
    return group.seats.standing().filter(user=user).first()


def can_answer_for(user, decision):
    """Answers questions and objections: whoever runs the group, or speaks for who proposes."""
    group = decision.group
    if can_facilitate(user, group):
        return True
    if decision.proposer_id:
        return voices_of(user, group).filter(organisation=decision.proposer_id).exists()
    seat = seat_of(user, group)
    return seat is not None and seat.pk == decision.proposer_seat_id


def can_hold_the_pen(user, meeting):
    """Writes the minutes: anybody inside, as long as they are not validated."""
    return meeting.minutes_may_be_written and meeting.group.is_active and is_inside(user, meeting.group)


def can_close_point(user, point):
    """Whoever runs the group, or acts for the organisation in charge; anybody inside where nobody is in charge."""
    if point.group.closed_at:
        return False
    if can_facilitate(user, point.group) or point.organisation_id in reader_of(user).association_ids:
        return is_inside(user, point.group)
    return point.organisation_id is None and is_inside(user, point.group)
