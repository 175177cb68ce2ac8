"""The list that a network keeps of its own members, brought here by somebody who works for it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..audiences import AudienceQuerySet, reader_of
from .networks import Network, NetworkMembership
from .organisation import Organisation


class MemberListQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """Those who follow the network, and nobody else."""
        return self.filter(network_id__in=reader_of(user).followed_network_ids)

    def in_use(self):
        """Confirmed and not undone: of each network, the newest counts."""
        return self.filter(confirmed_at__isnull=False, undone_at=None)

    def to_confirm(self):
        return self.filter(confirmed_at=None, undone_at=None)


class MemberList(models.Model):
    """A file of members: read, looked at line by line, then confirmed, and perhaps undone. Never published."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="member_lists")
    file_name = models.CharField(_("fichier"), max_length=120)
    read_at = models.DateTimeField(_("lue le"))
    confirmed_at = models.DateTimeField(_("confirmée le"), null=True, blank=True)
    undone_at = models.DateTimeField(_("défaite le"), null=True, blank=True)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = MemberListQuerySet.as_manager()

    class Meta:
        verbose_name = _("liste de membres")
        verbose_name_plural = _("listes de membres")
        ordering = ["-read_at"]
        constraints = [
            models.CheckConstraint(
                name="member_list_undone_after_confirmed",
                condition=Q(undone_at=None) | Q(confirmed_at__isnull=False, undone_at__gte=F("confirmed_at")),
            ),
        ]

    def __str__(self):
        return f"{self.network} — {self.file_name}"


class MemberLineQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """Those who follow the network, and nobody else."""
        return self.filter(member_list__network_id__in=reader_of(user).followed_network_ids)


class MemberLine(models.Model):
    """One member, as the network wrote it, and what was found of it."""

    class State(models.TextChoices):
        HERE = "here", _("sur Maillage, reconnue par son numéro")
        MAYBE = "maybe", _("à vérifier : presque le même nom")
        REGISTER = "register", _("au répertoire national, pas encore sur Maillage")
        DISSOLVED = "dissolved", _("dissoute, selon le répertoire national")
        UNKNOWN = "unknown", _("numéro inconnu")
        NOT_HERE = "not_here", _("pas encore sur Maillage")
        INVALID = "invalid", _("numéro mal écrit")
        TWICE = "twice", _("déjà plus haut dans le fichier")

    member_list = models.ForeignKey(MemberList, models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField(_("ligne"))
    name = models.CharField(_("nom"), max_length=200, blank=True)
    identifier = models.CharField(_("RNA, SIREN ou SIRET"), max_length=40, blank=True)
    commune = models.CharField(_("commune"), max_length=100, blank=True)
    state = models.CharField(_("ce qui a été trouvé"), max_length=10, choices=State)
    same_as = models.PositiveIntegerField(_("même que la ligne"), null=True, blank=True)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+")
    made = models.ForeignKey(NetworkMembership, models.SET_NULL, null=True, blank=True, related_name="+")
    """The membership that this line made, if it made one: what undoing ends."""

    objects = MemberLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("ligne d’une liste de membres")
        verbose_name_plural = _("lignes des listes de membres")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["member_list", "number"], name="member_line_once")]

    def __str__(self):
        return f"{self.number} {self.name}"
