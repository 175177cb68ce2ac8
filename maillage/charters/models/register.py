"""The register of signatures, as rows. What a chain is and how it is checked: `charters/register.py`."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.organisations.audiences import AudienceQuerySet

from .signatures import Signature


class RegisterEntryQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """Everybody: the register is public, and holds no name of a person."""
        return self.all()


class RegisterEntry(models.Model):
    """One event in the life of a signature, chained to the one before. Appended; never changed, never removed.

    Of an agreement, which is private, the entry says only that somebody signed one: it has no ``signature`` here.
    """

    class Event(models.TextChoices):
        SIGNED = "signed", _("signée")
        WITHDRAWN = "withdrawn", _("retirée")
        LAPSED = "lapsed", _("devenue caduque")
        RENEWED = "renewed", _("renouvelée")
        DORMANT = "dormant", _("en sommeil")
        REACTIVATED = "reactivated", _("réactivée")
        MERGED = "merged", _("reprise par l’organisation réunie")
        AGREEMENT = "agreement", _("convention signée")

    sequence = models.PositiveBigIntegerField(_("rang"), primary_key=True)
    event = models.CharField(_("évènement"), max_length=12, choices=Event)
    signature = models.ForeignKey(Signature, models.PROTECT, null=True, blank=True, related_name="register_entries")
    recorded_at = models.DateTimeField(_("inscrite le"))
    body = models.TextField()
    """Canonical JSON, without its own hash."""
    previous = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    objects = RegisterEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entrée du registre")
        verbose_name_plural = _("entrées du registre")
        ordering = ["sequence"]
        constraints = [
            models.CheckConstraint(
                name="register_entry_of_a_signature",
                condition=models.Q(event="agreement", signature=None)
                | (~models.Q(event="agreement") & models.Q(signature__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["signature", "event"],
                name="register_event_once_per_signature",
                condition=models.Q(event__in=["signed", "withdrawn", "lapsed"]),
            ),
        ]

    def __str__(self):
        return f"{self.sequence} {self.event}"


class RegisterHead(models.Model):
    """The end of the chain: one row, locked while an entry is added so that entries come one after another."""

    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(name="register_head_is_alone", condition=models.Q(pk=1))]

    def __str__(self):
        return f"{self.sequence} {self.hash}"
