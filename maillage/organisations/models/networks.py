"""Networks: federations, unions and their branches, as a tree."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .organisation import Organisation


class Network(models.Model):
    """A federation, a union, a coordination, or one of its branches. One organisation may be in several, or none."""

    class Kind(models.TextChoices):
        HEAD = "head_network", _("tête de réseau")
        FEDERATION = "federation", _("fédération")
        BRANCH = "branch", _("branche régionale ou départementale")
        LOCAL = "local", _("réseau local")

    name = models.CharField(_("nom"), max_length=200)
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(_("nature"), max_length=20, choices=Kind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="branches")

    class Meta:
        verbose_name = _("réseau")
        verbose_name_plural = _("réseaux")
        ordering = ["name"]
        constraints = [models.CheckConstraint(name="network_is_not_its_parent", condition=~Q(parent=F("pk")))]

    def __str__(self):
        return self.name


class NetworkMembershipQuerySet(models.QuerySet):
    def in_force(self, on):
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on)


class NetworkMembership(models.Model):
    """An organisation belongs to a network, from a day and perhaps until another."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="network_memberships")
    network = models.ForeignKey(Network, models.PROTECT, related_name="memberships")
    since = models.DateField(_("depuis le"))
    until = models.DateField(_("jusqu’au"), null=True, blank=True)

    objects = NetworkMembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "network"], condition=Q(until=None), name="network_membership_once"
            ),
            models.CheckConstraint(
                name="network_membership_ends_after_it_starts",
                condition=Q(until=None) | Q(until__gte=F("since")),
            ),
        ]

    def __str__(self):
        return f"{self.organisation} — {self.network}"


class NetworkRole(models.Model):
    """A person works for a network and follows its members' signatures and adaptations."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="network_roles")
    network = models.ForeignKey(Network, models.CASCADE, related_name="roles")
    since = models.DateField(_("depuis le"))
    until = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "network"], condition=Q(until=None), name="network_role_once")
        ]

    def __str__(self):
        return f"{self.user} — {self.network}"
