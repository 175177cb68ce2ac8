"""What a person represents and writes: what waits for them is gathered in `digest`."""

from django.db.models import Q

from maillage.charters.models import Signature, TerritorialAdaptation
from maillage.groups.models import Group
from maillage.organisations.audiences import reader_of
from maillage.organisations.models import Membership


def my_memberships(user):
    return (
        Membership.objects.visible_to(user)
        .standing()
        .filter(user=user)
        .select_related("organisation")
        .order_by("organisation__search_name")
    )


def my_signatures(user):
    return (
        Signature.objects.visible_to(user)
        .filter(organisation_id__in=reader_of(user).organisation_ids)
        .select_related("organisation", "version__adaptation", "mandate")
        .order_by("-signed_at")
    )


def my_groups(user):
    """The groups whose affairs this person reads, or that invited the public body they work for."""
    return (
        Group.objects.visible_to(user)
        .active()
        .filter(
            Q(pk__in=Group.objects.inside(user).values("pk")) | Q(pk__in=Group.objects.inviting(user).values("pk"))
        )
    )


def my_workshops(user):
    return TerritorialAdaptation.objects.promoted_by(user).order_by("name")
