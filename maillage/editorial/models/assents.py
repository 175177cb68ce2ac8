"""What an organisation named in a case study said of its words."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maillage.organisations.audiences import AudienceQuerySet, reader_of
from maillage.organisations.models import Organisation

from .cases import CaseStudy


class AssentQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """Of one's own organisations; all of them by who edits the case. A public partner reads its own: whether it
        agreed is its affair.
        """
        reader = reader_of(user)
        if not user.is_authenticated:
            return self.none()
        if not reader.is_public_partner and (reader.is_editor or user.is_superuser):
            return self.all()
        mine = Q(organisation_id__in=reader.organisation_ids)
        if not reader.is_public_partner:
            mine |= Q(case__in=CaseStudy.objects.edited_by(user))
        return self.filter(mine)


class Assent(models.Model):
    """Asked → agreed | refused; agreed → withdrawn. Of the words of one fingerprint: other words are asked again."""

    class State(models.TextChoices):
        ASKED = "asked", _("demandé")
        AGREED = "agreed", _("d’accord")
        REFUSED = "refused", _("refuse")
        WITHDRAWN = "withdrawn", _("a retiré son accord")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(CaseStudy, models.CASCADE, related_name="assents")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="case_assents")
    name = models.CharField(_("nom"), max_length=200)
    email = models.EmailField(_("adresse"), blank=True)
    fingerprint = models.CharField(max_length=64, editable=False)
    state = models.CharField(_("état"), max_length=9, choices=State, default=State.ASKED)
    words = models.CharField(_("pourquoi, ou ce qu’il faudrait changer"), max_length=1000, blank=True)
    asked_at = models.DateTimeField(_("demandé le"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(_("répondu le"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = AssentQuerySet.as_manager()

    class Meta:
        verbose_name = _("accord sur une pratique")
        verbose_name_plural = _("accords sur une pratique")
        ordering = ["case", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "organisation"], name="case_assent_once_an_organisation"),
            models.UniqueConstraint(
                fields=["case", "email"], condition=Q(organisation=None), name="case_assent_once_an_address"
            ),
            models.CheckConstraint(
                name="case_assent_of_somebody", condition=Q(organisation__isnull=False) | ~Q(email="")
            ),
            models.CheckConstraint(
                name="case_assent_answered_has_a_date", condition=Q(state="asked") | Q(answered_at__isnull=False)
            ),
        ]

    def __str__(self):
        return f"{self.name} — {self.case}"

    @property
    def key(self):
        return (self.organisation_id, "") if self.organisation_id else (None, self.email)


class CaseReadingQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        reader = reader_of(user)
        if user.is_authenticated and not reader.is_public_partner and (reader.is_editor or user.is_superuser):
            return self.all()
        return self.none()


class CaseReading(models.Model):
    """The words that moderation let through, before everybody named has agreed to them."""

    case = models.OneToOneField(CaseStudy, models.CASCADE, related_name="reading")
    fingerprint = models.CharField(max_length=64)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    read_at = models.DateTimeField(_("relu le"))

    objects = CaseReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("relecture d’une pratique")
        verbose_name_plural = _("relectures de pratiques")

    def __str__(self):
        return str(self.case)
