"""Signatures gathered on paper, at a meeting."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.organisations.audiences import AudienceQuerySet, reader_of
from maillage.ui.storage import private_storage

from .texts import CharterVersion


def scan_path(gathering, _name):
    """Where a scan is kept: the name that people gave it never reaches the disk."""
    return f"feuilles/{gathering.uuid}.{gathering.scan_kind}"


class GatheringQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """Whoever coordinates a territory of its signatories; whoever entered it, while they coordinate one."""
        reader = reader_of(user)
        if not reader.coordinated_territory_ids:
            return self.none()
        return self.filter(
            models.Q(entered_by=user)
            | models.Q(signatures__organisation__territories__in=reader.coordinated_territory_ids)
        ).distinct()


class Gathering(models.Model):
    """A meeting where organisations signed a text on paper; the signed sheet is kept, scanned, out of reach."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(CharterVersion, models.PROTECT, related_name="gatherings")
    place = models.CharField(_("quelle rencontre, et où"), max_length=200)
    held_on = models.DateField(_("date de la rencontre"))
    scan = models.FileField(_("la feuille signée"), storage=private_storage, upload_to=scan_path)
    scan_kind = models.CharField(max_length=4)
    scan_sha256 = models.CharField(_("empreinte de la feuille"), max_length=64)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    entered_at = models.DateTimeField(_("saisie le"))

    objects = GatheringQuerySet.as_manager()

    class Meta:
        verbose_name = _("rencontre de signature")
        verbose_name_plural = _("rencontres de signature")
        ordering = ["-held_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "scan_sha256"],
                name="gathering_sheet_once",
                violation_error_message=_("Cette feuille est déjà enregistrée pour ce texte."),
            )
        ]

    def __str__(self):
        return f"{self.place}, {self.held_on:%Y-%m-%d}"
