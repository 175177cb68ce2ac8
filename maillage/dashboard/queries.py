"""What a person represents and writes: what waits for them is gathered in `digest`."""

from maillage.charters.models import Signature, TerritorialAdaptation
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


def my_workshops(user):
    return TerritorialAdaptation.objects.promoted_by(user).order_by("name")
