"""Who may do what to a person's data, and to an organisation that somebody leaves."""

from maillage.organisations.audiences import reader_of


def can_forget(actor, user):
    """The person themself; or the operator, by a command (``actor`` is None)."""
    return actor is None or actor.pk == user.pk


def can_export_organisation(user, organisation):
    """A manager."""
    # Also once it is archived: what it wrote is its own.
    return organisation.pk in reader_of(user).managed_ids
