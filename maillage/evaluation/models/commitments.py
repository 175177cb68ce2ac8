"""Where an organisation is with what it signed, year by year. It is its own affair."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.charters.models import Article
from maillage.organisations.audiences import AudienceQuerySet, reader_of
from maillage.organisations.models import Organisation


class State(models.TextChoices):
    """Where one is with a commitment. Not a mark: nothing is added up, nobody is compared."""

    NOT_STARTED = "not_started", _("pas commencé")
    UNDER_WAY = "under_way", _("en cours")
    DONE = "done", _("fait")
    NOT_APPLICABLE = "not_applicable", _("ne nous concerne pas")


class CommitmentStateQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """The people of that organisation, and nobody else."""
        return self.filter(organisation_id__in=reader_of(user).association_ids)


class CommitmentState(models.Model):
    """A commitment or a principle that an organisation signed, in one year: where it is, with what shows it.

    `edition` counts what was saved: whoever saves over a number that is no longer the last sees the difference.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="commitment_states")
    article = models.ForeignKey(Article, models.PROTECT, related_name="commitment_states")
    year = models.PositiveSmallIntegerField(_("année"))
    state = models.CharField(_("où nous en sommes"), max_length=14, choices=State)
    note = models.TextField(_("une note"), max_length=2000, blank=True)
    proofs = models.TextField(_("ce qui le montre"), max_length=1500, blank=True)
    """One address a line: a path of this site, or https."""
    edition = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(_("noté le"))

    objects = CommitmentStateQuerySet.as_manager()

    class Meta:
        verbose_name = _("suivi d’un engagement")
        verbose_name_plural = _("suivi des engagements")
        ordering = ["year", "article"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "article", "year"], name="commitmentstate_once_a_year"),
            models.CheckConstraint(name="commitmentstate_known", condition=models.Q(state__in=State.values)),
        ]

    def __str__(self):
        return f"{self.article_id} {self.year}: {self.state}"

    @property
    def links(self):
        return self.proofs.split()
