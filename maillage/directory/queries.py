"""Reads for the pages that gather."""

from django.db.models import Exists, OuterRef, Q

from maillage.charters.models import CharterVersion, Signature
from maillage.organisations.models import Organisation
from maillage.territories.models import Territory


def neighbourhoods(*, text="", departement="", vintage=None):
    """Priority neighbourhoods in force (or of ``vintage``), by name.

    ``text``: words of its name, its code, the name or a postcode of its commune.
    """
    found = Territory.objects.priority_neighbourhoods().select_related("departement", "region")
    found = found.filter(vintage=vintage) if vintage else found.filter(valid_until=None)
    if departement:
        found = found.filter(departement__code=departement)
    if text:
        here = Territory.objects.matching(text)
        found = found.filter(Q(pk__in=here.values("pk")) | Q(communes__in=here.communes().values("pk"))).distinct()
    return found.order_by("search_name", "code")


def departements_with_neighbourhoods():
    """(code, name) of the départements that have a priority neighbourhood in force."""
    inside = Territory.objects.priority_neighbourhoods().filter(valid_until=None, departement=OuterRef("pk"))
    return (
        Territory.objects.filter(kind=Territory.Kind.DEPARTEMENT)
        .filter(Exists(inside))
        .order_by("code")
        .values_list("code", "name")
    )


def signatures_in(territory, user):
    """Standing signatures of organisations that act in ``territory``, as ``user`` may see them."""
    acting = Organisation.objects.acting_in(territory)
    return (
        Signature.objects.visible_to(user)
        .standing()
        .filter(organisation__in=acting.values("pk"))
        .for_lists()
        .order_by("organisation__search_name")
    )


def adaptations_of(territory, user):
    """Versions of adaptations that cover ``territory``, newest first, as ``user`` may see them."""
    return (
        CharterVersion.objects.visible_to(user)
        .filter(adaptation__territories__in=Territory.objects.within(territory).values("pk"), superseded_at=None)
        .select_related("adaptation")
        .with_signature_count()
        .order_by("-published_at")
        .distinct()
    )
