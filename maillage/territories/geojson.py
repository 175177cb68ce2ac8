"""Borders as GeoJSON (RFC 7946), for maps and open data."""

import json

import shapely

from . import geometry

LICENCE = "Licence Ouverte 2.0"
DECIMALS = 6


def feature(territory):
    """The GeoJSON Feature of a territory that has an outline: border, code, name, vintage, licence and source."""
    return {
        "type": "Feature",
        "id": territory.code,
        "properties": {
            "code": territory.code,
            "nom": territory.name,
            "millesime": territory.vintage,
            "en_vigueur_depuis": _day(territory.valid_from),
            "en_vigueur_jusqu_au": _day(territory.valid_until),
            "licence": LICENCE,
            "source": territory.source,
        },
        "geometry": border(territory.outline),
    }


def feature_collection(territories):
    return {"type": "FeatureCollection", "features": [feature(territory) for territory in territories]}


def border(outline):
    """The geometry alone, six decimals (0.1 m)."""
    shaped = geometry.from_wkb(outline.geometry)
    rounded = shapely.transform(shaped, lambda degrees: degrees.round(DECIMALS))
    return json.loads(shapely.to_geojson(rounded))


def _day(day):
    return day.isoformat() if day else None
