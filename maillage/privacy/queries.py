"""Reads across organisations and the people who act for them."""

from django.db.models import Exists, OuterRef, Q

from maillage.accounts.models import User
from maillage.organisations.models import Membership, Organisation, TerritoryRole


def _managers():
    return Membership.objects.standing().filter(role=Membership.Role.MANAGER, organisation=OuterRef("pk"))


def managed_alone(user):
    """Organisations that ``user`` alone manages today: without them, nobody could change anything there."""
    managers = _managers()
    return (
        Organisation.objects.filter(Exists(managers.filter(user=user)), archived_at=None)
        .exclude(Exists(managers.exclude(user=user)))
        .order_by("search_name")
    )


def people_who_could_help(organisation, *, without):
    """The organisation's other people and the coordinators of its territories; ``without`` the one who leaves."""
    coordinators = TerritoryRole.objects.filter(
        territory__in=organisation.territories.values("pk"), role=TerritoryRole.Role.COORDINATOR, until=None
    )
    members = organisation.memberships.standing()
    return (
        User.objects.filter(Q(pk__in=members.values("user")) | Q(pk__in=coordinators.values("user")), is_active=True)
        .exclude(pk=without.pk)
        .order_by("pk")
    )
