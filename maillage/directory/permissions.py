"""Who may see what these pages keep to a few."""

from maillage.organisations.audiences import reader_of
from maillage.organisations.permissions import is_member


def can_see_partners(user, organisation):
    """A member of the association; nobody who also works for a public partner."""
    if organisation.is_public_partner or organisation.archived_at or reader_of(user).is_public_partner:
        return False
    return is_member(user, organisation)
