"""Sections, the guide and its chapters, news; the words of the site."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable, Page

from maillage.organisations.audiences import AudienceQuerySet
from maillage.territories.models import Territory

from .base import BasePage, PageRights
from .people import Subject


class SectionRights(PageRights):
    """A section is written by who edits its subject; what it holds starts as a draft where an agreement is needed."""

    def can_publish_subpage(self):
        return super().can_publish_subpage() and self.page.publishes_at_once


class Section(BasePage):
    """The head of a subject: one page, under which the others stand."""

    publishes_at_once = True
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        abstract = True

    def permissions_for_user(self, user):
        return SectionRights(user, self)

    def get_absolute_url(self):
        return reverse(self.route)


class CasesSection(Section):
    """/pratiques/."""

    SUBJECT = Subject.CASES
    route = "editorial:case-list"
    template_of_page = "editorial/page.html"
    publishes_at_once = False
    subpage_types = ["editorial.CaseStudy"]

    class Meta:
        verbose_name = _("rubrique des pratiques")


class Guide(Section):
    """/guide/: assembled by itself from its chapters and from what the platform knows."""

    SUBJECT = Subject.GUIDE
    route = "editorial:guide"
    template_of_page = "editorial/page.html"
    subpage_types = ["editorial.GuideChapter"]

    class Meta:
        verbose_name = _("guide")


class GuideChapter(BasePage):
    """A chapter: an editor's words, then what is assembled of its kind."""

    class Kind(models.TextChoices):
        WORDS = "words", _("un texte seul")
        PLACES = "places", _("les quartiers prioritaires, en chiffres")
        COOPERATION = "cooperation", _("la coopération : formes, profondeur, étapes")
        FINDINGS = "findings", _("freins et leviers, et les pratiques qui les montrent")
        AGREEMENTS = "agreements", _("les modèles d’accords de la plateforme")
        CASES = "cases", _("toutes les pratiques publiées")

    SUBJECT = Subject.GUIDE
    route = "editorial:chapter"
    template_of_page = "editorial/page.html"
    kind = models.CharField(_("ce qui s’y assemble"), max_length=12, choices=Kind, default=Kind.WORDS)

    parent_page_types = ["editorial.Guide"]
    subpage_types = []
    content_panels = [*BasePage.content_panels, FieldPanel("kind"), *BasePage.life_panels]

    class Meta:
        verbose_name = _("chapitre du guide")
        verbose_name_plural = _("chapitres du guide")


class NewsSection(Section):
    """/actualites/."""

    SUBJECT = Subject.NEWS
    route = "editorial:news-list"
    template_of_page = "editorial/page.html"
    subpage_types = ["editorial.NewsPage"]

    class Meta:
        verbose_name = _("rubrique des actualités")


class OfPageQuerySet(AudienceQuerySet):
    """Rows read with the page they belong to. ``page_model``: said by each."""

    def visible_to(self, user):
        page_model = self.model._meta.get_field("page").related_model
        return self.filter(page__in=page_model.objects.visible_to(user).values("pk"))


class NewsPage(BasePage):
    """Something that happens: for everywhere, or for some territories."""

    SUBJECT = Subject.NEWS
    route = "editorial:news"
    template_of_page = "editorial/news.html"
    parent_page_types = ["editorial.NewsSection"]
    subpage_types = []
    content_panels = [
        *BasePage.content_panels,
        InlinePanel("places", label=_("territoire"), help_text=_("Aucun : cela concerne tout le pays.")),
        *BasePage.life_panels,
    ]

    class Meta:
        verbose_name = _("actualité")
        verbose_name_plural = _("actualités")

    @property
    def territory_ids(self):
        return {one.territory_id for one in self.places.all()}


class NewsTerritory(Orderable):
    """A territory that a piece of news is about."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="places")
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+", verbose_name=_("territoire"))

    objects = OfPageQuerySet.as_manager()

    class Meta(Orderable.Meta):
        verbose_name = _("territoire d’une actualité")

    def __str__(self):
        return str(self.territory)


@register_setting(icon="cog")
class SiteNotes(BaseSiteSetting):
    """Words of the site that editors change without a developer."""

    guide_subtitle = models.CharField(
        _("sous-titre du guide"), max_length=200, blank=True, default="Coopérer entre associations, près de chez soi"
    )
    guide_publisher = models.CharField(_("qui publie ce guide"), max_length=200, blank=True)
    guide_licence = models.CharField(_("licence du guide"), max_length=120, blank=True, default="CC BY-SA 4.0")
    contact = models.EmailField(_("adresse de la rédaction"), blank=True)

    panels = [FieldPanel(name) for name in ("guide_subtitle", "guide_publisher", "guide_licence", "contact")]

    class Meta:
        verbose_name = _("mots du site")


SECTIONS = (Guide, CasesSection, NewsSection)


def section(model):
    """The one page of a section; None before the ground was laid."""
    return model.objects.filter(depth=Page.get_first_root_node().depth + 2).first()
