"""Reads for the pages that gather."""

from django.db.models import Exists, OuterRef, Q

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
