"""Reads about one organisation."""

from .models import Membership


def is_without_manager(organisation):
    """Somebody represented it once, and nobody manages it any more: it is to be taken over."""
    if organisation.is_draft or organisation.archived_at:
        return False
    return not organisation.memberships.standing().filter(role=Membership.Role.MANAGER).exists()
