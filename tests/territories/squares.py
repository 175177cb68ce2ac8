"""Tiny hand-made official files: neighbourhoods that are squares, and three communes."""

import copy
import datetime

from django.utils import timezone

SIDE = 0.01
"""Degrees: about 1,112 metres from south to north."""


def square(longitude=2.0, latitude=43.0, side=SIDE):
    """A GeoJSON polygon; its south-west corner is given."""
    east, north = longitude + side, latitude + side
    ring = [[longitude, latitude], [east, latitude], [east, north], [longitude, north], [longitude, latitude]]
    return {"type": "Polygon", "coordinates": [ring]}


def bow_tie(longitude=2.0, latitude=43.0, side=SIDE):
    """A ring that crosses itself: two triangles of a quarter of the square each."""
    east, north = longitude + side, latitude + side
    ring = [[longitude, latitude], [east, north], [east, latitude], [longitude, north], [longitude, latitude]]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(code="QN01101I", name="Ozanam", border=None, **properties):
    """A feature with the property names of 2024, in Carcassonne (Aude, Occitanie)."""
    return {
        "type": "Feature",
        "properties": {
            "fid": 1,
            "code_qp": code,
            "lib_qp": name,
            "insee_reg": "76",
            "lib_reg": "Occitanie",
            "insee_dep": "11",
            "lib_dep": "Aude",
            "insee_com": "11069",
            "lib_com": "Carcassonne",
            "siren_epci": "200035715",
            **properties,
        },
        "geometry": border or square(),
    }


def old_feature(code="QP011001", name="Ozanam", border=None, communes="Carcassonne"):
    """A feature with the property names of 2015."""
    return {
        "type": "Feature",
        "properties": {"CODE_QP": code, "NOM_QP": name, "COMMUNE_QP": communes},
        "geometry": border or square(),
    }


def collection(*features):
    return {"type": "FeatureCollection", "features": list(features)}


def moment(year=2026, month=1, day=15):
    return timezone.make_aware(datetime.datetime(year, month, day, 12))


_COMMUNES = [
    {
        "nom": "Carcassonne",
        "code": "11069",
        "codesPostaux": ["11000", "11090"],
        "codeDepartement": "11",
        "codeRegion": "76",
        "codeEpci": "200035715",
        "population": 46218,
        "centre": {"type": "Point", "coordinates": [2.3491, 43.2122]},
    },
    {
        "nom": "Paris",
        "code": "75056",
        "codesPostaux": ["75001 75018"],
        "departement": {"code": "75", "nom": "Paris"},
        "region": {"code": "11", "nom": "Île-de-France"},
        "epci": {"code": "200054781", "nom": "Métropole du Grand Paris"},
        "population": 2113705,
        "centre": {"type": "Point", "coordinates": [2.347, 48.8589]},
    },
    {
        "nom": "Paris 18e Arrondissement",
        "code": "75118",
        "type": "arrondissement-municipal",
        "commune": "75056",
        "codesPostaux": ["75018"],
        "codeDepartement": "75",
        "codeRegion": "11",
        "population": 190000,
        "centre": {"type": "Point", "coordinates": [2.3487, 48.8925]},
    },
]


def communes():
    """Three rows as geo.api.gouv.fr gives them, in both of its forms; a copy each time."""
    return copy.deepcopy(_COMMUNES)
