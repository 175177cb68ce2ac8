"""The charter, article by article, and its adaptations."""

from django.utils.translation import gettext_lazy as _

from maillage.charters.models import Article, CharterVersion, TerritorialAdaptation

from .base import Source, Told


def _articles(user=None):
    """Of the national text that stands: published, and not replaced."""
    rows = Article.objects if user is None else Article.objects.visible_to(user)
    return rows.filter(version__in=CharterVersion.objects.national().current().values("pk"))


def _article(row):
    return Told(
        title=row.title,
        url=f"{row.version.get_absolute_url()}#{row.key}",
        words=(row.plain_language, row.text),
        meta=(row.get_kind_display(),),
    )


def _of_version(row):
    return list(row.articles.values_list("pk", flat=True))


def _adaptations(user=None):
    return TerritorialAdaptation.objects.all() if user is None else TerritorialAdaptation.objects.visible_to(user)


def _adaptation(row):
    # Its words are in its versions, and those of a draft are for few: it is found by its name and its places.
    places = tuple(row.territories.all())
    names = tuple(place.name for place in places)
    return Told(title=row.name, url=row.get_absolute_url(), words=names, meta=names[:3], places=places)


def _of_adaptation(row):
    return [row.adaptation_id] if row.adaptation_id else []


SOURCES = (
    Source(
        "article",
        "h",
        _("La charte"),
        Article,
        rows=_articles,
        readable=_articles,
        tell=_article,
        with_all=lambda rows: rows.select_related("version"),
        beside={CharterVersion: _of_version},
    ),
    Source(
        "adaptation",
        "d",
        _("Adaptations de la charte"),
        TerritorialAdaptation,
        rows=_adaptations,
        readable=_adaptations,
        tell=_adaptation,
        with_all=lambda rows: rows.prefetch_related("territories__communes"),
        has_closed=True,
        beside={CharterVersion: _of_adaptation},
        links=("territories",),
    ),
)
