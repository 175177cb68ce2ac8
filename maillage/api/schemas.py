"""What the resources share: a place, a page, a refusal, and how to ask for a page.

Names of fields are the public contract, in French. Descriptions are marked for translation: `/donnees/` shows them.
"""

from typing import Annotated, Any, Literal

from django.utils.translation import gettext_noop as _
from ninja import Field, Schema
from pydantic import BeforeValidator, create_model

from maillage.territories.geojson import LICENCE

LICENCE_ADDRESS = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
A_PAGE = 50
LARGEST_PAGE = 200


def one_of(choices):
    """The values of an enumeration of ours; the dictionary finds it again, with its French labels."""
    return Annotated[Literal[tuple(choices.values)], choices]


def one_or_all(every, choices):
    """As `one_of`, for a filter: ``every`` is the word that leaves nothing out."""
    return Literal[(every, *choices.values)]


def _whole(value):
    """Python reads `1_0`, ` 1` and Arabic digits as numbers; the contract says digits."""
    if isinstance(value, str) and not (value.isascii() and value.isdecimal() and len(value) < 10):
        raise ValueError("not a whole number")
    return value


class Place(Schema):
    """A territory, named."""

    identifiant: str = Field(description=_("son identifiant dans la ressource `territoires`"))
    code: str = Field(description=_("son code officiel"))
    nom: str = Field(description=_("son nom"))
    millesime: int | None = Field(description=_("le millésime, pour un quartier prioritaire"))


class Named(Schema):
    """An organisation, named."""

    identifiant: str | None = Field(
        description=_("son identifiant dans la ressource `organisations` ; vide si elle n’y est plus")
    )
    nom: str = Field(description=_("son nom"))


class Paging(Schema):
    """How to ask for a page, or for the whole as one file."""

    limite: Annotated[int, BeforeValidator(_whole)] = Field(
        A_PAGE, ge=1, le=LARGEST_PAGE, description=_("nombre de lignes d’une page")
    )
    curseur: str = Field(
        "",
        max_length=500,
        pattern=r"^[0-9A-Za-z_:.=-]*$",
        description=_("où reprendre : donné par `suivant`, à ne pas fabriquer"),
    )
    format: Literal["json", "csv"] = Field(
        "json", description=_("`csv` : toute la ressource, en un fichier (UTF-8, points-virgules)")
    )


class Page(Schema):
    """One page of a resource."""

    ressource: str = Field(description=_("le nom de la ressource"))
    licence: str = Field(description=_("à quelles conditions réutiliser"))
    licence_adresse: str = Field(description=_("où lire la licence"))
    source: str = Field(description=_("qui citer"))
    date: str = Field(description=_("le jour de cette réponse (AAAA-MM-JJ)"))
    total: int = Field(description=_("nombre de lignes répondant à la demande"))
    suivant: str | None = Field(description=_("l’adresse de la page suivante ; vide à la dernière"))


class WrongParameter(Schema):
    parametre: str
    raison: str


class ProblemAnswer(Schema):
    """A refusal, after RFC 9457 (`application/problem+json`)."""

    status: int
    code: str = Field(description="ne change pas : c’est lui qu’un programme regarde")
    detail: str = Field(description="une phrase en français")
    erreurs: list[WrongParameter]


def page_of(name: str, schema: type[Schema]) -> Any:
    """The schema of a page of ``schema``."""
    return create_model(f"{name}Page", __base__=Page, donnees=(list[schema], Field(description="les lignes")))  # type: ignore[valid-type]


def place(territory):
    return {
        "identifiant": territory.slug,
        "code": territory.code,
        "nom": territory.name,
        "millesime": territory.vintage,
    }


__all__ = [
    "LICENCE",
    "LICENCE_ADDRESS",
    "Named",
    "Page",
    "Paging",
    "Place",
    "ProblemAnswer",
    "one_of",
    "one_or_all",
    "page_of",
    "place",
]
