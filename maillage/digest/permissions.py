"""Who may pass a territory on, and say that a signatory was spoken with."""

from maillage.organisations.audiences import reader_of
from maillage.organisations.permissions import can_coordinate_any


def can_coordinate(user, territory):
    return territory.pk in reader_of(user).coordinated_territory_ids


def can_say_contacted(user, signature):
    """Whoever coordinates a territory of the organisation."""
    return can_coordinate_any(user, signature.organisation.territories.all())
