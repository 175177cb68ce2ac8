"""Published texts, national and territorial, and their articles. A draft is nobody's but its writers'."""

import datetime

from django.conf import settings
from django.utils.translation import gettext_noop as _
from ninja import Field, Query, Router, Schema

from maillage.charters.models import Article, CharterVersion
from maillage.organisations.audiences import anybody

from .resources import Resource, answer
from .schemas import LICENCE, Paging, one_of

OF_ITS_AUTHORS = "droits de ses auteurs : voir `source`"


class VersionLine(Schema):
    """A numbered text; once published it never changes."""

    reference: str = Field(description=_("ne change pas : `national/1`, `les-tilleuls/2`"))
    texte: str = Field(description=_("`national`, ou l’identifiant d’une adaptation"))
    numero: int = Field(description=_("le numéro de la version"))
    titre: str = Field(description=_("le titre"))
    texte_de_travail: bool = Field(description=_("vrai : ce n’est pas la charte officielle"))
    source: str = Field(description=_("d’où vient le texte officiel ; vide pour un texte de travail"))
    adaptee_de: str | None = Field(description=_("pour une adaptation : la référence du texte adapté"))
    publiee_le: datetime.datetime = Field(description=_("depuis quand elle est publique"))
    adoptee_le: datetime.date | None = Field(description=_("pour une adaptation : le jour de la décision"))
    en_vigueur_depuis: datetime.datetime | None = Field(
        description=_("depuis quand elle est en vigueur ; vide si elle attend ses signatures")
    )
    remplacee_le: datetime.datetime | None = Field(description=_("depuis quand une autre version la remplace"))
    signatures_necessaires: int | None = Field(description=_("combien pour entrer en vigueur"))
    signatures: int = Field(description=_("combien d’organisations s’y tiennent, celles non affichées comprises"))
    prochain_point: datetime.date | None = Field(description=_("quand les signataires se retrouvent pour en parler"))
    empreinte: str = Field(description=_("SHA-256 du texte, repris par le registre"))
    page: str = Field(description=_("où la lire"))


class ArticleLine(Schema):
    """One part of a version. Its key is the same from version to version and in every adaptation."""

    version: str = Field(description=_("la référence de la version"))
    cle: str = Field(description=_("la même de version en version"))
    nature: one_of(Article.Kind) = Field(description=_("la partie du texte"))  # type: ignore[valid-type]
    rang: int = Field(description=_("sa place dans le texte"))
    titre: str = Field(description=_("son titre"))
    texte: str = Field(description=_("ses mots"))
    langage_clair: str = Field(description=_("les mêmes idées en mots simples"))
    langage_clair_a_revoir: bool = Field(description=_("l’article a changé depuis"))
    traitement: one_of(Article.Treatment) | None = Field(  # type: ignore[valid-type]
        description=_("dans une adaptation : ce qu’elle fait de l’article national")
    )
    raison: str = Field(description=_("pourquoi il est adapté ou laissé de côté"))
    source: str = Field(description=_("document et page, s’il est officiel"))
    licence: str = Field(description=_("à quelles conditions reprendre ses mots"))


class TextFilters(Paging):
    texte: str = Field(
        "", pattern=r"^[0-9A-Za-z_-]{0,80}$", description=_("`national`, ou l’identifiant d’une adaptation")
    )


class ArticleFilters(TextFilters):
    numero: str = Field("", pattern=r"^[0-9]{0,4}$", description=_("le numéro d’une version"))


def versions(wanted):
    found = CharterVersion.objects.visible_to(anybody()).published()
    if wanted.texte == "national":
        found = found.national()
    elif wanted.texte:
        found = found.filter(adaptation__slug=wanted.texte)
    return found.select_related("adaptation", "based_on__adaptation").with_signature_count()


def version_line(version):
    return {
        "reference": version.reference,
        "texte": version.adaptation.slug if version.adaptation else "national",
        "numero": version.number,
        "titre": version.title,
        "texte_de_travail": version.is_working_text,
        "source": version.source,
        "adaptee_de": version.based_on.reference if version.adaptation and version.based_on else None,
        "publiee_le": version.published_at,
        "adoptee_le": version.adopted_on,
        "en_vigueur_depuis": version.in_force_at,
        "remplacee_le": version.superseded_at,
        "signatures_necessaires": version.signatures_needed,
        "signatures": version.signature_count,
        "prochain_point": version.review_on,
        "empreinte": version.sha256,
        "page": settings.SITE_ADDRESS + version.get_absolute_url(),
    }


def articles(wanted):
    found = Article.objects.visible_to(anybody()).filter(version__published_at__isnull=False)
    if wanted.texte == "national":
        found = found.filter(version__adaptation=None)
    elif wanted.texte:
        found = found.filter(version__adaptation__slug=wanted.texte)
    if wanted.numero:
        found = found.filter(version__number=int(wanted.numero))
    return found.select_related("version__adaptation", "version__based_on")


def article_line(article):
    version = article.version
    has_authors = version.source or (version.based_on and version.based_on.source)
    return {
        "version": version.reference,
        "cle": article.key,
        "nature": article.kind,
        "rang": article.position,
        "titre": article.title,
        "texte": article.text,
        "langage_clair": article.plain_language,
        "langage_clair_a_revoir": article.plain_language_is_behind,
        "traitement": article.treatment or None,
        "raison": article.reason,
        "source": article.source or version.source,
        "licence": OF_ITS_AUTHORS if has_authors else LICENCE,
    }


VERSIONS = Resource(
    name="versions",
    title=_("Versions de la charte"),
    about=_("Chaque version publiée du texte national et des adaptations, en vigueur ou remplacée."),
    schema=VersionLine,
    rows=versions,
    line=version_line,
    order=("published_at", "sha256"),
    source="Maillage",
    route="versions",
    filters=TextFilters,
)
ARTICLES = Resource(
    name="articles",
    title=_("Articles"),
    about=_("Les articles de ces versions, et ce que chaque adaptation fait de chacun."),
    schema=ArticleLine,
    rows=articles,
    line=article_line,
    order=("version__published_at", "version__sha256", "position", "key"),
    source="Maillage",
    route="articles",
    filters=ArticleFilters,
)
router = Router()


@router.get("/versions", response=VERSIONS.page_schema, url_name="versions", summary="Versions de la charte")
def version_list(request, wanted: Query[TextFilters]):
    return answer(request, VERSIONS, wanted)


@router.get("/articles", response=ARTICLES.page_schema, url_name="articles", summary="Articles")
def article_list(request, wanted: Query[ArticleFilters]):
    return answer(request, ARTICLES, wanted)
