"""Who writes the letter of a territory."""

from .models import edited_territories


def can_write(user, territory):
    mine = edited_territories(user)
    return mine is None or territory.pk in mine


def writes_somewhere(user):
    mine = edited_territories(user)
    return mine is None or bool(mine)
