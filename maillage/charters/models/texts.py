"""The charter's texts: versions made of articles."""

import hashlib
import json

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from maillage.organisations.audiences import AudienceQuerySet, reader_of

from .adaptations import TerritorialAdaptation

LINE = Coalesce("adaptation", 0, output_field=models.BigIntegerField())
"""The line of texts a version belongs to: an adaptation's, or 0 for the national one. For constraints."""


class CharterVersionQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """Published ones for everybody; a national draft for editors; an adaptation being written for its
        promoters, and for the associations of its territories once it is open to remarks.
        """
        reader = reader_of(user)
        seen = Q(published_at__isnull=False)
        if reader.is_editor:
            seen |= Q(adaptation=None)
        if reader.association_ids or reader.coordinated_territory_ids:
            seen |= Q(adaptation__in=TerritorialAdaptation.objects.promoted_by(user).values("pk"))
            seen |= Q(
                opened_at__isnull=False,
                adaptation__in=TerritorialAdaptation.objects.filter(
                    territories__in=reader.space_territory_ids
                ).values("pk"),
            )
        return self.filter(seen)

    def national(self):
        return self.filter(adaptation=None)

    def published(self):
        return self.filter(published_at__isnull=False)

    def drafts(self):
        return self.filter(published_at=None)

    def current(self):
        """Published, and not replaced."""
        return self.published().filter(superseded_at=None)

    def in_force(self):
        return self.current().filter(in_force_at__isnull=False)

    def newest_first(self):
        return self.order_by("-number")

    def with_signature_count(self):
        standing = Q(signatures__withdrawn_at=None, signatures__lapsed_at=None, signatures__isnull=False)
        return self.annotate(signature_count=models.Count("signatures", filter=standing))


class CharterVersion(models.Model):
    """A numbered text: of the national charter, or of one adaptation of it.

    Draft → (open to remarks) → published → superseded. Once published it never changes: a correction is a new
    version. The national text is in force when published; an adaptation, once enough organisations signed it.
    """

    adaptation = models.ForeignKey(
        TerritorialAdaptation, models.CASCADE, null=True, blank=True, related_name="versions"
    )
    number = models.PositiveSmallIntegerField(_("numéro"))
    based_on = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="adapted_in", verbose_name=_("adaptée de")
    )
    title = models.CharField(_("titre"), max_length=200)
    source = models.CharField(
        _("source du texte officiel"),
        max_length=300,
        blank=True,
        help_text=_("Document et adresse. Vide : c’est un texte de travail, et chaque page le dit."),
    )
    created_at = models.DateTimeField(_("commencée le"))
    opened_at = models.DateTimeField(_("ouverte aux remarques le"), null=True, blank=True)
    remarks_until = models.DateField(_("remarques jusqu’au"), null=True, blank=True)
    adopted_on = models.DateField(_("adoptée le"), null=True, blank=True)
    adopted_by = models.CharField(_("adoptée par (réunion, lieu)"), max_length=200, blank=True)
    signatures_needed = models.PositiveSmallIntegerField(
        _("signatures pour entrer en vigueur"), null=True, blank=True
    )
    review_on = models.DateField(_("prochain point"), null=True, blank=True)
    published_at = models.DateTimeField(_("publiée le"), null=True, blank=True)
    in_force_at = models.DateTimeField(_("en vigueur depuis le"), null=True, blank=True)
    superseded_at = models.DateTimeField(_("remplacée le"), null=True, blank=True)
    sha256 = models.CharField(_("empreinte du texte"), max_length=64, blank=True)

    objects = CharterVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version de la charte")
        verbose_name_plural = _("versions de la charte")
        ordering = ["adaptation_id", "-number"]
        constraints = [
            models.UniqueConstraint(LINE, "number", name="charterversion_number_once"),
            models.UniqueConstraint(
                LINE,
                name="charterversion_one_draft",
                condition=Q(published_at=None),
                violation_error_message=_("Un projet de version est déjà en cours."),
            ),
            models.UniqueConstraint(
                LINE,
                name="charterversion_one_in_force",
                condition=Q(in_force_at__isnull=False, superseded_at=None),
            ),
            # An adopted adaptation may wait for its signatures while the one before is still in force.
            models.UniqueConstraint(
                LINE,
                name="charterversion_one_adopted",
                condition=Q(published_at__isnull=False, in_force_at=None, superseded_at=None),
            ),
            models.CheckConstraint(
                name="charterversion_superseded_after_publication",
                condition=Q(superseded_at=None) | Q(superseded_at__gte=F("published_at")),
                violation_error_message=_("Une version ne peut être remplacée avant d’avoir été publiée."),
            ),
            models.CheckConstraint(
                name="charterversion_published_with_its_hash", condition=Q(published_at=None) | ~Q(sha256="")
            ),
            models.CheckConstraint(
                name="charterversion_in_force_once_published",
                condition=Q(in_force_at=None) | Q(in_force_at__gte=F("published_at")),
            ),
            models.CheckConstraint(
                name="charterversion_adaptation_is_adopted",
                condition=Q(adaptation=None)
                | Q(published_at=None)
                | Q(adopted_on__isnull=False, signatures_needed__gte=1, review_on__isnull=False),
                violation_error_message=_(
                    "Une adaptation est adoptée à une date, avec un nombre de signatures et un prochain point."
                ),
            ),
            models.CheckConstraint(
                name="charterversion_adaptation_has_a_parent",
                condition=Q(adaptation=None) | Q(based_on__isnull=False),
            ),
        ]

    def __str__(self):
        return gettext("%(title)s, version %(number)s") % {"title": self.title, "number": self.number}

    def get_absolute_url(self):
        if self.adaptation_id:
            return f"{self.adaptation.get_absolute_url()}?version={self.number}"
        return reverse("charters:version", args=[self.number])

    @property
    def reference(self):
        """How the register and the PDFs name this text: `national/1`, `les-tilleuls/2`."""
        return f"{self.adaptation.slug if self.adaptation_id else 'national'}/{self.number}"

    @property
    def is_published(self):
        return self.published_at is not None

    @property
    def is_open_to_remarks(self):
        return self.opened_at is not None and self.published_at is None

    @property
    def is_open_for_signature(self):
        """Published, not replaced, and not of an adaptation that was closed."""
        if self.adaptation_id and self.adaptation.closed_at:
            return False
        return self.published_at is not None and self.superseded_at is None

    @property
    def is_working_text(self):
        """True until an editor enters the official text with its source: every page and PDF says so."""
        return not self.source

    @property
    def stage(self):
        """Where this text is in its life, in words for people."""
        if self.superseded_at:
            return _("remplacée")
        if self.in_force_at:
            return _("en vigueur")
        if self.published_at:
            return _("adoptée, en cours de signature")
        if self.opened_at:
            return _("ouverte aux remarques")
        return _("en préparation")

    def canonical(self):
        """The bytes that `sha256` stands for: canonical JSON of the reference, the title and every article."""
        articles = [
            {name: getattr(article, name) for name in Article.SIGNED_FIELDS}
            for article in self.articles.order_by("position", "key")
        ]
        content = {"articles": articles, "reference": self.reference, "title": self.title}
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()

    def compute_sha256(self):
        return hashlib.sha256(self.canonical()).hexdigest()


class ArticleQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """As the version it belongs to."""
        return self.filter(version__in=CharterVersion.objects.visible_to(user).values("pk"))

    def standing(self):
        """Those that the text keeps: not the ones an adaptation leaves out."""
        return self.exclude(treatment=Article.Treatment.LEFT_OUT)


class Article(models.Model):
    """One part of a version. Its key is the same from version to version and in every adaptation.

    In an adaptation each article of the parent has its row: kept, adapted or left out; the added ones follow.
    """

    class Kind(models.TextChoices):
        PREAMBLE = "preamble", _("préambule")
        VALUE = "value", _("valeur")
        PRINCIPLE = "principle", _("principe")
        COMMITMENT = "commitment", _("engagement")
        IMPLEMENTATION = "implementation", _("mise en œuvre")

    class Treatment(models.TextChoices):
        KEPT = "kept", _("repris sans changement")
        ADAPTED = "adapted", _("adapté")
        LEFT_OUT = "left_out", _("laissé de côté")
        ADDED = "added", _("ajouté")

    SIGNED_FIELDS = ("key", "kind", "position", "title", "text", "plain_language", "treatment", "reason")
    WRITTEN_FIELDS = ("kind", "title", "text", "plain_language", "source", "treatment", "reason")

    version = models.ForeignKey(CharterVersion, models.CASCADE, related_name="articles")
    key = models.SlugField(_("clé"), max_length=60)
    kind = models.CharField(_("nature"), max_length=16, choices=Kind)
    position = models.PositiveSmallIntegerField(_("rang"))
    title = models.CharField(_("titre"), max_length=200)
    text = models.TextField(_("texte"))
    plain_language = models.TextField(_("en langage clair"), blank=True)
    plain_language_is_behind = models.BooleanField(_("langage clair à revoir"), default=False)
    """The words of the article changed after its plain-language summary was written."""
    source = models.CharField(_("source (document, page)"), max_length=300, blank=True)
    treatment = models.CharField(_("traitement"), max_length=10, choices=Treatment, blank=True, default="")
    reason = models.TextField(_("pourquoi"), max_length=1000, blank=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["position", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "key"],
                name="article_key_once",
                violation_error_message=_("Un article de cette version porte déjà cette clé."),
            ),
            models.CheckConstraint(
                name="article_says_why",
                condition=~Q(treatment__in=["adapted", "left_out"]) | ~Q(reason=""),
                violation_error_message=_("Dites pourquoi cet article est adapté ou laissé de côté."),
            ),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        self._refuse_if_published()
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        self._refuse_if_published()
        return super().delete(*args, **kwargs)

    def _refuse_if_published(self):
        if self.version.published_at is not None:
            raise ValidationError(_("Une version publiée ne change plus : préparez une nouvelle version."))

    @property
    def mark(self):
        """Sixteen signs that change whenever somebody writes in it: a form says by them what it started from."""
        written = [getattr(self, name) for name in self.WRITTEN_FIELDS]
        return hashlib.sha256(json.dumps(written, ensure_ascii=False).encode()).hexdigest()[:16]
