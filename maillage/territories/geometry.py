"""Borders: reading them, measuring them in metres, drawing them. Everything else is in WGS84 degrees."""

import itertools
import math
from dataclasses import dataclass

import numpy as np
import shapely
from django.utils.translation import gettext as _
from shapely.geometry import shape

from .refusals import GeometryRefused

BOX = 1000
"""Width of a drawing, and its greatest height, in drawing units."""
DRAWING_BYTES = 3_000
SEMI_MAJOR_M = 6_378_137.0
ECCENTRICITY_SQUARED = 0.00669437999014
"""WGS84's ellipsoid."""
POLYGONAL = {"Polygon", "MultiPolygon", "GeometryCollection"}


def read_multipolygon(geometry):
    """A valid MultiPolygon in WGS84 from a GeoJSON geometry, and whether it had to be repaired.

    A ring that crosses itself is repaired (ST_MakeValid); what is no surface is left out. Raises GeometryRefused,
    in French, where no surface is left or where coordinates are not degrees.
    """
    shaped = _read(geometry)
    _refuse_other_coordinates(shaped)
    repaired = not shapely.is_valid(shaped)
    polygons = _polygons(shapely.make_valid(shaped) if repaired else shaped)
    if not polygons:
        raise GeometryRefused(_("son contour n’enferme aucune surface"))
    whole = shapely.multipolygons(polygons)
    if not shapely.is_valid(whole):
        whole, repaired = shapely.multipolygons(_polygons(shapely.union_all(polygons))), True
    return shapely.orient_polygons(whole), repaired


def _read(geometry):
    if not isinstance(geometry, dict) or geometry.get("type") not in POLYGONAL:
        raise GeometryRefused(_("son contour n’est pas un polygone"))
    try:
        with np.errstate(invalid="ignore"):
            shaped = shapely.force_2d(shape(geometry))
    except (ValueError, TypeError, LookupError, AttributeError, shapely.errors.ShapelyError):
        raise GeometryRefused(_("son contour est illisible")) from None
    if shapely.is_empty(shaped):
        raise GeometryRefused(_("son contour est vide"))
    return shaped


def _refuse_other_coordinates(shaped):
    coordinates = shapely.get_coordinates(shaped)
    if not np.isfinite(coordinates).all():
        raise GeometryRefused(_("son contour contient une coordonnée qui n’est pas un nombre"))
    if (np.abs(coordinates) > (180, 90)).any():
        raise GeometryRefused(
            _(
                "ses coordonnées ne sont pas en longitude et latitude (WGS84) : le fichier est sans doute en"
                " Lambert-93 ou en UTM ; prenez celui dont le nom finit par WGS84.geojson"
            )
        )


def _polygons(shaped):
    parts = shapely.get_parts(shaped)
    flat = []
    for part in parts:
        if part.geom_type == "Polygon":
            flat.append(part)
        elif part.geom_type in {"MultiPolygon", "GeometryCollection"}:
            flat.extend(_polygons(part))
    return [part for part in flat if part.area > 0]


def to_wkb(shaped):
    return shapely.to_wkb(shaped)


def from_wkb(stored):
    """The shape in a `BinaryField`, which PostgreSQL gives as a memoryview."""
    return shapely.from_wkb(bytes(stored))


def metres_per_degree(latitude):
    """Length in metres of one degree of longitude and of one degree of latitude, on WGS84's ellipsoid."""
    radians = np.radians(latitude)
    flattening = 1 - ECCENTRICITY_SQUARED * np.sin(radians) ** 2
    east = SEMI_MAJOR_M / np.sqrt(flattening) * np.cos(radians)
    north = SEMI_MAJOR_M * (1 - ECCENTRICITY_SQUARED) / flattening**1.5
    return math.radians(1) * np.maximum(east, 1.0), math.radians(1) * north


def to_local_metres(shaped, longitude, latitude):
    """``shaped`` in metres east and north of a point; good to the metre within some twenty kilometres of it."""
    scale = metres_per_degree(latitude)
    return shapely.transform(shaped, lambda degrees: (degrees - (longitude, latitude)) * scale)


def area_m2(shaped):
    """Square metres, in a projection local to the shape."""
    west, south, east, north = shaped.bounds
    local = to_local_metres(shaped, (west + east) / 2, (south + north) / 2)
    return round(local.area)


def inner_point(shaped):
    """Longitude and latitude of a point certainly inside, in the largest part; six decimals (0.1 m)."""
    largest = max(shapely.get_parts(shaped), key=lambda part: part.area)
    point = shapely.point_on_surface(largest)
    return round(point.x, 6), round(point.y, 6)


@dataclass(frozen=True)
class Drawing:
    """The `d` attribute of an SVG path in a box of 1,000 by ``height`` units, north up."""

    path: str
    height: int


def draw(shaped):
    """A small drawing of ``shaped``: integer coordinates, about 3 kB at most, details dropped as needed."""
    west, south, east, north = shaped.bounds
    scale_x, scale_y = metres_per_degree((south + north) / 2)
    width_m, height_m = max((east - west) * scale_x, 1e-3), max((north - south) * scale_y, 1e-3)
    unit = BOX / max(width_m, height_m)
    height = max(1, round(height_m * unit))
    corner = ((BOX - width_m * unit) / 2, 0)
    flat = shapely.transform(shaped, lambda xy: (xy - (west, north)) * (scale_x * unit, -scale_y * unit) + corner)
    tolerance = 1.0
    path = _path(shapely.simplify(flat, tolerance), smallest=1)
    while len(path) > DRAWING_BYTES and tolerance < BOX:
        tolerance *= 1.6
        path = _path(shapely.simplify(flat, tolerance), smallest=tolerance**2)
    return Drawing(path or _path(flat.envelope, smallest=0), height)


def _path(flat, *, smallest):
    """The path of every ring larger than ``smallest`` square units, the largest first."""
    polygons = sorted(shapely.get_parts(flat), key=lambda part: part.area, reverse=True)
    rings = [
        ring
        for polygon in polygons
        for ring in (polygon.exterior, *polygon.interiors)
        if shapely.polygons(ring).area >= smallest
    ]
    return "".join(_ring(np.rint(shapely.get_coordinates(ring)).astype(int)) for ring in rings)


def _ring(points):
    """One closed ring, each corner given from the one before; nothing where fewer than three corners are left."""
    corners = [points[0].tolist()]
    for point in points[1:-1].tolist():
        if point != corners[-1]:
            corners.append(point)
    if len(corners) < 3:
        return ""
    steps = []
    for (x, y), (next_x, next_y) in itertools.pairwise(corners):
        steps += [next_x - x, next_y - y]
    first, *others = steps
    text = "".join(f"{step}" if step < 0 else f" {step}" for step in others)
    return f"M{corners[0][0]} {corners[0][1]}l{first}{text}z"
