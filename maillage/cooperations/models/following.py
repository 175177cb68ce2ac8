"""What is followed in a cooperation: contributions, dates, journal, brakes and levers, looking back, its story."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from maillage.organisations.audiences import AudienceQuerySet, reader_of
from maillage.organisations.models import Organisation
from maillage.ui.storage import private_storage

from .cooperations import Cooperation, OfCooperationQuerySet, Partner
from .families import FAMILIES, Brake, Lever, Side


class ContributionQuerySet(OfCooperationQuerySet):
    cooperation = "partner__cooperation"


class Contribution(models.Model):
    """What a partner brings. Read by the partners and the coordination."""

    class Kind(models.TextChoices):
        HOURS = "hours", _("des heures")
        EUROS = "euros", _("de l’argent (euros)")
        PREMISES = "premises", _("une salle, un local")
        EQUIPMENT = "equipment", _("du matériel")
        SKILL = "skill", _("un savoir-faire")

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="contributions")
    kind = models.CharField(_("quoi"), max_length=10, choices=Kind)
    amount = models.DecimalField(_("combien"), max_digits=10, decimal_places=2, null=True, blank=True)
    words = models.CharField(_("précisément"), max_length=200, blank=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("apport")
        verbose_name_plural = _("apports")
        ordering = ["partner", "kind", "pk"]
        constraints = [
            models.CheckConstraint(
                name="contribution_not_negative",
                condition=Q(amount=None) | Q(amount__gte=0),
                violation_error_message=_("Un apport n’est pas négatif."),
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} : {self.words}"


class Milestone(models.Model):
    """A date of the cooperation: what is to be done, whether it is."""

    cooperation = models.ForeignKey(Cooperation, models.CASCADE, related_name="milestones")
    title = models.CharField(_("quoi"), max_length=160)
    due_on = models.DateField(_("pour le"))
    done_at = models.DateTimeField(_("fait le"), null=True, blank=True)

    objects = OfCooperationQuerySet.as_manager()

    class Meta:
        verbose_name = _("date à tenir")
        verbose_name_plural = _("dates à tenir")
        ordering = ["due_on", "pk"]

    def __str__(self):
        return self.title


def file_path(entry, _name):
    """Where a photo is kept: the name that people gave it never reaches the disk."""
    return f"cooperations/{entry.uuid}.{entry.file_kind}"


class JournalEntryQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """Inside; and, once it is shared, by a public partner that takes part."""
        seen = Q(cooperation__in=Cooperation.objects.inside(user).values("pk"))
        mine = reader_of(user).organisation_ids
        if mine:
            taking_part = Partner.objects.accepted().filter(organisation_id__in=mine)
            seen |= Q(shared_at__isnull=False, cooperation__in=taking_part.values("cooperation"))
        return self.filter(seen)


class JournalEntry(models.Model):
    """What happened, in an organisation's words; with a photo or a document, kept out of public reach."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cooperation = models.ForeignKey(Cooperation, models.CASCADE, related_name="journal")
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, related_name="cooperation_entries", verbose_name=_("au nom de")
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(_("écrit le"))
    text = models.TextField(_("ce qui s’est passé, ce que nous avons appris"), max_length=4000)
    file = models.FileField(_("photo ou document"), storage=private_storage, upload_to=file_path, blank=True)
    file_kind = models.CharField(max_length=4, blank=True)
    alt = models.CharField(_("ce que l’on voit, ou de quoi il s’agit"), max_length=200, blank=True)
    shared_at = models.DateTimeField(_("partagé avec les partenaires publics le"), null=True, blank=True)

    objects = JournalEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("page du journal")
        verbose_name_plural = _("pages du journal")
        ordering = ["-written_at", "-pk"]
        constraints = [models.CheckConstraint(name="journal_file_is_described", condition=Q(file="") | ~Q(alt=""))]

    def __str__(self):
        return self.text[:60]


class Finding(models.Model):
    """A brake that was met, or a lever that was found, in a sentence."""

    cooperation = models.ForeignKey(Cooperation, models.CASCADE, related_name="findings")
    side = models.CharField(_("frein ou levier"), max_length=5, choices=Side)
    family = models.CharField(_("à propos de"), max_length=12)
    """Of `Brake` or `Lever`, by its side."""
    words = models.CharField(_("en une phrase"), max_length=300)

    objects = OfCooperationQuerySet.as_manager()

    class Meta:
        verbose_name = _("frein ou levier")
        verbose_name_plural = _("freins et leviers")
        ordering = ["side", "family", "pk"]
        constraints = [
            models.CheckConstraint(
                name="finding_of_a_known_family",
                condition=Q(side=Side.BRAKE, family__in=Brake.values) | Q(side=Side.LEVER, family__in=Lever.values),
            )
        ]

    def __str__(self):
        return self.words

    @property
    def family_label(self):
        return FAMILIES[Side(self.side)](self.family).label


class Review(models.Model):
    """A look back on the cooperation itself. Open → closed. Never a mark: words on a scale, from five answers on."""

    cooperation = models.ForeignKey(Cooperation, models.CASCADE, related_name="reviews")
    opened_at = models.DateTimeField(_("ouvert le"))
    closed_at = models.DateTimeField(_("clos le"), null=True, blank=True)
    changes = models.TextField(_("ce que nous changeons"), max_length=2000, blank=True)

    objects = OfCooperationQuerySet.as_manager()

    class Meta:
        verbose_name = _("regard sur la coopération")
        verbose_name_plural = _("regards sur la coopération")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["cooperation"], condition=Q(closed_at=None), name="review_one_open"),
            models.CheckConstraint(
                name="review_closed_after_opened", condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at"))
            ),
        ]

    def __str__(self):
        return f"{self.cooperation}, {self.opened_at:%Y-%m-%d}"


class ReviewAnswerQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """One's own organisation's alone: everybody else sees counts, from five answers on."""
        return self.filter(organisation_id__in=reader_of(user).association_ids)


class ReviewAnswer(models.Model):
    """What one partner, or one resident (on paper, without a name), says of the cooperation."""

    class Scale(models.TextChoices):
        FULLY = "fully", _("oui, vraiment")
        RATHER = "rather", _("plutôt oui")
        LITTLE = "little", _("pas assez")
        NO = "no", _("non")

    review = models.ForeignKey(Review, models.CASCADE, related_name="answers")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="review_answers"
    )
    trust = models.CharField(_("Nous nous faisons confiance"), max_length=6, choices=Scale)
    sharing = models.CharField(_("Ce que nous en retirons est partagé"), max_length=6, choices=Scale)
    load = models.CharField(_("La charge est répartie"), max_length=6, choices=Scale)
    residents = models.CharField(_("Les habitantes et les habitants y ont leur place"), max_length=6, choices=Scale)
    words = models.TextField(_("ce que vous voulez ajouter"), max_length=1500, blank=True)

    objects = ReviewAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("réponse")
        verbose_name_plural = _("réponses")
        constraints = [
            models.UniqueConstraint(fields=["review", "organisation"], name="review_answer_once"),
        ]

    def __str__(self):
        return str(self.organisation or _("une habitante, un habitant"))


class CaseStudyDraft(models.Model):
    """The story of a cooperation on the guide's grid, being written by its partners. Publishing it is another act."""

    FIELDS = (
        *("context", "partners", "motivations", "ways_of_working"),
        *("results_obtained", "results_expected", "brakes", "levers", "contact"),
    )
    cooperation = models.OneToOneField(Cooperation, models.CASCADE, related_name="case_study_draft")
    context = models.TextField(_("contexte"), max_length=6000, blank=True)
    partners = models.TextField(_("partenaires"), max_length=3000, blank=True)
    motivations = models.TextField(_("motivations"), max_length=6000, blank=True)
    ways_of_working = models.TextField(_("modalités : comment on s’y prend"), max_length=6000, blank=True)
    results_obtained = models.TextField(_("résultats obtenus"), max_length=6000, blank=True)
    results_expected = models.TextField(_("résultats attendus"), max_length=6000, blank=True)
    brakes = models.TextField(_("freins"), max_length=6000, blank=True)
    levers = models.TextField(_("leviers"), max_length=6000, blank=True)
    contact = models.CharField(_("contact : une fonction, pas un nom"), max_length=200, blank=True)
    number = models.PositiveIntegerField(default=0)
    """Grows at each saving: whoever saves over another's words is told."""
    prepared_at = models.DateTimeField(_("préparé le"))

    objects = OfCooperationQuerySet.as_manager()

    class Meta:
        verbose_name = _("récit en préparation")
        verbose_name_plural = _("récits en préparation")

    def __str__(self):
        return str(self.cooperation)
