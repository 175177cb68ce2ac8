"""What a new official geography changes for those who act in a neighbourhood that ended."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maillage.organisations.audiences import AudienceQuerySet, reader_of
from maillage.organisations.models import Organisation
from maillage.territories.models import Territory

from .adaptations import TerritorialAdaptation


class BorderChangeQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """Whoever coordinates the neighbourhood that ended, or one that follows it; those whom it concerns."""
        reader = reader_of(user)
        if reader.is_public_partner or not user.is_authenticated:
            return self.none()
        here = reader.coordinated_territory_ids
        return self.filter(
            Q(former__in=here)
            | Q(former__successors__in=here)
            | Q(organisation__in=reader.organisation_ids)
            | Q(adaptation__promoters__in=reader.association_ids)
        ).distinct()

    def to_decide(self):
        return self.filter(decided_at=None)


class BorderChange(models.Model):
    """An organisation, or an adaptation, of a neighbourhood that ended: where it goes is decided once, and kept.

    `new` is the neighbourhood of the new geography; decided without one, it is now outside priority neighbourhoods.
    """

    former = models.ForeignKey(Territory, models.PROTECT, related_name="border_changes")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="border_changes"
    )
    adaptation = models.ForeignKey(
        TerritorialAdaptation, models.CASCADE, null=True, blank=True, related_name="border_changes"
    )
    noticed_at = models.DateTimeField(_("remarqué le"))
    decided_at = models.DateTimeField(_("décidé le"), null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    new = models.ForeignKey(Territory, models.PROTECT, null=True, blank=True, related_name="+")

    objects = BorderChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("changement de contour")
        verbose_name_plural = _("changements de contour")
        ordering = ["former", "pk"]
        constraints = [
            models.CheckConstraint(
                name="border_change_of_one",
                condition=Q(organisation__isnull=False, adaptation=None)
                | Q(organisation=None, adaptation__isnull=False),
            ),
            models.CheckConstraint(
                name="border_change_new_once_decided", condition=Q(new=None) | Q(decided_at__isnull=False)
            ),
            models.UniqueConstraint(fields=["former", "organisation"], name="border_change_organisation_once"),
            models.UniqueConstraint(fields=["former", "adaptation"], name="border_change_adaptation_once"),
        ]

    def __str__(self):
        return f"{self.former} — {self.subject}"

    @property
    def subject(self):
        """The organisation or the adaptation that it is about."""
        return self.organisation or self.adaptation
