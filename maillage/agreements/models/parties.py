"""Who agrees: the parties, what they ask to change, their approval, their signature; the files that are joined."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maillage.charters.models import RegisterEntry
from maillage.organisations.audiences import reader_of
from maillage.organisations.models import Mandate, Organisation
from maillage.ui.storage import private_storage

from .agreements import Agreement, OfAgreementQuerySet


class PartyQuerySet(OfAgreementQuerySet):
    def of(self, user):
        """Those that ``user`` belongs to, once confirmed: whoever claimed a profile yesterday reads nothing of what
        it was named in. Somebody who works for a public body is there for that body alone.
        """
        reader = reader_of(user)
        found = self.filter(organisation_id__in=reader.organisation_ids, organisation__confirmed_at__isnull=False)
        if reader.is_public_partner:
            return found.filter(organisation__kind=Organisation.Kind.PUBLIC_PARTNER)
        return found

    def unsigned(self):
        return self.filter(signed_at=None)


class Party(models.Model):
    """An organisation that an agreement binds. Named → approves an edition → signs, by somebody with a mandate."""

    class Role(models.TextChoices):
        PARTNER = "partner", _("partenaire")
        PROVIDER = "provider", _("met à disposition")
        USER = "user", _("utilise")
        LEAD = "lead", _("chef de file")

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="agreement_parties", verbose_name=_("organisation")
    )
    role = models.CharField(_("rôle"), max_length=10, choices=Role, default=Role.PARTNER)
    named_at = models.DateTimeField(_("nommée le"))
    approved_edition = models.PositiveIntegerField(null=True, blank=True)
    approved_at = models.DateTimeField(_("approuvée le"), null=True, blank=True)
    signed_at = models.DateTimeField(_("signée le"), null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="agreements_signed"
    )
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, blank=True, related_name="+")
    signatory_name = models.CharField(_("signée par"), max_length=200, blank=True)
    signatory_function = models.CharField(_("fonction"), max_length=120, blank=True)
    signatory_salt = models.CharField(max_length=64, blank=True, editable=False)
    entry = models.OneToOneField(
        RegisterEntry, models.PROTECT, null=True, blank=True, related_name="agreement_party", editable=False
    )
    """What the public register says of this signature: that there is one, and nothing else."""

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("partie à une convention")
        verbose_name_plural = _("parties à des conventions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "organisation"],
                name="party_once",
                violation_error_message=_("Cette organisation est déjà partie à la convention."),
            ),
            models.CheckConstraint(
                name="party_signed_is_registered",
                condition=Q(signed_at=None, entry=None) | Q(signed_at__isnull=False, entry__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.organisation} — {self.agreement}"

    @property
    def has_approved(self):
        """The edition that stands."""
        return self.approved_edition == self.agreement.edition


class ChangeRequestQuerySet(OfAgreementQuerySet):
    def waiting(self):
        return self.filter(settled_at=None)


class ChangeRequest(models.Model):
    """What a party asks to change before it approves. Asked → settled, with an answer."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="change_requests")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    words = models.TextField(_("ce qui est à changer"), max_length=1500)
    asked_at = models.DateTimeField(_("demandé le"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(_("réglé le"), null=True, blank=True)
    answer = models.CharField(_("réponse"), max_length=500, blank=True)

    objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("demande de changement")
        verbose_name_plural = _("demandes de changement")
        ordering = ["asked_at", "pk"]

    def __str__(self):
        return self.words[:80]


class AttachmentQuerySet(OfAgreementQuerySet):
    pass


def attachment_path(attachment, _name):
    """Where a file is kept: the name that people gave it never reaches the disk."""
    return f"conventions/{attachment.uuid}.{attachment.extension}"


class Attachment(models.Model):
    """A file joined to an agreement (inventory, insurance): PDF, JPEG or PNG, kept out of public reach."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="attachments")
    title = models.CharField(_("ce que c’est"), max_length=150)
    file = models.FileField(_("fichier"), storage=private_storage, upload_to=attachment_path)
    extension = models.CharField(max_length=4)
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField(_("jointe le"))

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("pièce jointe d’une convention")
        verbose_name_plural = _("pièces jointes de conventions")
        ordering = ["pk"]

    def __str__(self):
        return self.title
