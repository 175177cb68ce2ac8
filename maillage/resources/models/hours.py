"""The hours that associations give each other, where a collective has chosen to count them."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from maillage.organisations.audiences import AudienceQuerySet, reader_of
from maillage.organisations.models import Organisation
from maillage.territories.models import Territory

from .loans import Loan


class LedgerSwitchQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """The association space of the territory."""
        return self.filter(territory_id__in=reader_of(user).space_territory_ids)

    def standing(self):
        return self.filter(off_since=None)


class LedgerSwitch(models.Model):
    """The collective of a territory counts hours, from a day and perhaps until another. Its coordination says so."""

    territory = models.ForeignKey(Territory, models.PROTECT, related_name="ledger_switches")
    on_since = models.DateTimeField(_("depuis le"))
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    words = models.CharField(_("qui l’a décidé, et quand"), max_length=300)
    off_since = models.DateTimeField(_("arrêté le"), null=True, blank=True)
    off_words = models.CharField(_("pourquoi"), max_length=300, blank=True)

    objects = LedgerSwitchQuerySet.as_manager()

    class Meta:
        verbose_name = _("carnet d’heures d’un territoire")
        verbose_name_plural = _("carnets d’heures des territoires")
        constraints = [
            models.UniqueConstraint(
                fields=["territory"],
                condition=Q(off_since=None),
                name="ledger_on_once",
                violation_error_message=_("Le carnet d’heures est déjà ouvert ici."),
            )
        ]

    def __str__(self):
        return str(self.territory)


class HoursEntryQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """The two associations, and the coordination of the territory."""
        reader = reader_of(user)
        mine = reader.association_ids
        return self.filter(
            Q(giver_id__in=mine) | Q(receiver_id__in=mine) | Q(territory_id__in=reader.coordinated_territory_ids)
        )

    def standing(self):
        return self.filter(cancelled_at=None)


class HoursEntry(models.Model):
    """Hours that one association gave to another. Taken back, it is kept with the reason. No limit below zero."""

    territory = models.ForeignKey(Territory, models.PROTECT, related_name="hours_entries")
    giver = models.ForeignKey(Organisation, models.CASCADE, related_name="hours_given")
    receiver = models.ForeignKey(Organisation, models.CASCADE, related_name="hours_received")
    hours = models.DecimalField(
        _("heures"), max_digits=6, decimal_places=2, validators=[MinValueValidator(Decimal("0.25"))]
    )
    day = models.DateField(_("jour"))
    words = models.CharField(_("pour quoi"), max_length=300)
    loan = models.ForeignKey(Loan, models.SET_NULL, null=True, blank=True, related_name="hours_entries")
    entered_at = models.DateTimeField(_("noté le"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    cancelled_at = models.DateTimeField(_("annulé le"), null=True, blank=True)
    cancel_words = models.CharField(_("pourquoi"), max_length=300, blank=True)

    objects = HoursEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("heures données")
        verbose_name_plural = _("heures données")
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="hours_between_two",
                condition=~Q(giver=F("receiver")),
                violation_error_message=_("Choisissez deux associations différentes."),
            ),
            models.CheckConstraint(name="hours_more_than_none", condition=Q(hours__gt=0)),
        ]

    def __str__(self):
        return f"{self.giver} → {self.receiver}: {self.hours}"
