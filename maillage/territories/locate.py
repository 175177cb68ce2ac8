"""Which priority neighbourhood holds a point, and how far its border is: one index in memory for each process."""

import math
import threading
import time
from dataclasses import dataclass

import numpy as np
import shapely
from django.db import connection
from django.db.models import Count, F, Max, Sum
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils.translation import gettext as _

from . import geometry, vintages
from .models import Outline
from .refusals import PlaceNotFound

INDICATIVE_WITHIN_M = 15
"""The official borders are good to about 15 m: nearer than that, either answer may be right."""
CHECK_EVERY_SECONDS = 1.0
EARTH_RADIUS_M = 6_371_008.8
NEAR_M = 300_000


@dataclass(frozen=True, slots=True)
class Location:
    """Where a point stands in one vintage: in ``code``, or outside and then ``code`` is the nearest one.

    ``distance_m`` is the distance to the nearest border of ``code``, in metres, positive on both sides.
    ``indicative`` says that the point is too near the border for the answer to be certain.
    """

    vintage: int
    code: str
    name: str
    inside: bool
    distance_m: float
    indicative: bool
    territory_id: int


def locate(longitude, latitude, *, vintage=None):
    """A Location for each vintage known here, the latest first; only ``vintage`` if given. Degrees, WGS84.

    Raises PlaceNotFound where these are no degrees.
    """
    return current_index().locate(longitude, latitude, vintage=vintage)


def which_neighbourhoods(longitudes, latitudes, *, vintage=None):
    """The code of the neighbourhood that holds each point, "" where none does: an array as long as the points.

    ``vintage``: the latest known here by default. Two million points take a second or two.
    """
    return current_index().which(longitudes, latitudes, vintage=vintage)


class OutlineIndex:
    """Every border in force in its time, by vintage."""

    def __init__(self, rows):
        by_vintage = {}
        for row in rows:
            by_vintage.setdefault(row["vintage"], []).append(row)
        self.layers = {vintage: _Layer(vintage, by_vintage[vintage]) for vintage in sorted(by_vintage, reverse=True)}

    @property
    def vintages(self):
        """The latest first."""
        return list(self.layers)

    def locate(self, longitude, latitude, *, vintage=None):
        _refuse_other_coordinates(longitude, latitude)
        layers = self.layers.values() if vintage is None else filter(None, [self.layers.get(vintage)])
        return [layer.locate(longitude, latitude) for layer in layers]

    def code_at(self, longitude, latitude, *, vintage=None):
        """The code that holds the point, None outside: a few microseconds."""
        layer = self._layer(vintage)
        held = layer.holding(shapely.Point(longitude, latitude)) if layer else ()
        return layer.codes[min(held)] if len(held) else None

    def which(self, longitudes, latitudes, *, vintage=None):
        layer = self._layer(vintage)
        if layer is None:
            return np.full(len(longitudes), "", dtype=object)
        return layer.which(longitudes, latitudes)

    def _layer(self, vintage):
        return self.layers.get(vintage if vintage is not None else max(self.layers, default=None))


class _Layer:
    """The borders of one vintage, sorted by code."""

    def __init__(self, vintage, rows):
        rows = sorted(rows, key=lambda row: row["code"])
        self.vintage = vintage
        self.pks = [row["pk"] for row in rows]
        self.codes = [row["code"] for row in rows]
        self.names = [row["name"] for row in rows]
        self.shapes = shapely.from_wkb([bytes(row["geometry"]) for row in rows])
        shapely.prepare(self.shapes)
        self.tree = shapely.STRtree(self.shapes)

    def holding(self, point):
        """Positions of the shapes that hold ``point``, border included."""
        return self.tree.query(point, predicate="intersects")

    def locate(self, longitude, latitude):
        point = shapely.Point(longitude, latitude)
        held = self.holding(point)
        # Two neighbours may overlap by a few metres: the one that holds the point deepest.
        candidates = held if len(held) else self._near(point)
        distances = [(self._border_distance(position, point), position) for position in candidates]
        distance, position = max(distances) if len(held) else min(distances)
        return Location(
            vintage=self.vintage,
            code=self.codes[position],
            name=self.names[position],
            inside=bool(len(held)),
            distance_m=round(distance, 1),
            indicative=distance <= INDICATIVE_WITHIN_M,
            territory_id=self.pks[position],
        )

    def _near(self, point):
        """Positions among which the nearest in metres certainly is; the nearest in degrees may be another."""
        first = self.tree.query_nearest(point, all_matches=False)
        reach = self._border_distance(first[0], point) * 1.05 + 1
        east, north = geometry.metres_per_degree(min(abs(point.y) + reach / 111_000, 89))
        west_east, south_north = reach / east, reach / north
        return self.tree.query(
            shapely.box(point.x - west_east, point.y - south_north, point.x + west_east, point.y + south_north)
        )

    def _border_distance(self, position, point):
        """Metres from ``point`` to the border of a shape."""
        border = geometry.to_local_metres(self.shapes[position].boundary, point.x, point.y)
        line = shapely.shortest_line(shapely.Point(0, 0), border)
        x, y = shapely.get_coordinates(line)[-1]
        east, north = geometry.metres_per_degree(point.y)
        return ground_distance_m(point.x, point.y, point.x + x / east, point.y + y / north)

    def which(self, longitudes, latitudes):
        """Each shape against the points of its own box only: no point object is made, as millions would cost more."""
        longitudes, latitudes = np.asarray(longitudes, dtype=float), np.asarray(latitudes, dtype=float)
        order = np.argsort(longitudes)
        eastward, northing = longitudes[order], latitudes[order]
        bounds = shapely.bounds(self.shapes)
        starts = np.searchsorted(eastward, bounds[:, 0], side="left")
        stops = np.searchsorted(eastward, bounds[:, 2], side="right")
        found = np.full(len(order), len(self.codes))
        # From the last code to the first: the first one wins, as in `code_at`.
        for position in reversed(range(len(self.codes))):
            window = slice(starts[position], stops[position])
            south, north = bounds[position, 1], bounds[position, 3]
            boxed = np.nonzero((northing[window] >= south) & (northing[window] <= north))[0] + window.start
            held = shapely.intersects_xy(self.shapes[position], eastward[boxed], northing[boxed])
            found[order[boxed[held]]] = position
        return np.array([*self.codes, ""], dtype=object)[found]


def ground_distance_m(longitude, latitude, other_longitude, other_latitude):
    """Metres between two points: to the centimetre nearby, within 0.5 % across the world."""
    middle = (latitude + other_latitude) / 2
    east, north = geometry.metres_per_degree(middle)
    near = math.hypot((other_longitude - longitude) * east, (other_latitude - latitude) * north)
    if near < NEAR_M:
        return near
    one, other = math.radians(latitude), math.radians(other_latitude)
    turn = math.radians(other_longitude - longitude)
    half = math.sin((other - one) / 2) ** 2 + math.cos(one) * math.cos(other) * math.sin(turn / 2) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(half)))


def _refuse_other_coordinates(longitude, latitude):
    if not (abs(longitude) <= 180 and abs(latitude) <= 90):
        raise PlaceNotFound(_("Ce ne sont pas une longitude (−180 à 180) et une latitude (−90 à 90), en degrés."))


class _Kept:
    """The index of this process, and what it was built from."""

    lock = threading.Lock()
    index = None
    marker = None
    checked_in = None
    checked_at = 0.0


def current_index():
    """The index of this process, rebuilt where the borders changed.

    Looked at once a transaction, otherwise once a second at most: a lookup makes no query.
    """
    here = connection.atomic_blocks[-1] if connection.in_atomic_block else None
    now = time.monotonic()
    fresh = here is not None or now - _Kept.checked_at < CHECK_EVERY_SECONDS
    index = _Kept.index
    if index is not None and _Kept.checked_in is here and fresh:
        return index
    with _Kept.lock:
        marker = _marker()
        if index is None or _Kept.marker != marker:
            index = _build()
        _Kept.index, _Kept.marker, _Kept.checked_in, _Kept.checked_at = index, marker, here, now
        return index


def forget_index(**_signal):
    """The next lookup looks at the borders again."""
    _Kept.index = None


receiver([post_save, post_delete], sender=Outline)(forget_index)


def _marker():
    return Outline.objects.filter(territory__kind="qpv").aggregate(
        count=Count("pk"),
        last=Max("pk"),
        moment=Max("imported_at"),
        surface=Sum("area_m2"),
        ended=Count("territory__valid_until"),
        ended_on=Max("territory__valid_until"),
    )


def _build():
    rows = Outline.objects.filter(territory__kind="qpv").values(
        "pk",
        "geometry",
        code=F("territory__code"),
        name=F("territory__name"),
        vintage=F("territory__vintage"),
        valid_until=F("territory__valid_until"),
    )
    return OutlineIndex(row for row in rows if _lasted(row))


def _lasted(row):
    """Not one that a later file of its own vintage dropped before the vintage's end."""
    regular = vintages.ends_on(row["vintage"], row["code"])
    return row["valid_until"] is None or (regular is not None and row["valid_until"] >= regular)
