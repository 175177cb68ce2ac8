"""Places, and who acts there."""

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maillage.organisations.finding import matching
from maillage.organisations.models import Exchange, Network, Organisation, OrganisationTheme
from maillage.organisations.models.organisation import Theme
from maillage.territories.models import Territory

from .base import Source, Told


def _territories(user=None):
    """Official and public: the same for everybody. The most populated last, so that they are found first."""
    kinds = [Territory.Kind.QPV, Territory.Kind.COMMUNE]
    return Territory.objects.filter(kind__in=kinds, valid_until=None).order_by(
        F("population").asc(nulls_first=True), "pk"
    )


def _territory(row):
    communes = [commune.name for commune in row.communes.all()]
    meta = [row.get_kind_display(), row.vintage, *communes[:3], row.departement.name if row.departement else ""]
    return Told(
        title=row.name,
        url=reverse("directory:territory", args=[row.slug]),
        words=(row.code, row.postcodes, *communes),
        meta=tuple(part for part in meta if part),
        places=(row,),
    )


def _organisations(user=None):
    rows = Organisation.objects if user is None else Organisation.objects.visible_to(user)
    return rows.listed()


def _organisation(row):
    places = [place for place in (row.seat, *row.territories.all()) if place]
    return Told(
        title=f"{row.name} ({row.acronym})" if row.acronym else row.name,
        url=row.get_absolute_url(),
        words=(
            row.purpose,
            row.publics,
            *(Theme(one.theme).label for one in row.themes.all()),
            *(one.words for one in row.exchanges.all()),
            *dict.fromkeys(place.name for place in places),
        ),
        meta=tuple(part for part in (row.get_kind_display(), row.seat.name if row.seat else "") if part),
        places=tuple(places),
    )


def _networks(user=None):
    return Network.objects.all()


def _network(row):
    return Told(
        title=row.name,
        url=reverse("directory:network", args=[row.slug]),
        meta=(row.get_kind_display(),),
    )


def _of_organisation(row):
    return [row.organisation_id]


SOURCES = (
    Source(
        "territory",
        "t",
        _("Quartiers et communes"),
        Territory,
        rows=_territories,
        readable=_territories,
        tell=_territory,
        with_all=lambda rows: rows.select_related("departement").prefetch_related("communes"),
        links=("communes",),
        otherwise=lambda user, text: _territories(user).matching(text),
    ),
    Source(
        "organisation",
        "o",
        _("Organisations"),
        Organisation,
        rows=_organisations,
        readable=_organisations,
        tell=_organisation,
        with_all=lambda rows: rows.select_related("seat").prefetch_related(
            "themes", "exchanges", "seat__communes", "territories__communes"
        ),
        beside={OrganisationTheme: _of_organisation, Exchange: _of_organisation},
        links=("territories",),
        otherwise=lambda user, text: matching(_organisations(user), text),
    ),
    Source("network", "n", _("Réseaux"), Network, rows=_networks, readable=_networks, tell=_network),
)
