"""The directory of organisations, narrowed by words, place, theme… The list, the map and the CSV all read this."""

import math
from dataclasses import dataclass, field

from django.db.models import Avg, Count, Exists, F, FloatField, Min, OuterRef, Prefetch, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from maillage.charters.models import Signature
from maillage.organisations.finding import matching
from maillage.organisations.models import Exchange, NetworkMembership, Organisation
from maillage.territories.locate import ground_distance_m
from maillage.territories.models import Territory

NEAR_DEGREES = 0.45
"""Of latitude, on each side: about 50 km. Farther is not near."""
MOST_PLACES = 3_000
OTHER_PLACES = 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the directory is narrowed to; everything may stay empty. ``on``: the day that says who is federated."""

    on: object
    text: str = ""
    place: Territory | None = None
    near: Territory | None = None
    theme: str = ""
    network: tuple = ()
    """Keys of a network and of its branches."""
    employer: str = ""
    offers: str = ""
    needs: str = ""
    unaffiliated: bool = False
    signatory: bool = False
    seeks_partners: bool = False
    sort: str = ""
    nowhere: bool = False
    """A place was typed that does not exist: nothing is there."""
    others: list = field(default_factory=list)
    """Other places that the words typed may mean."""


def place_named(text):
    """(territory in force that ``text`` names first, the few others it may mean); (None, []) where there is none."""
    in_force = Territory.objects.filter(valid_until=None).select_related("departement")
    # Our own links give the last word of an address, which always holds a code.
    written = text.strip()[:32]
    if any(character.isdigit() for character in written):
        exact = in_force.filter(slug__in={written, written.lower(), written.upper()}).first()
        if exact:
            return exact, []
    found = list(in_force.matching(text)[: OTHER_PLACES + 1])
    return (found[0], found[1:]) if found else (None, [])


def locate(place):
    """Gives ``place`` a point where official files gave none: the middle of what lies in it. Whether it has one."""
    if place.longitude is None:
        inside = Territory.objects.within(place).aggregate(longitude=Avg("longitude"), latitude=Avg("latitude"))
        place.longitude, place.latitude = inside["longitude"], inside["latitude"]
    return place.longitude is not None


def organisations(user, wanted):
    """Organisations that ``user`` may see, as `Wanted` says; with ``distance_m`` where something near is wanted."""
    found = Organisation.objects.visible_to(user).listed()
    if wanted.nowhere:
        return found.none()
    if wanted.text:
        found = matching(found, wanted.text)
    if wanted.place:
        found = found.acting_in(wanted.place)
    for condition in _conditions(user, wanted):
        found = found.filter(condition)
    if wanted.unaffiliated:
        found = found.unaffiliated(wanted.on)
    if wanted.near:
        found = _near(found, wanted.near)
    return _sorted(found, wanted)


def _conditions(user, wanted):
    own = OuterRef("pk")
    if wanted.theme:
        yield Q(themes__theme=wanted.theme)
    if wanted.employer:
        yield Q(employer=wanted.employer)
    if wanted.seeks_partners:
        yield Q(seeks_partners=True)
    for side, kind in ((Exchange.Side.OFFER, wanted.offers), (Exchange.Side.NEED, wanted.needs)):
        if kind:
            yield Exists(Exchange.objects.filter(organisation=own, side=side, kind=kind))
    if wanted.network:
        in_force = NetworkMembership.objects.in_force(wanted.on)
        yield Exists(in_force.filter(network__in=wanted.network, organisation=own))
    if wanted.signatory:
        yield Exists(Signature.objects.visible_to(user).standing().filter(organisation=own))


def _near(found, place):
    """Those that act within 50 km of the middle of ``place``, with the square of their distance, in degrees."""
    width = NEAR_DEGREES / math.cos(math.radians(place.latitude))
    box = {
        "latitude__range": (place.latitude - NEAR_DEGREES, place.latitude + NEAR_DEGREES),
        "longitude__range": (place.longitude - width, place.longitude + width),
    }
    around = Q(**{f"territories__{name}": value for name, value in box.items()})
    return found.filter(around).annotate(away=Min(_square_away("territories", place), output_field=FloatField()))


def _square_away(link, place):
    narrowing = math.cos(math.radians(place.latitude))
    east = (F(f"{link}__longitude") - place.longitude) * narrowing
    north = F(f"{link}__latitude") - place.latitude
    return east * east + north * north


def _sorted(found, wanted):
    if wanted.near and wanted.sort in {"", "distance"}:
        return found.order_by("away", "search_name", "pk")
    if wanted.sort == "recent":
        return found.order_by(Coalesce("refreshed_at", "claimed_at", "created_at").desc(), "pk")
    if wanted.text and wanted.sort in {"", "distance"}:
        return found  # names that answer first: `matching` has said so
    return found.order_by("search_name", "pk")


def for_list(found, *, near=None):
    """With what the list shows of each; the distance, where something near is wanted."""
    found = found.select_related("seat").prefetch_related("themes")
    return found.prefetch_related("territories") if near else found


def for_export(found, *, on):
    """With what the CSV tells of each."""
    networks = NetworkMembership.objects.in_force(on).select_related("network")
    return found.select_related("seat").prefetch_related(
        "themes", "territories", Prefetch("network_memberships", networks)
    )


def distance_km(organisation, place):
    """Kilometres from the middle of ``place`` to the nearest place where ``organisation`` acts; None if unknown."""
    points = [(t.longitude, t.latitude) for t in organisation.territories.all() if t.longitude is not None]
    if not points:
        return None
    return min(ground_distance_m(place.longitude, place.latitude, *point) for point in points) / 1000


def places_of(found):
    """Where the organisations ``found`` act: (territory, how many of them), the most first, at most MOST_PLACES."""
    through = Organisation.territories.through.objects.filter(
        organisation__in=found.order_by().values("pk"),
        territory__latitude__isnull=False,
        territory__valid_until=None,
    )
    rows = through.values("territory").annotate(number=Count("organisation")).order_by("-number", "territory")
    numbers = {row["territory"]: row["number"] for row in rows[:MOST_PLACES]}
    places = Territory.objects.only("name", "slug", "longitude", "latitude", "code").in_bulk(list(numbers))
    return [(places[pk], number) for pk, number in numbers.items()]


SORTS = [("", _("Nom")), ("distance", _("Distance")), ("recent", _("Relues récemment"))]
