"""Pages that were published: case studies, chapters of the guide, news. A draft is in no index."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from maillage.editorial.models import CaseStudy, CaseTerritory, GuideChapter, NewsPage
from maillage.editorial.models.pages import NewsTerritory
from maillage.ui.days import date_format

from .base import Source, Told


def _published(model):
    def rows(user=None):
        return (model.objects if user is None else model.objects.visible_to(user)).live()

    return rows


def _day(page):
    return date_format(timezone.localdate(page.first_published_at), "j F Y") if page.first_published_at else ""


def _text(row):
    """All that is written in it, but for its title."""
    return row.plain_words.removeprefix(" ".join(row.title.split()))


def _page(row):
    return Told(title=row.title, url=row.get_absolute_url(), words=(_text(row),), meta=(_day(row),))


def _placed(row):
    places = tuple(one.territory for one in row.places.all())
    return Told(
        title=row.title,
        url=row.get_absolute_url(),
        words=(_text(row),),
        meta=tuple(part for part in (_day(row), *(place.name for place in places[:3])) if part),
        places=places,
    )


def _with_places(rows):
    return rows.prefetch_related("places__territory__communes")


def _of_page(row):
    return [row.page_id]


def _itself(row):
    return [row.pk]


def _source(kind, letter, label, model, tell, **more):
    rows = _published(model)
    beside = {Page: _itself, **more.pop("beside", {})}
    return Source(kind, letter, label, model, rows=rows, readable=rows, tell=tell, beside=beside, **more)


SOURCES = (
    _source("case", "p", _("Pratiques"), CaseStudy, _placed, with_all=_with_places, beside={CaseTerritory: _of_page}),
    _source("guide", "u", _("Guide"), GuideChapter, _page),
    _source("news", "a", _("Actualités"), NewsPage, _placed, with_all=_with_places, beside={NewsTerritory: _of_page}),
)
