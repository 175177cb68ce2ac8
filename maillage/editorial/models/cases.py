"""A case study on the guide's grid."""

import hashlib
import json

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, PageManager

from maillage.cooperations.models import FAMILIES, Brake, Cooperation, Lever, Side
from maillage.organisations.audiences import reader_of
from maillage.organisations.models import Organisation
from maillage.organisations.models.organisation import Theme
from maillage.territories.folding import fold
from maillage.territories.models import Territory

from ..fields import CodesField, labels, split
from .base import BasePage, BasePageQuerySet
from .pages import OfPageQuerySet
from .people import Subject

GRID = (
    *("context", "partners", "motivations", "ways_of_working"),
    *("results_obtained", "results_expected", "analysis", "brakes", "levers"),
)
"""The guide's grid, in its order."""


FAMILIES_TO_CHOOSE = [(Side.BRAKE.label, Brake.choices), (Side.LEVER.label, Lever.choices)]


class NotAgreed(ValueError):
    """Published while an organisation named has not agreed to these words."""


class CaseStudyQuerySet(BasePageQuerySet):
    def visible_to(self, user):
        """A draft: besides who edits, its authors, the partners of the cooperation it tells, and the organisations
        that were asked. Never a public partner, even a named one: it is shown the passages that name it.
        """
        seen = super().visible_to(user)
        mine = reader_of(user).association_ids
        if not mine:
            return seen
        from maillage.cooperations.models import Partner

        from .assents import Assent

        asked = Assent.objects.filter(organisation_id__in=mine).values("case")
        telling = Partner.objects.accepted().filter(organisation_id__in=mine).values("cooperation")
        return self.filter(Q(pk__in=seen.values("pk")) | Q(pk__in=asked) | Q(cooperation__in=telling))

    def matching(self, words):
        found = self
        for word in fold(words).split()[:8]:
            found = found.filter(search_text__contains=word)
        return found

    def about(self, field, code):
        """Those that carry ``code`` among `themes` or `forms`."""
        return self.filter(**{f"{field}__contains": f"|{code}|"})

    def showing(self, side, family):
        return self.filter(pk__in=CaseFinding.objects.filter(side=side, family=family).values("page"))


class CaseStudy(BasePage):
    """What associations did together, told for others. Draft → agreed by everybody named → published → to refresh."""

    SUBJECT = Subject.CASES
    route = "editorial:case"
    template_of_page = "editorial/case.html"

    context = models.TextField(_("contexte"), max_length=6000, blank=True)
    partners = models.TextField(_("partenaires"), max_length=3000, blank=True)
    motivations = models.TextField(_("motivations"), max_length=6000, blank=True)
    ways_of_working = models.TextField(_("modalités : comment on s’y prend"), max_length=6000, blank=True)
    results_obtained = models.TextField(_("résultats obtenus"), max_length=6000, blank=True)
    results_expected = models.TextField(_("résultats attendus"), max_length=6000, blank=True)
    analysis = models.TextField(_("analyse"), max_length=6000, blank=True)
    brakes = models.TextField(_("freins"), max_length=6000, blank=True)
    levers = models.TextField(_("leviers"), max_length=6000, blank=True)
    contact = models.CharField(
        _("contact"), max_length=200, blank=True, help_text=_("Une fonction plutôt qu’un nom, et où lui écrire.")
    )
    themes = CodesField(_("thèmes"), codes=Theme)
    forms = CodesField(_("formes de coopération"), codes=Cooperation.Form)
    cooperation = models.OneToOneField(
        Cooperation, models.SET_NULL, null=True, blank=True, related_name="case_study", editable=False
    )
    to_complete = models.BooleanField(
        _("à compléter"), default=False, help_text=_("Un dossier qui attend sa source : la page le dit.")
    )
    search_text = models.TextField(editable=False, blank=True)

    objects = PageManager.from_queryset(CaseStudyQuerySet)()

    parent_page_types = ["editorial.CasesSection"]
    subpage_types = []
    content_panels = [
        HelpPanel(template="editorial/panels/assents.html"),
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel(name) for name in GRID], _("La grille du guide")),
        MultiFieldPanel([FieldPanel("themes"), FieldPanel("forms"), FieldPanel("contact")], _("Pour s’y retrouver")),
        InlinePanel("places", label=_("territoire")),
        InlinePanel("findings", label=_("frein ou levier")),
        InlinePanel(
            "names", label=_("organisation nommée"), help_text=_("Toutes : chacune doit être d’accord avec ce texte.")
        ),
        FieldPanel("to_complete"),
        *BasePage.life_panels,
    ]

    class Meta:
        verbose_name = _("pratique")
        verbose_name_plural = _("pratiques")

    def save(self, *args, **kwargs):
        # Words were perhaps read before they were changed.
        for kept in ("plain_grid", "plain_words"):
            self.__dict__.pop(kept, None)
        self.search_text = fold(self.plain_words)
        super().save(*args, **kwargs)

    def publish(self, revision, *args, **kwargs):
        """Every way to publication ends here or asks `may_be_published` first (product.md, rule 5)."""
        if not revision.as_object().may_be_published:
            raise NotAgreed(str(self))
        return super().publish(revision, *args, **kwargs)

    @property
    def may_be_published(self):
        return all(state == "agreed" for _name, state in self.assent_states())

    def assent_states(self):
        """[(CaseName, state)]: of these very words; "" not asked, or asked of other words."""
        from .assents import Assent

        known = {one.key: one for one in Assent.objects.filter(case_id=self.pk)} if self.pk else {}
        words, states = self.fingerprint, []
        for name in self.names.all():
            one = known.get(name.key)
            states.append((name, one.state if one and one.fingerprint == words else ""))
        return states

    @property
    def fingerprint(self):
        """SHA-256 of every word that is to be agreed to. Who is named besides is not: each is asked for itself."""
        told = {name: getattr(self, name) for name in ("title", "summary", *GRID, "contact", "sources")}
        told["body"] = [[block.block_type, block.get_prep_value()["value"]] for block in self.body or []]
        told["findings"] = sorted([one.side, one.family, one.words] for one in self.findings.all())
        return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()

    @property
    def territory_ids(self):
        return {one.territory_id for one in self.places.all()}

    @cached_property
    def plain_grid(self):
        """[(field, label, text)] of what is written, in the guide's order."""
        rows = [(name, self._meta.get_field(name).verbose_name, getattr(self, name)) for name in GRID]
        return [row for row in rows if row[2].strip()]

    @property
    def grid_blocks(self):
        """The same, each text as blocks."""
        from ..blocks_of import of_plain

        return [(name, label, of_plain(text)) for name, label, text in self.plain_grid]

    @property
    def theme_labels(self):
        return labels(self.themes, Theme)

    @property
    def form_labels(self):
        return labels(self.forms, Cooperation.Form)

    @property
    def theme_codes(self):
        return split(self.themes)

    @cached_property
    def plain_words(self):
        return " ".join([super().plain_words, *[text for _name, _label, text in self.plain_grid]])


class CaseTerritory(Orderable):
    """Where it happened: a territory, with its vintage."""

    page = ParentalKey(CaseStudy, on_delete=models.CASCADE, related_name="places")
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+", verbose_name=_("territoire"))

    objects = OfPageQuerySet.as_manager()

    class Meta(Orderable.Meta):
        verbose_name = _("territoire d’une pratique")

    def __str__(self):
        return str(self.territory)


class CaseFinding(Orderable):
    """A brake that the case shows, or a lever, in a sentence."""

    page = ParentalKey(CaseStudy, on_delete=models.CASCADE, related_name="findings")
    side = models.CharField(_("frein ou levier"), max_length=5, choices=Side)
    family = models.CharField(_("à propos de"), max_length=12, choices=FAMILIES_TO_CHOOSE)
    words = models.CharField(_("en une phrase"), max_length=300)

    objects = OfPageQuerySet.as_manager()

    class Meta(Orderable.Meta):
        verbose_name = _("frein ou levier d’une pratique")
        constraints = [
            models.CheckConstraint(
                name="case_finding_of_a_known_family",
                condition=Q(side=Side.BRAKE, family__in=Brake.values) | Q(side=Side.LEVER, family__in=Lever.values),
                violation_error_message=_("Choisissez une famille de ce côté : frein, ou levier."),
            )
        ]

    def __str__(self):
        return self.words

    @property
    def family_label(self):
        return FAMILIES[Side(self.side)](self.family).label


class CaseName(Orderable):
    """An organisation that the text names: of Maillage, or known by its name and an address alone."""

    page = ParentalKey(CaseStudy, on_delete=models.CASCADE, related_name="names")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    name = models.CharField(_("ou son nom, si elle n’est pas sur Maillage"), max_length=200, blank=True)
    email = models.EmailField(_("et où lui demander son accord"), blank=True)
    is_public_body = models.BooleanField(
        _("c’est un organisme public"),
        default=False,
        help_text=_("Mairie, préfecture, bailleur public… : il ne lit que les passages qui le nomment."),
    )

    objects = OfPageQuerySet.as_manager()

    class Meta(Orderable.Meta):
        verbose_name = _("organisation nommée")
        constraints = [
            models.CheckConstraint(
                name="case_name_is_somebody",
                condition=Q(organisation__isnull=False) | ~(Q(name="") | Q(email="")),
                violation_error_message=_("Choisissez une organisation, ou donnez son nom et une adresse."),
            )
        ]

    def __str__(self):
        return self.organisation.name if self.organisation_id else self.name

    @property
    def is_outside(self):
        """A public body, on Maillage or not: it answers for the passages that name it, and reads no other."""
        return self.is_public_body or bool(self.organisation_id and self.organisation.is_public_partner)

    @property
    def standing_id(self):
        """The organisation, or the one that it became when two rows were one."""
        return self.organisation_id and (self.organisation.merged_into_id or self.organisation_id)

    @property
    def key(self):
        """(organisation, address): what finds its `Assent`, whose own is the same."""
        return (self.standing_id, "") if self.organisation_id else (None, self.email.strip().lower())
