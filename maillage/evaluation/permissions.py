"""Who may do what to look backs. Views ask to hide a button; actions ask to refuse."""

from maillage.organisations.audiences import reader_of


def can_coordinate(user, campaign):
    """Whoever coordinates its territory; an editor, for the national text."""
    reader = reader_of(user)
    if campaign.territory_id is None:
        return reader.is_editor
    return campaign.territory_id in reader.coordinated_territory_ids


def can_answer(user, look_back):
    """Any member of that association: somebody else may go on with what one began."""
    return look_back.organisation_id in reader_of(user).association_ids


def can_read_regions(user):
    """Those who follow a network, who coordinate somewhere, who edit the national text. Never a public partner."""
    reader = reader_of(user)
    return bool(reader.followed_network_ids or reader.coordinated_territory_ids or reader.is_editor)
