"""Territorial adaptations that are public: where, by whom, and where each is in its life."""

import datetime

from django.conf import settings
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Field, Query, Router, Schema

from maillage.charters.models import CharterVersion, Life, TerritorialAdaptation
from maillage.organisations.audiences import anybody
from maillage.organisations.models import Organisation
from maillage.territories.models import Territory

from .resources import Resource, answer
from .schemas import Named, Paging, Place, one_of, place


class AdaptationLine(Schema):
    """The charter in the words of a territory, once a meeting has adopted it."""

    identifiant: str = Field(description=_("ne change pas"))
    nom: str = Field(description=_("son nom"))
    etat: one_of(Life) = Field(description=_("où elle en est"))  # type: ignore[valid-type]
    territoires: list[Place] = Field(description=_("où ; chaque quartier avec son millésime"))
    promotrices: list[Named] = Field(description=_("les associations qui la portent"))
    versions: list[str] = Field(description=_("les références de ses versions publiées"))
    en_sommeil_depuis: datetime.date | None = Field(description=_("le jour, si elle est en sommeil"))
    close_le: datetime.date | None = Field(description=_("le jour, si elle est close"))
    page: str = Field(description=_("sa page sur ce site"))


class AdaptationFilters(Paging):
    departement: str = Field("", pattern=r"^([0-9]{2,3}|2[AB])?$", description=_("le code d’un département"))


def rows(wanted):
    public = CharterVersion.objects.visible_to(anybody()).published().order_by("number")
    listed = Organisation.objects.visible_to(anybody()).listed().order_by("slug")
    found = TerritorialAdaptation.objects.visible_to(anybody())
    if wanted.departement:
        here = Territory.objects.filter(departement__code=wanted.departement)
        found = found.filter(
            pk__in=TerritorialAdaptation.territories.through.objects.filter(territory__in=here.values("pk")).values(
                "territorialadaptation"
            )
        )
    return found.prefetch_related(
        Prefetch("territories", Territory.objects.order_by("slug")),
        Prefetch("promoters", listed, to_attr="known_promoters"),
        Prefetch("versions", public, to_attr="public_versions"),
    )


def line(adaptation):
    versions = adaptation.public_versions
    current = [version for version in versions if version.superseded_at is None]
    shown = next((version for version in current if version.in_force_at), (current or versions)[-1])
    return {
        "identifiant": adaptation.slug,
        "nom": adaptation.name,
        "etat": adaptation.life(shown, timezone.localdate()),
        "territoires": [place(territory) for territory in adaptation.territories.all()],
        "promotrices": [{"identifiant": str(one.uuid), "nom": one.name} for one in adaptation.known_promoters],
        "versions": [f"{adaptation.slug}/{version.number}" for version in versions],
        "en_sommeil_depuis": _day(adaptation.dormant_since),
        "close_le": _day(adaptation.closed_at),
        "page": settings.SITE_ADDRESS + adaptation.get_absolute_url(),
    }


def _day(at):
    return timezone.localdate(at) if at else None


RESOURCE = Resource(
    name="adaptations",
    title=_("Adaptations territoriales"),
    about=_("Les adaptations adoptées. Ce qui s’écrit encore reste entre associations."),
    schema=AdaptationLine,
    rows=rows,
    line=line,
    order=("slug",),
    source="Maillage",
    route="adaptations",
    filters=AdaptationFilters,
)
router = Router()


@router.get(
    "/adaptations", response=RESOURCE.page_schema, url_name="adaptations", summary="Adaptations territoriales"
)
def adaptations(request, wanted: Query[AdaptationFilters]):
    return answer(request, RESOURCE, wanted)
