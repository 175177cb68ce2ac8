"""Territories: priority neighbourhoods of each vintage, communes and what holds them; borders as GeoJSON."""

import datetime
from typing import Literal

from django.conf import settings
from django.db.models import Prefetch, Q
from django.http import JsonResponse
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Field, Query, Router, Schema

from maillage.territories.geojson import feature
from maillage.territories.models import Territory

from .resources import Resource, about, answer, page
from .schemas import LICENCE, Paging, Place, one_of, one_or_all, place

GEOJSON = "application/geo+json"


class TerritoryLine(Schema):
    """A place with an official code. The same neighbourhood in 2015 and in 2024 is two lines."""

    identifiant: str = Field(description=_("ne change pas ; c’est aussi l’adresse de sa page"))
    nature: one_of(Territory.Kind) = Field(description=_("ce que c’est"))  # type: ignore[valid-type]
    code: str = Field(description=_("le code officiel (ANCT pour un quartier, Insee pour le reste)"))
    nom: str = Field(description=_("le nom officiel"))
    millesime: int | None = Field(description=_("pour un quartier : l’année de sa géographie, 2015 ou 2024"))
    en_vigueur_depuis: datetime.date | None = Field(description=_("premier jour"))
    en_vigueur_jusqu_au: datetime.date | None = Field(
        description=_("premier jour où il n’a plus cours ; vide s’il a cours")
    )
    remplace: list[str] = Field(description=_("codes des quartiers du millésime précédent qu’il remplace"))
    remplace_par: list[str] = Field(description=_("codes des quartiers qui l’ont remplacé"))
    communes: list[Place] = Field(description=_("les communes du quartier"))
    intercommunalite: Place | None = Field(description=_("l’intercommunalité (EPCI)"))
    departement: Place | None = Field(description=_("le département"))
    region: Place | None = Field(description=_("la région"))
    codes_postaux: list[str] = Field(description=_("pour une commune : ses codes postaux"))
    population: int | None = Field(description=_("nombre d’habitantes et habitants"))
    population_source: str = Field(description=_("d’où vient ce nombre, et de quelle année"))
    longitude: float | None = Field(description=_("d’un point au milieu, en degrés (WGS84)"))
    latitude: float | None = Field(description=_("d’un point au milieu, en degrés (WGS84)"))
    surface_m2: int | None = Field(description=_("surface du contour, en mètres carrés"))
    source: str = Field(description=_("le fichier officiel dont vient la ligne"))
    licence: str = Field(description=_("la licence de ce fichier"))
    page: str | None = Field(description=_("sa page sur ce site, pour un quartier ou une commune"))


class TerritoryFilters(Paging):
    nature: one_or_all("toutes", Territory.Kind) = Field(  # type: ignore[valid-type]
        "toutes", description=_("une nature de territoire")
    )
    code: str = Field("", pattern=r"^[0-9A-Za-z]{0,12}$", description=_("un code officiel"))
    departement: str = Field("", pattern=r"^([0-9]{2,3}|2[AB])?$", description=_("le code d’un département"))
    millesime: str = Field("", pattern=r"^([0-9]{4})?$", description=_("2015 ou 2024 : les quartiers de cette année"))
    en_vigueur: Literal["tous", "oui", "non"] = Field("tous", description=_("`oui` : ceux qui ont cours aujourd’hui"))
    format: Literal["json", "csv", "geojson"] = Field(  # type: ignore[assignment]
        "json", description=_("`csv` : tout, en un fichier ; `geojson` : une page de contours")
    )


def rows(wanted):
    today = timezone.localdate()
    # What holds thousands of rows is read once a batch, not joined to each; and plain lists cost half of a file.
    found = Territory.objects.select_related("outline").prefetch_related(
        Prefetch("communes", Territory.objects.all(), to_attr="its_communes"),
        Prefetch("predecessors", Territory.objects.all(), to_attr="its_predecessors"),
        Prefetch("successors", Territory.objects.all(), to_attr="its_successors"),
        "epci",
        "departement",
        "region",
    )
    if wanted.nature != "toutes":
        found = found.filter(kind=wanted.nature)
    if wanted.code:
        found = found.filter(code=wanted.code.upper())
    if wanted.departement:
        itself = Q(kind=Territory.Kind.DEPARTEMENT, code=wanted.departement)
        found = found.filter(Q(departement__code=wanted.departement) | itself)
    if wanted.millesime:
        found = found.filter(vintage=int(wanted.millesime))
    if wanted.en_vigueur != "tous":
        here = Territory.objects.in_force(today).values("pk")
        found = found.filter(pk__in=here) if wanted.en_vigueur == "oui" else found.exclude(pk__in=here)
    return found if wanted.format == "geojson" else found.defer("outline__geometry", "outline__drawing")


def line(territory):
    outline = getattr(territory, "outline", None)
    has_page = territory.kind in {Territory.Kind.QPV, Territory.Kind.COMMUNE}
    return {
        "identifiant": territory.slug,
        "nature": territory.kind,
        "code": territory.code,
        "nom": territory.name,
        "millesime": territory.vintage,
        "en_vigueur_depuis": territory.valid_from,
        "en_vigueur_jusqu_au": territory.valid_until,
        "remplace": sorted(former.code for former in territory.its_predecessors),
        "remplace_par": sorted(later.code for later in territory.its_successors),
        "communes": [place(commune) for commune in territory.its_communes],
        "intercommunalite": place(territory.epci) if territory.epci else None,
        "departement": place(territory.departement) if territory.departement else None,
        "region": place(territory.region) if territory.region else None,
        "codes_postaux": territory.postcodes.split(),
        "population": territory.population,
        "population_source": territory.population_source,
        "longitude": territory.longitude,
        "latitude": territory.latitude,
        "surface_m2": outline.area_m2 if outline else None,
        "source": territory.source,
        "licence": LICENCE,
        "page": f"{settings.SITE_ADDRESS}/territoires/{territory.slug}/" if has_page else None,
    }


RESOURCE = Resource(
    name="territoires",
    title=_("Territoires"),
    about=_("Quartiers prioritaires de chaque millésime, communes, intercommunalités, départements et régions."),
    schema=TerritoryLine,
    rows=rows,
    line=line,
    order=("slug",),
    source="ANCT, Insee, La Poste, Etalab : voir `source` de chaque ligne",
    route="territories",
    filters=TerritoryFilters,
    formats=("json", "csv", "geojson"),
)
router = Router()


@router.get("/territoires", response=RESOURCE.page_schema, url_name="territories", summary="Territoires")
def territories(request, wanted: Query[TerritoryFilters]):
    return _borders(request, wanted) if wanted.format == "geojson" else answer(request, RESOURCE, wanted)


def _borders(request, wanted):
    """A page of those that have a border; of each, what `geojson.feature` says: code, name, vintage, source."""
    found = rows(wanted).filter(outline__isnull=False).order_by(*RESOURCE.order)
    here, following = page(request, RESOURCE, found, wanted)
    content = {
        "type": "FeatureCollection",
        **about(RESOURCE),
        "total": found.count(),
        "suivant": following,
        "features": [feature(territory) for territory in here],
    }
    return JsonResponse(content, content_type=GEOJSON)
