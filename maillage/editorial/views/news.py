"""News: the list by territory, one of them; feeds of news and of case studies."""

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from maillage.organisations.audiences import anybody
from maillage.territories.models import Territory
from maillage.ui.page_cache import kept_for_visitors
from maillage.ui.pagination import BoundedPaginator

from ..models import CaseStudy, NewsPage, NewsSection
from ..models.pages import section
from .cases import reading_tools, words_of


@require_safe
@kept_for_visitors(page=r"\d{1,3}")
def news_list(request):
    news = NewsPage.objects.visible_to(request.user).live()
    places = Territory.objects.filter(pk__in=news.values("places__territory")).order_by("name")[:200]
    asked = request.GET.get("territoire", "")[:20].replace("\x00", "")
    if asked:
        news = news.filter(places__territory__slug=asked)
    rows = news.distinct().order_by("-first_published_at", "-pk").prefetch_related("places__territory")
    context = {
        "section": section(NewsSection),
        "page": BoundedPaginator(rows, 20).get_page(request.GET.get("page")),
        "places": places,
        "asked": asked,
    }
    return render(request, "editorial/news_list.html", context)


@require_safe
@kept_for_visitors()
def news(request, slug):
    found = get_object_or_404(NewsPage.objects.visible_to(request.user), slug=slug)
    context = {"page": words_of(found), **reading_tools(request, found)}
    return render(request, "editorial/news.html", context)


class PagesFeed(Feed):
    """The last thirty published pages of one kind, as Atom; the same for everybody."""

    feed_type = Atom1Feed
    model: type[Page]
    route: str

    def __call__(self, request, *args, **kwargs):
        return super().__call__(request, *args, **kwargs)

    def link(self):
        return settings.SITE_ADDRESS + reverse(self.route)

    def items(self):
        return self.model.objects.visible_to(anybody()).live().order_by("-first_published_at", "-pk")[:30]

    def item_title(self, page):
        return page.title

    def item_description(self, page):
        return page.summary

    def item_link(self, page):
        return settings.SITE_ADDRESS + page.get_absolute_url()

    def item_pubdate(self, page):
        return page.first_published_at

    def item_updateddate(self, page):
        return page.last_published_at


class CasesFeed(PagesFeed):
    model = CaseStudy
    route = "editorial:case-list"

    def title(self):
        return _("Pratiques racontées")


class NewsFeed(PagesFeed):
    model = NewsPage
    route = "editorial:news-list"

    def title(self):
        return _("Actualités")


cases_feed = require_safe(CasesFeed())
news_feed = require_safe(NewsFeed())
