"""Reads about one organisation, or about those who hold a role."""

from django.db.models import Count

from maillage.accounts.models import User

from .models import Exchange, Membership, TerritoryRole


def is_without_manager(organisation):
    """Somebody represented it once, and nobody manages it any more: it is to be taken over."""
    if organisation.is_draft or organisation.archived_at:
        return False
    return not organisation.memberships.standing().filter(role=Membership.Role.MANAGER).exists()


def with_branches(network, networks):
    """Keys of ``network`` and of what depends on it, at every depth, among ``networks``."""
    found, above = {network.pk}, [network.pk]
    while above:
        above = [one.pk for one in networks if one.parent_id in above and one.pk not in found]
        found.update(above)
    return sorted(found)


def roles_on(territory):
    """(role, how many people hold it today) on ``territory``: what a page may say of them is their function."""
    held = TerritoryRole.objects.filter(territory=territory, until=None).order_by()
    counted = dict(held.values_list("role").annotate(Count("user", distinct=True)))
    return [(role, counted[role]) for role in TerritoryRole.Role if role in counted]


def managers_of(organisation):
    """The people who manage ``organisation`` today."""
    managing = Membership.objects.standing().filter(organisation=organisation, role=Membership.Role.MANAGER)
    return User.objects.filter(is_active=True, pk__in=managing.values("user")).order_by("pk")


def exchanges_of(organisation):
    """(what it offers, what it seeks)."""
    rows = list(organisation.exchanges.all())
    return (
        [row for row in rows if row.side == Exchange.Side.OFFER],
        [row for row in rows if row.side == Exchange.Side.NEED],
    )
