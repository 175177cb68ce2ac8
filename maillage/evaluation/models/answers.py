"""What one organisation answers when it looks back. Only its own people read it, unless it shares it."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maillage.charters.models import Article
from maillage.cooperations.models import Side
from maillage.organisations.audiences import AudienceQuerySet, reader_of
from maillage.organisations.models import Organisation

from .campaigns import Campaign
from .commitments import State


def _readable(user, prefix=""):
    """One's own associations'; a finished one that was shared, for the coordinators of its territory."""
    reader = reader_of(user)
    return Q(**{f"{prefix}organisation_id__in": reader.association_ids}) | Q(
        **{
            f"{prefix}is_shared": True,
            f"{prefix}finished_at__isnull": False,
            f"{prefix}campaign__territory__in": reader.coordinated_territory_ids,
        }
    )


class LookBackQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """The organisation's own people; the coordinators of the territory, where it was finished and shared."""
        return self.filter(_readable(user))

    def finished(self):
        return self.filter(finished_at__isnull=False)


class LookBack(models.Model):
    """One organisation is asked to look back, and does or not: a row from the day it is invited.

    Each page is saved alone. `edition` counts the savings of the pages that are kept here.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="look_backs")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="look_backs")
    brakes_words = models.TextField(_("ce qui a freiné"), max_length=2000, blank=True)
    levers_words = models.TextField(_("ce qui a aidé"), max_length=2000, blank=True)
    change = models.TextField(_("ce que nous changerions"), max_length=2000, blank=True)
    need = models.TextField(_("ce dont nous avons besoin"), max_length=2000, blank=True)
    is_shared = models.BooleanField(_("partager nos réponses avec la coordination du territoire"), default=False)
    edition = models.PositiveIntegerField(default=0)
    invited_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(_("terminé le"), null=True, blank=True)

    objects = LookBackQuerySet.as_manager()

    class Meta:
        verbose_name = _("retour d’une organisation")
        verbose_name_plural = _("retours des organisations")
        constraints = [models.UniqueConstraint(fields=["campaign", "organisation"], name="lookback_once")]

    def __str__(self):
        return f"{self.organisation_id} {self.campaign_id}"


class OfLookBackQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """As the look back."""
        return self.filter(_readable(user, "look_back__"))


class PrincipleAnswer(models.Model):
    """Where the organisation says it is with one principle, or one commitment, of the text."""

    look_back = models.ForeignKey(LookBack, models.CASCADE, related_name="answers")
    article = models.ForeignKey(Article, models.PROTECT, related_name="+")
    state = models.CharField(_("où nous en sommes"), max_length=14, choices=State)
    note = models.TextField(_("une note"), max_length=2000, blank=True)
    edition = models.PositiveIntegerField(default=1)

    objects = OfLookBackQuerySet.as_manager()

    class Meta:
        verbose_name = _("réponse sur un principe")
        verbose_name_plural = _("réponses sur les principes")
        constraints = [
            models.UniqueConstraint(fields=["look_back", "article"], name="principleanswer_once"),
            models.CheckConstraint(name="principleanswer_known", condition=Q(state__in=State.values)),
        ]

    def __str__(self):
        return f"{self.article_id}: {self.state}"


class Mention(models.Model):
    """A brake met or a lever found, of a known family."""

    look_back = models.ForeignKey(LookBack, models.CASCADE, related_name="mentions")
    side = models.CharField(max_length=5, choices=Side)
    family = models.CharField(max_length=12)

    objects = OfLookBackQuerySet.as_manager()

    class Meta:
        verbose_name = _("frein ou levier")
        verbose_name_plural = _("freins et leviers")
        constraints = [models.UniqueConstraint(fields=["look_back", "side", "family"], name="mention_once")]

    def __str__(self):
        return f"{self.side} {self.family}"
