"""Loans: asked, accepted, out, back, closed; and what holds that nothing is promised twice."""

import datetime
import enum
import math
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maillage.organisations.audiences import AudienceQuerySet, reader_of
from maillage.organisations.models import Organisation

from .resources import Resource

HALF_HOUR = 1800
"""Seconds. A loan is held by half hours."""


def half_hours(starts_at, ends_at):
    """The half hours since 1970 that the time from ``starts_at`` to ``ends_at`` touches, as a `range`."""
    return range(int(starts_at.timestamp()) // HALF_HOUR, math.ceil(ends_at.timestamp() / HALF_HOUR))


class LoanQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """The two associations, and nobody else."""
        mine = reader_of(user).association_ids
        return self.filter(Q(resource__owner_id__in=mine) | Q(borrower_id__in=mine))

    def lent_by(self, organisation_ids):
        return self.filter(resource__owner_id__in=organisation_ids)

    def borrowed_by(self, organisation_ids):
        return self.filter(borrower_id__in=organisation_ids)

    def unfinished(self):
        return self.exclude(state__in=Loan.State.ENDED)

    def promised(self):
        return self.filter(state__in=Loan.State.HOLDING)


class Loan(models.Model):
    """An association borrows something of another, from a moment to another.

    Asked → accepted → out → back → closed; or refused, or cancelled, with the reason. Accepted, it holds its half
    hours (`HeldSlot`) until it is back or cancelled. What was agreed (conditions, fee, deposit) is kept here: a
    later change of the resource does not change it. Its owner may borrow it from itself: it is then just taken.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("demandé")
        ACCEPTED = "accepted", _("accepté")
        OUT = "out", _("remis")
        BACK = "back", _("rendu")
        CLOSED = "closed", _("clos")
        REFUSED = "refused", _("refusé")
        CANCELLED = "cancelled", _("annulé")
        HOLDING = enum.nonmember(("accepted", "out"))
        ENDED = enum.nonmember(("closed", "refused", "cancelled"))

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="loans", verbose_name=_("ressource"))
    borrower = models.ForeignKey(
        Organisation, models.CASCADE, related_name="borrowings", verbose_name=_("emprunté par")
    )
    state = models.CharField(_("où il en est"), max_length=10, choices=State, default=State.ASKED)
    starts_at = models.DateTimeField(_("du"))
    ends_at = models.DateTimeField(_("au"))
    quantity = models.PositiveSmallIntegerField(_("combien"), default=1)
    message = models.TextField(_("pour quoi faire"), max_length=1000, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(_("demandé le"))
    conditions = models.TextField(_("conditions convenues"), max_length=1500, blank=True)
    upkeep_fee = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    deposit = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    answered_at = models.DateTimeField(_("répondu le"), null=True, blank=True)
    answer = models.CharField(_("réponse"), max_length=500, blank=True)
    cancelled_at = models.DateTimeField(_("annulé le"), null=True, blank=True)
    cancelled_for = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+")
    cancel_words = models.CharField(_("pourquoi"), max_length=500, blank=True)
    out_at = models.DateTimeField(_("remis le"), null=True, blank=True)
    out_state = models.TextField(_("état au départ"), max_length=1000, blank=True)
    deposit_received_on = models.DateField(_("caution reçue le"), null=True, blank=True)
    back_at = models.DateTimeField(_("rendu le"), null=True, blank=True)
    back_state = models.TextField(_("état au retour"), max_length=1000, blank=True)
    incident = models.TextField(_("incident"), max_length=1000, blank=True)
    incident_at = models.DateTimeField(_("incident noté le"), null=True, blank=True)
    deposit_returned_on = models.DateField(_("caution rendue le"), null=True, blank=True)
    closed_at = models.DateTimeField(_("clos le"), null=True, blank=True)
    closing_words = models.CharField(_("comment cela s’est réglé"), max_length=500, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    """When the two were told that it leaves the next day."""
    overdue_told_at = models.DateTimeField(null=True, blank=True)

    objects = LoanQuerySet.as_manager()

    class Meta:
        verbose_name = _("prêt")
        verbose_name_plural = _("prêts")
        ordering = ["-starts_at", "-pk"]
        indexes = [models.Index(fields=["resource", "starts_at"], name="loan_of_resource")]
        constraints = [
            models.CheckConstraint(
                name="loan_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("La fin vient après le début."),
            ),
            models.CheckConstraint(name="loan_of_at_least_one", condition=Q(quantity__gte=1)),
            models.CheckConstraint(
                name="loan_out_before_back",
                condition=Q(back_at=None) | Q(out_at__isnull=False, back_at__gte=F("out_at")),
            ),
            models.CheckConstraint(
                name="loan_state_has_its_moment",
                condition=(~Q(state="out") | Q(out_at__isnull=False))
                & (~Q(state="back") | Q(back_at__isnull=False))
                & (~Q(state="closed") | Q(closed_at__isnull=False))
                & (~Q(state="cancelled") | Q(cancelled_at__isnull=False))
                & (~Q(state__in=["accepted", "refused"]) | Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self):
        return f"{self.resource.title} → {self.borrower.name}"

    def get_absolute_url(self):
        return reverse("resources:loan", args=[self.uuid])

    @property
    def is_own_use(self):
        """The owner keeps it for itself: nothing is handed over, nothing comes back."""
        return self.borrower_id == self.resource.owner_id

    def is_overdue(self, at):
        return self.state == self.State.OUT and self.ends_at < at

    @property
    def span(self):
        return half_hours(self.starts_at, self.ends_at)

    @property
    def lasts(self):
        return self.ends_at - self.starts_at

    @property
    def is_in_one_day(self):
        return self.lasts < datetime.timedelta(days=1)


class HeldSlotQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """Whoever may ask for the resource: never those who see it only because it is shown to everybody."""
        return self.filter(resource__in=Resource.objects.inside(user).values("pk"))

    def full(self):
        """Nothing is left to lend in that half hour."""
        return self.filter(taken__gte=F("capacity"))


class HeldSlot(models.Model):
    """A half hour of a resource, and how many of it are promised then: never more than there are.

    One row a half hour (unique), and a check on its count: whatever two people accept at the same moment, on SQLite
    as on PostgreSQL, the database refuses the one too many. Rows without any promise are removed.
    """

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="held")
    slot = models.PositiveIntegerField()
    """Half hours since 1970-01-01T00:00Z."""
    taken = models.PositiveSmallIntegerField(default=0)
    capacity = models.PositiveSmallIntegerField()

    objects = HeldSlotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resource", "slot"], name="held_slot_once"),
            models.CheckConstraint(name="held_slot_never_too_many", condition=Q(taken__lte=F("capacity"))),
        ]

    def __str__(self):
        return f"{self.resource_id}/{self.slot}: {self.taken}"
