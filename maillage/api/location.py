"""Which priority neighbourhood holds a point or an address, by vintage. Nothing asked is kept."""

import dataclasses

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Field, Query, Router, Schema

from maillage.territories.geocoder import is_configured
from maillage.territories.locate import locate
from maillage.territories.places import Place, find_place
from maillage.territories.refusals import PlaceNotFound

from .problems import Problem
from .schemas import LICENCE, LICENCE_ADDRESS

SOURCE = "ANCT : contours des quartiers prioritaires"


class PointLine(Schema):
    """Where a point stands in one vintage."""

    millesime: int = Field(description=_("l’année de la géographie prioritaire"))
    code: str = Field(description=_("le quartier qui contient le point, sinon le plus proche"))
    nom: str = Field(description=_("son nom"))
    dedans: bool = Field(description=_("vrai : le point est dans ce quartier"))
    distance_m: float = Field(description=_("distance au bord de ce quartier, en mètres, dedans comme dehors"))
    indicatif: bool = Field(description=_("vrai : trop près du bord, ou adresse trop vague, pour être certain"))


class Asked(Schema):
    """What was understood of the question."""

    longitude: float = Field(description=_("du point cherché, en degrés (WGS84)"))
    latitude: float = Field(description=_("du point cherché, en degrés (WGS84)"))
    lieu: str = Field(description=_("ce qui a été compris de l’adresse"))
    precision: str = Field(description=_("`point`, `address`, `street` ou `commune` (alors, son centre)"))
    remarque: str = Field(description=_("pourquoi une réponse plus précise n’a pas pu être donnée"))


class Located(Schema):
    """The answer for each vintage known here, the latest first."""

    ressource: str = Field(description=_("le nom de la ressource"))
    licence: str = Field(description=_("à quelles conditions réutiliser"))
    licence_adresse: str = Field(description=_("où lire la licence"))
    source: str = Field(description=_("qui citer"))
    date: str = Field(description=_("le jour de cette réponse (AAAA-MM-JJ)"))
    demande: Asked = Field(description=_("le point cherché"))
    donnees: list[PointLine] = Field(description=_("une ligne par millésime, le plus récent d’abord"))


class LocationFilters(Schema):
    lon: float | None = Field(
        None, ge=-180, le=180, allow_inf_nan=False, description=_("longitude, en degrés ; avec `lat`")
    )
    lat: float | None = Field(
        None, ge=-90, le=90, allow_inf_nan=False, description=_("latitude, en degrés ; avec `lon`")
    )
    adresse: str = Field(
        "",
        max_length=200,
        pattern=r"^[^\x00-\x1f\x7f]*$",
        description=_("une adresse, à la place d’un point, si la recherche d’adresses est activée ici"),
    )
    millesime: str = Field("", pattern=r"^([0-9]{4})?$", description=_("un seul millésime : 2015 ou 2024"))


router = Router()


@router.get("/localisation", response=Located, url_name="location", summary="Localisation")
def location(request, response: HttpResponse, wanted: Query[LocationFilters]):
    """Le quartier prioritaire qui contient un point ou une adresse, par millésime ; dehors, le plus proche."""
    if wanted.adresse:
        # Somebody's address is nobody else's affair: no cache between us keeps it.
        response["Cache-Control"] = "no-store"
    place = _place(wanted)
    found = locate(place.longitude, place.latitude, vintage=int(wanted.millesime) if wanted.millesime else None)
    is_vague = place.precision not in {"point", "address"}
    return {
        "ressource": "localisation",
        "licence": LICENCE,
        "licence_adresse": LICENCE_ADDRESS,
        "source": SOURCE,
        "date": timezone.localdate().isoformat(),
        "demande": {
            "longitude": place.longitude,
            "latitude": place.latitude,
            "lieu": place.label,
            "precision": place.precision,
            "remarque": place.notice,
        },
        "donnees": [_line(dataclasses.replace(one, indicative=one.indicative or is_vague)) for one in found],
    }


def _line(here):
    return {
        "millesime": here.vintage,
        "code": here.code,
        "nom": here.name,
        "dedans": here.inside,
        "distance_m": here.distance_m,
        "indicatif": here.indicative,
    }


def _place(wanted):
    if wanted.lon is not None and wanted.lat is not None:
        return Place(wanted.lon, wanted.lat, f"{wanted.lon}, {wanted.lat}", "point")
    if not wanted.adresse.strip():
        raise Problem(400, "lieu_manquant", gettext("Donnez `lon` et `lat`, ou `adresse`."))
    if not is_configured():
        raise Problem(
            400,
            "adresses_non_activees",
            gettext("La recherche d’adresses n’est pas activée ici : donnez `lon` et `lat`."),
        )
    try:
        return find_place(wanted.adresse)
    except PlaceNotFound as refusal:
        raise Problem(404, "lieu_inconnu", str(refusal)) from None
