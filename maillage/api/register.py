"""The register of signatures, entry by entry: the very lines that anyone checks with `verify_register`."""

import datetime
import json

from django.utils.translation import gettext_noop as _
from ninja import Field, Query, Router, Schema

from maillage.charters.models import RegisterEntry
from maillage.charters.register import line_of
from maillage.organisations.audiences import anybody

from .resources import Resource, answer
from .schemas import Paging, one_of


class EntryLine(Schema):
    """One event in the life of a signature, chained to the one before."""

    rang: int = Field(description=_("1 pour la première entrée, sans trou"))
    evenement: one_of(RegisterEntry.Event) = Field(description=_("ce qui s’est passé"))  # type: ignore[valid-type]
    inscrite_le: datetime.datetime = Field(description=_("quand"))
    signature: str = Field(description=_("l’identifiant de la signature"))
    version: str = Field(description=_("la référence du texte"))
    precedente: str = Field(description=_("l’empreinte de l’entrée d’avant"))
    empreinte: str = Field(description=_("SHA-256 de l’entrée"))
    ligne: str = Field(
        description=_("la ligne de `registre.ndjson`, telle quelle : c’est elle dont l’empreinte se recalcule")
    )


class EntryFilters(Paging):
    signature: str = Field("", pattern=r"^([0-9a-f]{32})?$", description=_("l’identifiant d’une signature"))


def rows(wanted):
    found = RegisterEntry.objects.visible_to(anybody())
    return found.filter(signature__token=wanted.signature) if wanted.signature else found


def line(entry):
    body = json.loads(entry.body)
    return {
        "rang": entry.sequence,
        "evenement": entry.event,
        "inscrite_le": entry.recorded_at,
        "signature": body["signature"],
        "version": body["text"]["reference"],
        "precedente": entry.previous,
        "empreinte": entry.hash,
        "ligne": line_of(entry.body, entry.hash),
    }


RESOURCE = Resource(
    name="registre",
    title=_("Registre"),
    about=_("Chaque évènement de la vie d’une signature, chaîné au précédent. Il ne nomme personne."),
    schema=EntryLine,
    rows=rows,
    line=line,
    order=("sequence",),
    source="Maillage",
    route="register",
    filters=EntryFilters,
)
router = Router()


@router.get("/registre", response=RESOURCE.page_schema, url_name="register", summary="Registre")
def register(request, wanted: Query[EntryFilters]):
    return answer(request, RESOURCE, wanted)
