"""Looking back together: a campaign on a territory, what is counted beside it, what changes next."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from maillage.charters.models import CharterVersion
from maillage.organisations.audiences import AudienceQuerySet, reader_of
from maillage.territories.models import Territory

MINIMUM = 5
"""How many organisations must have answered before anything is counted (product.md, rule 8)."""


class CampaignQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """The association space of its territory and those it asks; everybody once published; public partners of the
        territory once it is shared with them.
        """
        seen = Q(published_at__isnull=False)
        reader = reader_of(user)
        if reader.is_public_partner:
            return self.filter(
                seen
                | Q(
                    shared_at__isnull=False,
                    territory__in=Territory.objects.filter(organisations__in=reader.organisation_ids).values("pk"),
                )
            )
        return self.filter(seen | self._inside(reader))

    def inside(self, user):
        """Those of the association space of this person: what public partners never enter."""
        reader = reader_of(user)
        if reader.is_public_partner:
            return self.none()
        return self.filter(self._inside(reader))

    @staticmethod
    def _inside(reader):
        from .answers import LookBack

        here = Q(territory__in=reader.space_territory_ids)
        if reader.is_editor:
            here |= Q(territory=None)
        asked = LookBack.objects.filter(organisation_id__in=reader.association_ids)
        return here | Q(pk__in=asked.values("campaign"))

    def coordinated_by(self, user):
        reader = reader_of(user)
        mine = Q(territory__in=reader.coordinated_territory_ids)
        if reader.is_editor:
            mine |= Q(territory=None)
        return self.filter(mine)

    def running(self, today):
        return self.filter(opens_on__lte=today, closes_on__gte=today, closed_at=None)


class Campaign(models.Model):
    """The signatories of one text, of one territory or of the country, look back on one year.

    Planned → open → closed → shared or published. Nothing is counted before it is closed, and nothing is answered
    after: two readings of a synthesis never differ by one answer.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(CharterVersion, models.PROTECT, related_name="campaigns", verbose_name=_("texte"))
    territory = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="campaigns", verbose_name=_("territoire")
    )
    year = models.PositiveSmallIntegerField(_("année"))
    opens_on = models.DateField(_("ouvre le"))
    closes_on = models.DateField(_("ferme le"))
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(_("close le"), null=True, blank=True)
    adopted_on = models.DateField(_("suites adoptées le"), null=True, blank=True)
    adopted_by = models.CharField(_("adoptées par"), max_length=200, blank=True)
    shared_at = models.DateTimeField(_("partagée avec les partenaires publics le"), null=True, blank=True)
    published_at = models.DateTimeField(_("publiée le"), null=True, blank=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("bilan")
        verbose_name_plural = _("bilans")
        ordering = ["-year", "-opens_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                "version",
                "year",
                Coalesce("territory", 0, output_field=models.BigIntegerField()),
                name="campaign_once_a_year",
                violation_error_message=_("Le bilan de cette année est déjà ouvert ici pour ce texte."),
            ),
            models.CheckConstraint(name="campaign_closes_after_it_opens", condition=Q(closes_on__gte=F("opens_on"))),
            models.CheckConstraint(
                name="campaign_shown_once_closed",
                condition=Q(shared_at=None, published_at=None) | Q(closed_at__isnull=False),
            ),
        ]

    def __str__(self):
        return gettext("Le bilan %(year)s : %(place)s") % {"year": self.year, "place": self.place}

    def get_absolute_url(self):
        return reverse("evaluation:campaign", args=[self.uuid])

    @property
    def place(self):
        return self.territory.name if self.territory_id else gettext("tout le pays")

    def is_open(self, today):
        return self.closed_at is None and self.opens_on <= today <= self.closes_on


class OfCoordinatorQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """The coordinators who counted; everybody else reads the synthesis."""
        return self.filter(campaign__in=Campaign.objects.coordinated_by(user).values("pk"))


class PaperCount(models.Model):
    """How many of the paper forms of residents, or of partners, gave one answer to one question. Counts only."""

    class Audience(models.TextChoices):
        RESIDENTS = "residents", _("habitantes et habitants")
        PARTNERS = "partners", _("partenaires")

    class Question(models.TextChoices):
        TOGETHER = "together", _("Les associations d’ici agissent ensemble.")
        LISTENED = "listened", _("On nous demande notre avis avant de décider.")
        CHANGED = "changed", _("Ce qu’elles font ensemble change quelque chose ici.")

    class Answer(models.TextChoices):
        YES = "yes", _("oui")
        PARTLY = "partly", _("un peu")
        NO = "no", _("non")
        UNKNOWN = "unknown", _("je ne sais pas")

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="paper_counts")
    audience = models.CharField(max_length=10, choices=Audience)
    question = models.CharField(max_length=10, choices=Question)
    answer = models.CharField(max_length=8, choices=Answer)
    number = models.PositiveIntegerField()

    objects = OfCoordinatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("compte des feuilles")
        verbose_name_plural = _("comptes des feuilles")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "audience", "question", "answer"], name="papercount_once")
        ]

    def __str__(self):
        return f"{self.audience} {self.question} {self.answer}: {self.number}"


class NextStepQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """Those of one's territories' association space; with the synthesis, once adopted, wherever it is shown."""
        inside = Campaign.objects.inside(user).values("pk")
        shown = Campaign.objects.visible_to(user).filter(adopted_on__isnull=False).values("pk")
        return self.filter(Q(campaign__in=inside) | Q(campaign__in=shown))


class NextStep(models.Model):
    """Something that changes after a look back: what, carried by whom, by when."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="next_steps")
    text = models.CharField(_("ce que nous changeons"), max_length=300)
    carried_by = models.CharField(_("porté par"), max_length=200, blank=True)
    due_on = models.DateField(_("pour le"), null=True, blank=True)

    objects = NextStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("suite d’un bilan")
        verbose_name_plural = _("suites d’un bilan")
        ordering = ["pk"]

    def __str__(self):
        return self.text
