"""Who may do what to a person's data, and to an organisation that somebody leaves."""

from maillage.organisations.permissions import can_edit


def can_forget(actor, user):
    """The person themself; or the operator, by a command (``actor`` is None)."""
    return actor is None or actor.pk == user.pk


def can_export_organisation(user, organisation):
    """A manager."""
    return can_edit(user, organisation)
