"""Alerts: an association says that it is in difficulty to one person of its network, and to nobody else."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from maillage.organisations.audiences import AudienceQuerySet, reader_of
from maillage.organisations.models import NetworkRole, Organisation, TerritoryRole
from maillage.territories.models import Territory


class AlertQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """Who manages the association; the one person it chose, as long as they hold the role it was chosen for.

        Not its other members, whose posts it may be about; not the other coordinators of the same territory.
        """
        reader = reader_of(user)
        if not user.is_authenticated or reader.is_public_partner:
            return self.none()
        chosen = Q(territory_role__user=user, territory_role__until=None) | Q(
            network_role__user=user, network_role__until=None
        )
        return self.filter(Q(organisation_id__in=reader.managed_ids & reader.association_ids) | chosen)

    def received_by(self, user):
        """Those sent to ``user``; to be asked of what is visible to them."""
        return self.filter(Q(territory_role__user=user) | Q(network_role__user=user))

    def open(self):
        return self.filter(closed_at=None)


class Alert(models.Model):
    """Sent → read → answered → closed, by either, with what came of it; or withdrawn by the association."""

    class Kind(models.TextChoices):
        FUNDING = "funding", _("financement")
        PREMISES = "premises", _("local")
        EMPLOYMENT = "employment", _("emploi")
        VOLUNTEERS = "volunteers", _("bénévoles")
        PRESSURE = "pressure", _("pressions")

    class Outcome(models.TextChoices):
        EASED = "eased", _("la difficulté est levée")
        HELPED = "helped", _("un appui est trouvé, la difficulté reste")
        ALONE = "alone", _("rien n’a pu être fait")
        WITHDRAWN = "withdrawn", _("l’association l’a retirée")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="alerts", verbose_name=_("association")
    )
    territory_role = models.ForeignKey(TerritoryRole, models.PROTECT, null=True, blank=True, related_name="alerts")
    network_role = models.ForeignKey(NetworkRole, models.PROTECT, null=True, blank=True, related_name="alerts")
    """Through which of their roles the person was chosen: exactly one of the two."""
    kind = models.CharField(_("ce qui est en difficulté"), max_length=12, choices=Kind)
    words = models.TextField(_("ce qui se passe"), max_length=2000)
    hoped = models.CharField(_("ce qui aiderait"), max_length=300, blank=True)
    region = models.ForeignKey(Territory, models.SET_NULL, null=True, blank=True, related_name="+")
    """Where the association acted that day: what the synthesis counts by."""
    sent_at = models.DateTimeField(_("envoyée le"))
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    due_on = models.DateField(_("réponse attendue le"))
    read_at = models.DateTimeField(_("lue le"), null=True, blank=True)
    answered_at = models.DateTimeField(_("répondue le"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("rappelée le"), null=True, blank=True)
    outcome = models.CharField(_("ce que c’est devenu"), max_length=10, choices=Outcome, blank=True)
    closed_at = models.DateTimeField(_("close le"), null=True, blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = _("alerte")
        verbose_name_plural = _("alertes")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="alert_to_one_person",
                condition=Q(territory_role=None, network_role__isnull=False)
                | Q(territory_role__isnull=False, network_role=None),
            ),
            models.CheckConstraint(
                name="alert_closed_with_its_outcome",
                condition=Q(closed_at=None, outcome="") | Q(closed_at__isnull=False) & ~Q(outcome=""),
            ),
        ]

    def __str__(self):
        # The journal, which the operator reads, names neither who is in difficulty nor how.
        return gettext("alerte %(key)s") % {"key": str(self.uuid)[:8]}

    def get_absolute_url(self):
        return reverse("alerts:alert", args=[self.uuid])

    @property
    def role(self):
        return self.territory_role or self.network_role

    @property
    def has_reader(self):
        """Whether the person that it was sent to still holds the role."""
        return self.role.until is None and self.role.user.is_active

    @property
    def state(self):
        if self.closed_at:
            return _("close")
        if self.answered_at:
            return _("répondue")
        return _("lue") if self.read_at else _("envoyée")


class OfAlertQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        return self.filter(alert__in=Alert.objects.visible_to(user).values("pk"))


class AlertMessage(models.Model):
    """What the two sides write to each other."""

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="exchange")
    from_association = models.BooleanField()
    words = models.TextField(_("message"), max_length=2000)
    written_at = models.DateTimeField(_("écrit le"))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = OfAlertQuerySet.as_manager()

    class Meta:
        verbose_name = _("message d’une alerte")
        verbose_name_plural = _("messages d’alertes")
        ordering = ["written_at", "pk"]

    def __str__(self):
        return f"{self.alert}, {self.written_at:%Y-%m-%d}"
