"""What every editorial page has: a summary, a body, sources, dates; and who may write it."""

import re

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageManager
from wagtail.models.pages import PagePermissionTester
from wagtail.query import PageQuerySet

from maillage.organisations.audiences import AudienceQuerySet, reader_of

from ..blocks import Body
from ..fields import StreamField

WORDS_A_MINUTE = 200


class BasePageQuerySet(AudienceQuerySet, PageQuerySet):
    def visible_to(self, user):
        """What is published, for everybody; a draft for those who edit this subject and for who wrote it. Never for
        a public partner.
        """
        reader = reader_of(user)
        if not user.is_authenticated or reader.is_public_partner:
            return self.filter(live=True)
        if reader.is_editor or user.is_superuser:
            return self.all()
        return self.filter(Q(live=True) | Q(owner=user) | Q(pk__in=self.edited_by(user)))

    def edited_by(self, user):
        """Pages of the subjects and territories this person was entrusted with."""
        from .people import Editor

        return Editor.objects.pages_of(user, self.model)


PREVIEWED = {
    **dict.fromkeys(("is_draft", "may_edit", "may_copy", "has_changes", "is_kept"), False),
    **{"is_preview": True, "similar": (), "comments": (), "comment_form": None},
}
"""What the template of a page is given in a preview: the words alone."""

BasePageManager = PageManager.from_queryset(BasePageQuerySet)


class PageRights(PagePermissionTester):
    """Wagtail's rights, narrowed: an editor of a territory writes the pages of that territory, and nothing else.
    Whoever works for a public partner edits nothing here.
    """

    def _is_within(self):
        from .people import Editor

        if self.user.is_superuser:
            return True
        if reader_of(self.user).is_public_partner:
            return False
        return Editor.objects.reaches(self.user, self.page)

    def can_edit(self):
        return super().can_edit() and self._is_within()

    def can_publish(self):
        return super().can_publish() and self._is_within() and self.page.may_be_published

    def can_delete(self, ignore_bulk=False):
        return super().can_delete(ignore_bulk) and self._is_within()

    def can_unpublish(self):
        return super().can_unpublish() and self._is_within()


class BasePage(Page):
    """The ground of editorial pages. Served by our own routes: `route` names each, never Wagtail's catch-all."""

    SUBJECT = ""
    route = ""

    summary = models.TextField(_("en deux phrases"), max_length=400, blank=True)
    body = StreamField(Body(), verbose_name=_("texte"), blank=True, null=True)
    sources = models.TextField(
        _("sources"), max_length=4000, blank=True, help_text=_("Une par ligne : de quoi il s’agit, puis l’adresse.")
    )
    review_on = models.DateField(_("à relire le"), null=True, blank=True)
    comments_open = models.BooleanField(_("commentaires ouverts"), default=False)

    objects = BasePageManager()

    private_page_options = []
    show_in_menus_default = False
    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]
    life_panels = [
        MultiFieldPanel([FieldPanel("sources"), FieldPanel("review_on"), FieldPanel("comments_open")], _("Repères"))
    ]
    promote_panels = [MultiFieldPanel([FieldPanel("slug"), FieldPanel("search_description")], _("Adresse"))]
    settings_panels = []

    class Meta:
        abstract = True

    @property
    def may_be_published(self):
        """Whether nothing but rights stands in the way."""
        return True

    def permissions_for_user(self, user):
        return PageRights(user, self)

    def get_absolute_url(self):
        return reverse(self.route, args=[self.slug])

    def get_url_parts(self, request=None):
        found = super().get_url_parts(request)
        return None if found is None else (found[0], settings.SITE_ADDRESS, self.get_absolute_url())

    def serve_preview(self, request, mode_name):
        return render(request, self.template_of_page, {"page": self, **PREVIEWED})

    @cached_property
    def plain_words(self):
        """All that is written, without marks: for reading time and for looking for names."""
        parts = [self.title, self.summary]
        for block in self.body or []:
            value = block.value
            if hasattr(value, "values"):
                parts += [part for part in value.values() if isinstance(part, str)]
            else:
                parts.append(strip_tags(str(value).replace("<", " <")))
        return " ".join(" ".join(parts).split())

    @property
    def body_blocks(self):
        from ..blocks_of import of_body

        return of_body(self.body)

    @property
    def reading_minutes(self):
        return max(1, round(len(re.findall(r"\w+", self.plain_words)) / WORDS_A_MINUTE))

    @property
    def source_lines(self):
        """[(words, address or "")] of its sources."""
        lines = []
        for line in self.sources.splitlines():
            found = re.search(r"https?://\S+", line)
            address = found[0].rstrip(").,;") if found else ""
            words = line.replace(address, "").strip(" :—-") if address else line.strip()
            if words or address:
                lines.append((words or address, address))
        return lines
