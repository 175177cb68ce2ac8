"""Agreements between organisations (in French, conventions), their clauses, what is paid when."""

import datetime
import uuid
from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maillage.cooperations.models import Cooperation
from maillage.organisations.audiences import AudienceQuerySet, reader_of
from maillage.organisations.models import Organisation

ENDS_SOON = datetime.timedelta(days=60)
SIGN_SOON = datetime.timedelta(days=7)
ZERO = Decimal(0)


def euros(label):
    """An amount in euros, that may be left out."""
    return models.DecimalField(
        label, max_digits=10, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )


class AgreementQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """The people of its parties, public partners included for those they are a party to; the coordination, where
        a party shows it to it.
        """
        from .parties import Party

        reader = reader_of(user)
        seen = Q(pk__in=Party.objects.of(user).values("agreement"))
        if reader.coordinated_territory_ids:
            here = Organisation.territories.through.objects.filter(territory_id__in=reader.coordinated_territory_ids)
            theirs = Party.objects.filter(organisation__in=here.values("organisation"))
            seen |= Q(pk__in=theirs.values("agreement"), shown_at__isnull=False)
        return self.filter(seen)

    def in_force(self, on):
        """Signed by all, begun, not ended."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), state="signed", starts_on__lte=on, ended_on=None)


class Agreement(models.Model):
    """What two organisations or more agree in writing.

    Draft → review → to sign → signed (running between its two days) → ended; or dropped before it is signed by all.
    Who edits says which ``edition`` they read; an approval counts for one edition.
    """

    class Kind(models.TextChoices):
        PARTNERSHIP = "partnership", _("partenariat")
        PREMISES = "premises", _("mise à disposition d’un local")
        EQUIPMENT = "equipment", _("mise à disposition de matériel")
        STAFF = "staff_secondment", _("mise à disposition d’une personne salariée")
        TRANSFER = "fund_transfer", _("reversement du chef de file à un partenaire")

    class State(models.TextChoices):
        DRAFT = "draft", _("brouillon")
        REVIEW = "review", _("en relecture")
        TO_SIGN = "to_sign", _("à signer")
        SIGNED = "signed", _("signée")
        DROPPED = "dropped", _("abandonnée")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("nature"), max_length=20, choices=Kind)
    title = models.CharField(_("titre"), max_length=150)
    state = models.CharField(_("où elle en est"), max_length=10, choices=State, default=State.DRAFT)
    edition = models.PositiveIntegerField(default=1)
    starts_on = models.DateField(_("à partir du"))
    ends_on = models.DateField(_("jusqu’au"), null=True, blank=True)
    notice_days = models.PositiveSmallIntegerField(_("préavis pour y mettre fin, en jours"), default=30)
    cooperation = models.ForeignKey(
        Cooperation, models.SET_NULL, null=True, blank=True, related_name="agreements", verbose_name=_("coopération")
    )
    amends = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="amendments")
    renews = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="renewals")

    post = models.CharField(_("fonction de la personne, jamais son nom"), max_length=150, blank=True)
    hours = models.CharField(_("horaires et lieu de travail"), max_length=200, blank=True)
    wages = euros(_("salaires, en euros"))
    charges = euros(_("charges sociales, en euros"))
    expenses = euros(_("frais professionnels remboursés, en euros"))
    billed = euros(_("montant refacturé, en euros"))
    rider_on = models.DateField(_("avenant au contrat de travail, signé le"), null=True, blank=True)
    consent_on = models.DateField(_("accord écrit de la personne, reçu le"), null=True, blank=True)

    amount = euros(_("montant reversé, en euros"))
    report_due_on = models.DateField(_("compte rendu attendu le"), null=True, blank=True)

    created_at = models.DateTimeField(_("commencée le"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(_("modifiée le"))
    nonce = models.CharField(max_length=64, editable=False)
    """Part of what is hashed: nobody can guess the text of a private agreement from its hash in a public register."""
    frozen_text = models.TextField(blank=True, editable=False)
    """What is signed, as canonical JSON: names as they were that day. Its SHA-256 is `sha256`."""
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    frozen_at = models.DateTimeField(_("arrêtée le"), null=True, blank=True)
    signed_at = models.DateTimeField(_("signée par tous le"), null=True, blank=True)
    shown_at = models.DateTimeField(_("montrée à la coordination le"), null=True, blank=True)
    ended_on = models.DateField(_("terminée le"), null=True, blank=True)
    ended_for = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+")
    end_words = models.CharField(_("pourquoi"), max_length=500, blank=True)
    sign_told_at = models.DateTimeField(null=True, blank=True)
    """When those who had not signed were reminded."""
    end_told_at = models.DateTimeField(null=True, blank=True)
    """When its parties were told that it ends soon."""

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("convention")
        verbose_name_plural = _("conventions")
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="agreement_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("La fin vient après le début."),
            ),
            models.CheckConstraint(
                name="agreement_frozen_has_its_hash",
                condition=~Q(state__in=["to_sign", "signed"]) | (~Q(sha256="") & Q(frozen_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="agreement_signed_has_its_moment",
                condition=Q(state="signed", signed_at__isnull=False) | (~Q(state="signed") & Q(signed_at=None)),
            ),
            # Code du travail, L. 8241-1: lending staff without profit repays wages, charges and expenses, no more.
            models.CheckConstraint(
                name="secondment_bills_no_more_than_it_costs",
                condition=Q(billed=None)
                | Q(billed__lte=Coalesce("wages", ZERO) + Coalesce("charges", ZERO) + Coalesce("expenses", ZERO)),
                violation_error_message=_(
                    "On ne refacture que les salaires, les charges et les frais remboursés, jamais davantage."
                ),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("agreements:agreement", args=[self.uuid])

    @property
    def is_open_to_change(self):
        return self.state in {self.State.DRAFT, self.State.REVIEW}

    @property
    def is_frozen(self):
        return self.state in {self.State.TO_SIGN, self.State.SIGNED}

    @property
    def is_secondment(self):
        return self.kind == self.Kind.STAFF

    @property
    def is_transfer(self):
        return self.kind == self.Kind.TRANSFER

    @property
    def cost(self):
        """What a secondment costs, in euros: wages, charges and repaid expenses, nothing else."""
        return sum((part for part in (self.wages, self.charges, self.expenses) if part), ZERO)

    def last_day(self):
        """The day on which it ends, or None."""
        return min((day for day in (self.ends_on, self.ended_on) if day), default=None)

    def stage(self, on):
        """Where it is in its life on the day ``on``, in words."""
        if self.state != self.State.SIGNED:
            return self.get_state_display()
        if (last := self.last_day()) and last < on:
            return _("terminée")
        return _("en cours") if self.starts_on <= on else self.get_state_display()


class OfAgreementQuerySet(AudienceQuerySet):
    """Rows that belong to an agreement, read by whoever reads it."""

    def visible_to(self, user):
        return self.filter(agreement__in=Agreement.objects.visible_to(user).values("pk"))


class ClauseQuerySet(OfAgreementQuerySet):
    pass


class Clause(models.Model):
    """One article of an agreement."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="clauses")
    position = models.PositiveSmallIntegerField(_("rang"))
    title = models.CharField(_("titre"), max_length=150)
    text = models.TextField(_("texte"), max_length=5000)

    objects = ClauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("article d’une convention")
        verbose_name_plural = _("articles de conventions")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.title


class InstalmentQuerySet(OfAgreementQuerySet):
    pass


class Instalment(models.Model):
    """One payment of a transfer: when, how much; paid on a day."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="instalments")
    due_on = models.DateField(_("pour le"))
    amount = models.DecimalField(
        _("montant, en euros"), max_digits=10, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    paid_on = models.DateField(_("versé le"), null=True, blank=True)

    objects = InstalmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("versement")
        verbose_name_plural = _("versements")
        ordering = ["due_on", "pk"]
        constraints = [models.CheckConstraint(name="instalment_more_than_none", condition=Q(amount__gt=0))]

    def __str__(self):
        return f"{self.amount} €, {self.due_on}"
