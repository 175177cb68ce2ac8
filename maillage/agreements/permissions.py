"""Who may do what with an agreement: the people of its parties. The coordination reads, where it is shown to it."""

from maillage.organisations.audiences import reader_of
from maillage.organisations.models import Mandate

from .models import Agreement


def parties_for(user, agreement):
    """The parties of ``agreement`` that ``user`` acts for: confirmed, and still there."""
    return list(agreement.parties.of(user).filter(organisation__archived_at=None).select_related("organisation"))


def can_start(user):
    """Somebody of a confirmed association: a public partner is named by others."""
    return bool(reader_of(user).association_ids)


def can_edit(user, agreement):
    """Anybody of a party, until the text is settled."""
    return agreement.is_open_to_change and bool(parties_for(user, agreement))


def can_take_back(user, agreement):
    """Opens the text again: anybody of a party, as long as nobody has signed."""
    if agreement.state != Agreement.State.TO_SIGN or not parties_for(user, agreement):
        return False
    return not agreement.parties.exclude(signed_at=None).exists()


def can_drop(user, agreement):
    return agreement.state not in {Agreement.State.SIGNED, Agreement.State.DROPPED} and bool(
        parties_for(user, agreement)
    )


def can_end(user, agreement):
    return (
        agreement.state == Agreement.State.SIGNED
        and agreement.ended_on is None
        and bool(parties_for(user, agreement))
    )


def mandate_in_force(user, organisation, on):
    """The mandate with which ``user`` may bind ``organisation`` on the day ``on``, or None."""
    return Mandate.objects.in_force(on).filter(user=user, organisation=organisation).first()
