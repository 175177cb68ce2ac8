"""Who may do what to a person's data, and to an organisation that somebody leaves."""

from maillage.organisations.permissions import can_edit, is_member

from .queries import is_without_manager


def can_forget(actor, user):
    """The person themself; or the operator, by a command (``actor`` is None)."""
    return actor is None or actor.pk == user.pk


def can_export_organisation(user, organisation):
    """A manager."""
    return can_edit(user, organisation)


def can_take_over(user, organisation):
    """Whoever already acts for an organisation that nobody manages any more."""
    return user.is_authenticated and is_member(user, organisation) and is_without_manager(organisation)
