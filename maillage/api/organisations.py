"""Organisations that publish themselves: what their page shows, without anything of a person."""

import datetime
import uuid

from django.conf import settings
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Field, Query, Router, Schema

from maillage.organisations.audiences import anybody
from maillage.organisations.models import Exchange, Network, NetworkMembership, Organisation, Theme
from maillage.territories.models import Territory

from .resources import Resource, answer
from .schemas import Paging, Place, one_of, one_or_all, place


class ExchangeLine(Schema):
    sens: one_of(Exchange.Side) = Field(description=_("propose, ou cherche"))  # type: ignore[valid-type]
    quoi: one_of(Exchange.Kind) = Field(description=_("ce qui est proposé ou cherché"))  # type: ignore[valid-type]
    precisions: str = Field(description=_("avec les mots de l’organisation"))


class NetworkLine(Schema):
    identifiant: str = Field(description=_("ne change pas"))
    nom: str = Field(description=_("le nom du réseau"))
    nature: one_of(Network.Kind) = Field(description=_("ce que c’est"))  # type: ignore[valid-type]


class OrganisationLine(Schema):
    """An association, a collective, a network head or a public partner, as it describes itself."""

    identifiant: uuid.UUID = Field(description=_("ne change pas"))
    nom: str = Field(description=_("son nom"))
    sigle: str = Field(description=_("son sigle"))
    nature: one_of(Organisation.Kind) = Field(description=_("ce que c’est"))  # type: ignore[valid-type]
    statut: one_of(Organisation.LegalRegime) = Field(description=_("sous quel régime"))  # type: ignore[valid-type]
    rna: str = Field(description=_("numéro du répertoire national des associations ; souvent vide"))
    siren: str = Field(description=_("numéro SIREN ; souvent vide"))
    siret: str = Field(description=_("numéro SIRET ; souvent vide"))
    confirmee: bool = Field(description=_("reconnue par une association voisine ou par la coordination"))
    objet: str = Field(description=_("ce qu’elle fait"))
    themes: list[one_of(Theme)] = Field(description=_("sur quoi elle travaille"))  # type: ignore[valid-type]
    publics: str = Field(description=_("pour qui"))
    langues: str = Field(description=_("langues parlées"))
    horaires: str = Field(description=_("quand venir"))
    adresse: str = Field(description=_("où la trouver, si elle l’a publiée ; jamais le domicile de quelqu’un"))
    accessibilite: str = Field(description=_("accès aux personnes handicapées"))
    emploi: one_of(Organisation.Employer) = Field(description=_("nombre de salariées et salariés"))  # type: ignore[valid-type]
    site: str = Field(description=_("son site web"))
    cherche_des_partenaires: bool = Field(description=_("elle le dit elle-même"))
    echanges: list[ExchangeLine] = Field(description=_("ce qu’elle propose et ce qu’elle cherche"))
    siege: Place | None = Field(description=_("la commune du siège"))
    territoires: list[Place] = Field(description=_("où elle agit ; chaque quartier avec son millésime"))
    reseaux: list[NetworkLine] = Field(description=_("ses réseaux aujourd’hui ; aucun : non fédérée"))
    relue_le: datetime.date | None = Field(description=_("jour où l’organisation a dit que sa fiche est juste"))
    page: str = Field(description=_("sa page sur ce site"))


class OrganisationFilters(Paging):
    nature: one_or_all("toutes", Organisation.Kind) = Field("toutes", description=_("une nature"))  # type: ignore[valid-type]
    theme: one_or_all("tous", Theme) = Field("tous", description=_("un thème"))  # type: ignore[valid-type]
    territoire: str = Field(
        "",
        pattern=r"^[0-9A-Za-z_-]{0,32}$",
        description=_("l’identifiant d’un territoire : celles qui y agissent, ou dans ce qu’il contient"),
    )


def rows(wanted):
    """Those of the directory: known by at least one person, and not archived."""
    networks = NetworkMembership.objects.in_force(timezone.localdate()).select_related("network")
    found = Organisation.objects.visible_to(anybody()).listed().select_related("seat")
    found = found.prefetch_related(
        "themes",
        "exchanges",
        Prefetch("territories", Territory.objects.order_by("kind", "slug")),
        Prefetch("network_memberships", networks.order_by("network__slug"), to_attr="memberships_today"),
    )
    if wanted.nature != "toutes":
        found = found.filter(kind=wanted.nature)
    if wanted.theme != "tous":
        found = found.filter(themes__theme=wanted.theme)
    if wanted.territoire:
        where = Territory.objects.filter(slug=wanted.territoire).first()
        found = found.acting_in(where) if where else found.none()
    return found


def line(organisation):
    refreshed = organisation.refreshed_at
    return {
        "identifiant": organisation.uuid,
        "nom": organisation.name,
        "sigle": organisation.acronym,
        "nature": organisation.kind,
        "statut": organisation.legal_regime,
        "rna": organisation.rna,
        "siren": organisation.siren,
        "siret": organisation.siret,
        "confirmee": organisation.is_confirmed,
        "objet": organisation.purpose,
        "themes": [row.theme for row in organisation.themes.all()],
        "publics": organisation.publics,
        "langues": organisation.languages,
        "horaires": organisation.opening_hours,
        "adresse": organisation.address,
        "accessibilite": organisation.accessibility,
        "emploi": organisation.employer,
        "site": organisation.website,
        "cherche_des_partenaires": organisation.seeks_partners,
        "echanges": [_exchange(exchange) for exchange in organisation.exchanges.all()],
        "siege": place(organisation.seat) if organisation.seat else None,
        "territoires": [place(territory) for territory in organisation.territories.all()],
        "reseaux": [_network(membership.network) for membership in organisation.memberships_today],
        "relue_le": timezone.localdate(refreshed) if refreshed else None,
        "page": settings.SITE_ADDRESS + organisation.get_absolute_url(),
    }


def _exchange(exchange):
    return {"sens": exchange.side, "quoi": exchange.kind, "precisions": exchange.words}


def _network(network):
    return {"identifiant": network.slug, "nom": network.name, "nature": network.kind}


RESOURCE = Resource(
    name="organisations",
    title=_("Organisations"),
    about=_(
        "Associations, collectifs, réseaux et partenaires publics qui se présentent dans l’annuaire. Ni personne, ni"
        " adresse e-mail."
    ),
    schema=OrganisationLine,
    rows=rows,
    line=line,
    order=("slug",),
    source="Maillage, d’après les organisations elles-mêmes",
    route="organisations",
    filters=OrganisationFilters,
)
router = Router()


@router.get("/organisations", response=RESOURCE.page_schema, url_name="organisations", summary="Organisations")
def organisations(request, wanted: Query[OrganisationFilters]):
    return answer(request, RESOURCE, wanted)
