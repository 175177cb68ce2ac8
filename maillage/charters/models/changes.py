"""What the national text changed, and what an adaptation decides to do with each change."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maillage.organisations.audiences import AudienceQuerySet

from .texts import Article, CharterVersion


class NationalChangeQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """As the draft it is decided for."""
        return self.filter(version__in=CharterVersion.objects.visible_to(user).values("pk"))

    def pending(self):
        return self.filter(decided_at=None)


class NationalChange(models.Model):
    """One article that the national text changed, added or removed since an adaptation was based on it.

    It belongs to the adaptation's draft and waits for the promoters: nothing is merged without them.
    """

    class Decision(models.TextChoices):
        ACCEPTED = "accepted", _("proposition acceptée")
        REWRITTEN = "rewritten", _("réécrit")
        KEPT = "kept", _("nos mots gardés")

    version = models.ForeignKey(CharterVersion, models.CASCADE, related_name="national_changes")
    key = models.SlugField(_("article"), max_length=60)
    before = models.ForeignKey(Article, models.PROTECT, null=True, blank=True, related_name="+")
    after = models.ForeignKey(Article, models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.CharField(_("décision"), max_length=10, choices=Decision, blank=True, default="")
    decided_at = models.DateTimeField(_("décidé le"), null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = NationalChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("changement du texte national")
        verbose_name_plural = _("changements du texte national")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="nationalchange_once_per_article"),
            models.CheckConstraint(
                name="nationalchange_has_a_side", condition=Q(before__isnull=False) | Q(after__isnull=False)
            ),
            models.CheckConstraint(
                name="nationalchange_decided_or_not",
                condition=Q(decided_at=None, decision="") | (Q(decided_at__isnull=False) & ~Q(decision="")),
            ),
        ]

    def __str__(self):
        return f"{self.version} : {self.key}"
