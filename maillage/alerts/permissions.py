"""Who sends an alert, who answers it. What one may not see, one cannot act upon: see `AlertQuerySet.visible_to`."""

from maillage.organisations.audiences import reader_of


def managed_by(user):
    """Keys of the associations in whose names ``user`` may alert: confirmed, and managed by them."""
    reader = reader_of(user)
    return reader.managed_ids & reader.association_ids


def can_send(user, organisation_id):
    return organisation_id in managed_by(user)


def is_of_association(user, alert):
    return can_send(user, alert.organisation_id)


def is_chosen(user, alert):
    """The person that it was sent to, as long as they hold the role."""
    return alert.role.user_id == user.pk and alert.role.until is None and not reader_of(user).is_public_partner


def can_read_synthesis(user):
    """Coordination and networks; never a public partner."""
    reader = reader_of(user)
    return bool(reader.coordinated_territory_ids or reader.followed_network_ids)
