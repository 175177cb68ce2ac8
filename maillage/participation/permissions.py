"""Who looks at voices first, who makes needs of them, who takes them up and answers. Public partners: nobody."""

from maillage.organisations.audiences import reader_of
from maillage.organisations.permissions import speaks_for


def can_look_at(user, territory_id):
    """Reads a voice before the others, and shares it: the coordination and the mediators of the territory."""
    reader = reader_of(user)
    return territory_id in reader.coordinated_territory_ids | reader.mediated_territory_ids


can_note = can_look_at
"""Notes what was heard in the street: the same people."""


def can_group(user, territory_id):
    """Makes needs of voices: the associations of the territory, its coordination, its mediators."""
    return can_look_at(user, territory_id) or territory_id in reader_of(user).space_territory_ids


def can_take_up(user, need):
    """An association of the territory, or its coordination in the name of an association it acts for."""
    return need.carrier_id is None and not need.closed_at and need.territory_id in reader_of(user).space_territory_ids


def can_answer(user, need):
    """Who took it up; the coordination, where they are silent."""
    return need.taken_up_at is not None and (speaks_for(user, need.carrier_id) or can_coordinate(user, need))


def can_coordinate(user, need):
    """Shows it to all, by the collective's decision; corrects its wording."""
    return need.territory_id in reader_of(user).coordinated_territory_ids


def can_appoint_mediators(user, territory_id):
    return territory_id in reader_of(user).coordinated_territory_ids
