"""Who stands by which text, and who no longer does, as the public pages show it: organisations, never persons."""

import datetime
from typing import Literal

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Field, Query, Router, Schema

from maillage.charters.models import Signature, SignatureState
from maillage.charters.models.signatures import Channel, LapseReason
from maillage.organisations.audiences import anybody

from .resources import Resource, answer
from .schemas import Named, Paging, one_of


class SignatureLine(Schema):
    """An organisation stands, or stood, by one version of one text."""

    identifiant: str = Field(description=_("ne change pas ; c’est le code que le registre et l’attestation portent"))
    organisation: Named = Field(description=_("l’organisation, sous son nom à la signature"))
    numero: str = Field(description=_("son RNA ou son SIRET à la signature ; vide si elle n’en avait pas"))
    version: str = Field(description=_("la référence de la version signée"))
    etat: one_of(SignatureState) = Field(description=_("où elle en est"))  # type: ignore[valid-type]
    signee_le: datetime.datetime = Field(description=_("quand"))
    canal: one_of(Channel) = Field(description=_("comment elle a signé"))  # type: ignore[valid-type]
    mandat_confirme: bool = Field(description=_("le mandat de qui a signé a été confirmé par une autre personne"))
    a_renouveler_le: datetime.date | None = Field(description=_("vide si elle a pris fin"))
    en_sommeil_depuis: datetime.datetime | None = Field(description=_("sans nouvelles depuis"))
    retiree_le: datetime.datetime | None = Field(description=_("retirée par l’organisation"))
    caduque_le: datetime.datetime | None = Field(description=_("finie d’elle-même"))
    motif_de_caducite: one_of(LapseReason) | None = Field(description=_("pourquoi"))  # type: ignore[valid-type]
    verifier: str = Field(description=_("où la vérifier"))


class SignatureFilters(Paging):
    texte: str = Field(
        "", pattern=r"^[0-9A-Za-z_-]{0,80}$", description=_("`national`, ou l’identifiant d’une adaptation")
    )
    etat: Literal["toutes", "en_cours", "finies"] = Field(
        "toutes", description=_("`en_cours` : ni retirées ni caduques, celles en sommeil comprises")
    )


def rows(wanted):
    found = Signature.objects.visible_to(anybody()).select_related("organisation", "version__adaptation", "mandate")
    if wanted.texte == "national":
        found = found.filter(version__adaptation=None)
    elif wanted.texte:
        found = found.filter(version__adaptation__slug=wanted.texte)
    if wanted.etat != "toutes":
        standing = Signature.objects.standing().values("pk")
        found = found.filter(pk__in=standing) if wanted.etat == "en_cours" else found.exclude(pk__in=standing)
    return found


def line(signature):
    organisation = signature.organisation
    is_known = organisation.claimed_at is not None and organisation.archived_at is None
    return {
        "identifiant": signature.token,
        "organisation": {
            "identifiant": str(organisation.uuid) if is_known else None,
            "nom": signature.organisation_name,
        },
        "numero": signature.organisation_number,
        "version": signature.version.reference,
        "etat": signature.state(timezone.localdate()),
        "signee_le": signature.signed_at,
        "canal": signature.channel,
        "mandat_confirme": signature.has_confirmed_mandate,
        "a_renouveler_le": signature.renew_by if signature.is_standing else None,
        "en_sommeil_depuis": signature.dormant_at if signature.is_standing else None,
        "retiree_le": signature.withdrawn_at,
        "caduque_le": signature.lapsed_at,
        "motif_de_caducite": signature.lapse_reason or None,
        "verifier": settings.SITE_ADDRESS + signature.get_absolute_url(),
    }


RESOURCE = Resource(
    name="signatures",
    title=_("Signatures"),
    about=_(
        "Les signatures affichées, en cours ou finies. Aucune personne n’est nommée ; une organisation qui n’est pas"
        " affichée n’y est pas."
    ),
    schema=SignatureLine,
    rows=rows,
    line=line,
    order=("signed_at", "token"),
    source="Maillage",
    route="signatures",
    filters=SignatureFilters,
)
router = Router()


@router.get("/signatures", response=RESOURCE.page_schema, url_name="signatures", summary="Signatures")
def signatures(request, wanted: Query[SignatureFilters]):
    return answer(request, RESOURCE, wanted)
