"""Reads for the pages that gather."""

from django.db.models import Exists, OuterRef, Q

from maillage.charters.models import Signature
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


def organisations(user, *, text="", territory="", theme="", unaffiliated=False, signatory=False, on):
    """Organisations that ``user`` may see, by name; the day ``on`` says who is federated."""
    found = Organisation.objects.visible_to(user).listed().select_related("seat")
    if text:
        found = found.matching(text)
    if territory:
        places = Territory.objects.matching(territory).values("pk")
        found = found.filter(
            Exists(
                Organisation.territories.through.objects.filter(
                    organisation_id=OuterRef("pk"), territory_id__in=places
                )
            )
        )
    if theme:
        found = found.filter(themes__theme=theme)
    if unaffiliated:
        found = found.unaffiliated(on)
    if signatory:
        standing = Signature.objects.visible_to(user).standing().filter(organisation=OuterRef("pk"))
        found = found.filter(Exists(standing))
    return found.prefetch_related("themes").order_by("search_name")
