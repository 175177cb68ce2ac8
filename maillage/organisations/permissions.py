"""Who may do what to an organisation."""

from .audiences import reader_of
from .queries import is_without_manager


def can_coordinate_any(user, territories):
    """Coordinates at least one of ``territories``, or a commune that one of them lies in."""
    return any(territory.pk in reader_of(user).coordinated_territory_ids for territory in territories)


def speaks_for(user, organisation_id):
    """Acts in the name of a confirmed association. What is daily life (lending, announcing) asks no mandate."""
    return organisation_id in reader_of(user).association_ids


def can_edit(user, organisation):
    """A manager of the organisation, as long as it acts."""
    return organisation.archived_at is None and organisation.pk in reader_of(user).managed_ids


def is_member(user, organisation):
    return organisation.pk in reader_of(user).organisation_ids


def can_confirm(user, organisation):
    """A coordinator of one of its territories, or a peer: a confirmed association of the same territory.

    Never one of its own members, and never a public partner.
    """
    if is_member(user, organisation) or organisation.is_draft:
        return False
    territories = {territory.pk for territory in organisation.territories.all()}
    return bool(territories & reader_of(user).space_territory_ids)


def can_hand_over(user, organisation):
    """A manager; or a coordinator of one of its territories, where its board has changed and nobody answers."""
    if organisation.archived_at:
        return False
    if can_edit(user, organisation):
        return True
    return not organisation.is_public_partner and can_coordinate_any(user, organisation.territories.all())


def can_take_over(user, organisation):
    """Whoever already acts for an organisation that nobody manages any more."""
    return user.is_authenticated and is_member(user, organisation) and is_without_manager(organisation)


def can_merge(user, kept, gone):
    """Whoever coordinates a territory of each, or manages both. Never with a public partner."""
    if kept.is_public_partner or gone.is_public_partner:
        return False
    return all(can_edit(user, o) or can_coordinate_any(user, o.territories.all()) for o in (kept, gone))


def can_archive(user, organisation):
    """A manager, or a coordinator of one of its territories."""
    return can_hand_over(user, organisation)


def can_confirm_mandate(user, mandate):
    """A second member of the organisation, or a coordinator of one of its territories; never its holder."""
    if mandate.user_id == user.pk:
        return False
    if mandate.organisation_id in reader_of(user).organisation_ids:
        return True
    return can_coordinate_any(user, mandate.organisation.territories.all())


def can_follow(user, network):
    """Whoever works for the network: sees its members here, brings its list."""
    return user.is_authenticated and network.pk in reader_of(user).followed_network_ids
