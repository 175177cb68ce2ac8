"""Who enters proposals, echoes them, says where they stand, writes to addressees. Public partners: nothing."""

from maillage.organisations.audiences import reader_of
from maillage.organisations.permissions import can_coordinate_any, speaks_for


def can_enter(user):
    """From the paper: national editors."""
    return reader_of(user).is_editor


def can_echo(user):
    return bool(reader_of(user).association_ids)


def can_withdraw(user, echo):
    return echo.withdrawn_at is None and speaks_for(user, echo.organisation_id)


def can_note_on(user, territory):
    """Says where a proposal stands there, writes in the name of its associations: its coordination; national editors
    for the state alone.
    """
    return can_coordinate_any(user, [territory])


def can_note_state(user, territory):
    return can_note_on(user, territory) or reader_of(user).is_editor


def can_edit(user, appeal):
    return appeal.sent_on is None and can_note_on(user, appeal.territory)
