"""The API itself: its addresses, its refusals, and its contract as OpenAPI."""

import json
from functools import cache

from django.conf import settings
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Field, NinjaAPI, Schema
from ninja.errors import ValidationError

from . import adaptations, location, organisations, problems, register, signatures, territories, texts
from .catalogue import CHANGES, RESOURCES
from .middleware import ROOT
from .schemas import LICENCE, LICENCE_ADDRESS, ProblemAnswer

DESCRIPTION = (
    "Ce que Maillage publie, pour des programmes : en lecture seule, le même pour tout le monde, sans clé ni compte."
    " Le dictionnaire des données et les conditions sont à /donnees/."
)
FILES = {"csv": "text/csv", "geojson": territories.GEOJSON}


class OpenAPI(NinjaAPI):
    def get_openapi_operation_id(self, operation):
        """Short and stable: programs that are written from the contract take their names from it."""
        return operation.view_func.__name__


api = OpenAPI(
    title="Maillage : données ouvertes",
    version="1",
    description=DESCRIPTION,
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
for module in (territories, organisations, texts, adaptations, signatures, register, location):
    api.add_router("", module.router, tags=[module.__name__.rpartition(".")[2]])
api.add_exception_handler(ValidationError, problems.respond_to_wrong_parameters)
api.add_exception_handler(problems.Problem, problems.respond_to_problem)
api.add_exception_handler(Http404, problems.respond_to_not_found)


class ResourceLine(Schema):
    nom: str = Field(description=_("le nom de la ressource"))
    adresse: str = Field(description=_("où la lire"))
    formats: list[str] = Field(description=_("sous quelles formes"))


class Index(Schema):
    """Where everything is."""

    licence: str = Field(description=_("à quelles conditions réutiliser"))
    licence_adresse: str = Field(description=_("où lire la licence"))
    date: str = Field(description=_("le jour de cette réponse (AAAA-MM-JJ)"))
    contrat: str = Field(description=_("le contrat, en OpenAPI"))
    contrat_du: str = Field(description=_("le jour où le contrat a changé pour la dernière fois"))
    dictionnaire: str = Field(description=_("la page pour les personnes"))
    ressources: list[ResourceLine] = Field(description=_("les ressources"))


@api.get("/", response=Index, url_name="index", summary="Toutes les ressources")
def index(request):
    site = settings.SITE_ADDRESS
    lines = [
        {"nom": resource.name, "adresse": f"{site}{ROOT}{resource.name}", "formats": list(resource.formats)}
        for resource in RESOURCES
    ]
    lines.append({"nom": "localisation", "adresse": f"{site}{ROOT}localisation", "formats": ["json"]})
    return {
        "licence": LICENCE,
        "licence_adresse": LICENCE_ADDRESS,
        "date": timezone.localdate().isoformat(),
        "contrat": f"{site}{ROOT}openapi.json",
        "contrat_du": CHANGES[0][0].isoformat(),
        "dictionnaire": f"{site}/donnees/",
        "ressources": lines,
    }


@cache
def contract():
    """The OpenAPI document, as bytes: it changes with the program alone."""
    described = json.loads(json.dumps(api.get_openapi_schema(path_prefix=ROOT.strip("/") + "/")))
    described["info"]["license"] = {"name": LICENCE, "url": LICENCE_ADDRESS}
    described["servers"] = [{"url": "/"}]
    schemas = described["components"]["schemas"]
    problem = ProblemAnswer.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= problem.pop("$defs")
    schemas["ProblemAnswer"] = problem
    formats = {f"{ROOT}{resource.name}": resource.formats for resource in RESOURCES}
    for path, operations in described["paths"].items():
        _complete(operations["get"], formats.get(path, ()))
    return json.dumps(described, ensure_ascii=False, indent=2).encode() + b"\n"


def _complete(operation, formats):
    """What the library does not know: files, headers, and refusals with a media type of their own."""
    responses = operation["responses"]
    for name in set(formats) & set(FILES):
        schema = {"type": "string"} if name == "csv" else {"type": "object"}
        responses["200"]["content"][FILES[name]] = {"schema": schema}
    responses["200"]["content"] = dict(sorted(responses["200"]["content"].items()))
    responses["200"]["headers"] = {
        "ETag": {"schema": {"type": "string"}, "description": "à renvoyer en If-None-Match"}
    }
    refusal = {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemAnswer"}}}
    responses["304"] = {"description": "Rien n’a changé depuis cet ETag"}
    responses["400"] = {"description": "Un paramètre n’est pas compris", "content": refusal}
    responses["404"] = {"description": "Rien à cette adresse", "content": refusal}
    wait = {"Retry-After": {"schema": {"type": "integer"}, "description": "en secondes"}}
    responses["429"] = {"description": "Trop de demandes", "content": refusal, "headers": wait}
