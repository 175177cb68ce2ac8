"""Who may do what to the charter. Views ask to hide a button; actions ask to refuse."""

from maillage.organisations.audiences import reader_of
from maillage.organisations.permissions import can_coordinate_any


def can_edit_national_text(user):
    """Editors of the platform."""
    return reader_of(user).is_editor


def can_open_adaptation(user, territories):
    """A confirmed association that acts on every one of the territories, or whoever coordinates them."""
    here = {territory.pk for territory in territories}
    return bool(here) and here <= reader_of(user).space_territory_ids


def can_promote(user, adaptation):
    """A member of a promoter, or the coordinator of one of its territories."""
    reader = reader_of(user)
    if can_coordinate_any(user, adaptation.territories.all()):
        return True
    return any(promoter.pk in reader.association_ids for promoter in adaptation.promoters.all())


def can_join(user, adaptation, organisation):
    """A member of a confirmed association that acts on one of its territories."""
    if organisation.pk not in reader_of(user).association_ids:
        return False
    here = {territory.pk for territory in adaptation.territories.all()}
    return any(territory.pk in here for territory in organisation.territories.all())


def can_edit_draft(user, version):
    """Whoever may write the national text, or promote the adaptation, while it is not published."""
    if version.is_published:
        return False
    if version.adaptation_id is None:
        return can_edit_national_text(user)
    return can_promote(user, version.adaptation)


def can_remark(user, version, organisation):
    """A member of a confirmed association of the adaptation's territories, while it is open to remarks."""
    if not version.is_open_to_remarks or organisation.pk not in reader_of(user).association_ids:
        return False
    territories = {territory.pk for territory in organisation.territories.all()}
    return any(territory.pk in territories for territory in version.adaptation.territories.all())


def can_withdraw(user, signature):
    """Any standing member of the organisation: leaving must be as simple as signing.

    Where the organisation is still to be confirmed, only who signed: a stranger who claims it withdraws nothing.
    """
    if not signature.is_standing or signature.organisation_id not in reader_of(user).organisation_ids:
        return False
    return signature.organisation.is_confirmed or signature.signed_by_id == user.pk


def can_sign_again(user, signature, on):
    """A member whose mandate for the organisation is in force on the day ``on``, where a newer version waits."""
    if not signature.is_standing or signature.organisation_id not in reader_of(user).organisation_ids:
        return False
    return user.mandates.in_force(on).filter(organisation=signature.organisation_id).exists()


def can_renew(user, signature):
    """Any member of the organisation; without a mandate in force, they declare theirs at the same time."""
    return signature.is_standing and signature.organisation_id in reader_of(user).organisation_ids


def can_gather(user):
    """Coordinates somewhere: may enter what was signed on paper, or help somebody to sign."""
    return bool(reader_of(user).coordinated_territory_ids)


def can_gather_for(user, organisation):
    """Coordinates one of the territories of ``organisation``: its neighbours' signatures are not theirs to enter."""
    return can_coordinate_any(user, organisation.territories.all())


def can_download_certificate(user, signature):
    """Its organisation, and the coordinators of its territories: the certificate names the person who signed."""
    return signature.is_standing and can_see_involvement(user, signature)


def can_see_involvement(user, signature):
    """The organisation itself, and the coordinators of its territories: who wishes to act is theirs to know."""
    if signature.organisation_id in reader_of(user).organisation_ids:
        return True
    return can_coordinate_any(user, signature.organisation.territories.all())


def can_decide_borders(user, former):
    """Whoever coordinates a neighbourhood that ended, or one that follows it."""
    return can_coordinate_any(user, [former, *former.successors.all()])
