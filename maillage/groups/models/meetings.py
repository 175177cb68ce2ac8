"""Meetings: agenda, presence, minutes, what was to be done and by whom."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.organisations.models import Organisation

from .groups import Group, OfGroupQuerySet, ResidentSeat


class MeetingQuerySet(OfGroupQuerySet):
    shared = "shared_at"

    def to_come(self, on):
        return self.filter(held_at=None, cancelled_at=None, date__gte=on)

    def begun(self, at):
        """Not closed yet, and begun at the moment ``at``: their minutes wait."""
        here = timezone.localtime(at)
        today = timezone.localdate(here)
        started = Q(date__lt=today) | Q(date=today, starts_at__lte=here.time())
        return self.filter(started, held_at=None, cancelled_at=None)

    def held(self):
        return self.filter(held_at__isnull=False)


class Meeting(models.Model):
    """A meeting of a group, at most one a day. Life: planned → invited → held → minutes validated; or cancelled.

    ``shared_at``: the group shared its agenda and its minutes with the public partners that it invited.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("prévue")
        INVITED = "invited", _("convoquée")
        HELD = "held", _("tenue")
        VALIDATED = "validated", _("compte rendu validé")
        CANCELLED = "cancelled", _("annulée")

    group = models.ForeignKey(Group, models.CASCADE, related_name="meetings")
    date = models.DateField(_("jour"))
    starts_at = models.TimeField(_("début"))
    ends_at = models.TimeField(_("fin"))
    title = models.CharField(_("objet"), max_length=150, blank=True)
    place = models.CharField(_("lieu, adresse, accès"), max_length=300, blank=True)
    host = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="hosted_meetings",
        verbose_name=_("qui accueille"),
    )
    planned_at = models.DateTimeField(_("prévue le"))
    invited_at = models.DateTimeField(_("convoquée le"), null=True, blank=True)
    invitation_number = models.PositiveSmallIntegerField(default=0)
    """SEQUENCE of the calendar invitation (RFC 5545 §3.8.7.4): grows each time the date, place or hours change."""
    held_at = models.DateTimeField(_("tenue le"), null=True, blank=True)
    minutes_due_on = models.DateField(_("relecture jusqu’au"), null=True, blank=True)
    corrected_at = models.DateTimeField(_("corrigé le"), null=True, blank=True)
    """When the minutes last changed after they were sent: who had said that they were right reads them again."""
    validated_at = models.DateTimeField(_("compte rendu validé le"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("annulée le"), null=True, blank=True)
    cancelled_because = models.CharField(_("pourquoi"), max_length=300, blank=True)
    shared_at = models.DateTimeField(_("partagée avec les partenaires invités le"), null=True, blank=True)
    others_present = models.CharField(_("autres personnes présentes"), max_length=300, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("réunion")
        verbose_name_plural = _("réunions")
        ordering = ["-date"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "date"],
                name="meeting_once_a_day",
                violation_error_message=_("Ce groupe a déjà une réunion ce jour-là."),
            ),
            models.CheckConstraint(
                name="meeting_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("La fin vient après le début."),
            ),
            models.CheckConstraint(
                name="meeting_held_or_cancelled", condition=Q(held_at=None) | Q(cancelled_at=None)
            ),
            models.CheckConstraint(
                name="meeting_validated_after_held", condition=Q(validated_at=None) | Q(held_at__isnull=False)
            ),
        ]

    def __str__(self):
        return f"{self.group}, {self.date:%Y-%m-%d}"

    def get_absolute_url(self):
        return reverse("groups:meeting", kwargs={"slug": self.group.slug, "date": self.date})

    @property
    def state(self):
        if self.cancelled_at:
            return self.State.CANCELLED
        if self.validated_at:
            return self.State.VALIDATED
        if self.held_at:
            return self.State.HELD
        return self.State.INVITED if self.invited_at else self.State.PLANNED

    @property
    def is_being_read(self):
        return self.held_at is not None and self.validated_at is None

    @property
    def minutes_may_be_written(self):
        """Until they are validated: while the meeting is held, and while they are read again."""
        return self.cancelled_at is None and self.validated_at is None


class OfMeetingQuerySet(OfGroupQuerySet):
    group = "meeting__group"
    shared = "meeting__shared_at"


class AgendaItem(models.Model):
    """A point of the agenda, and what the minutes say of it.

    ``notes_number`` grows at each saving: whoever saves over another's words is shown the difference.
    """

    class Kind(models.TextChoices):
        FREE = "free", _("point libre")
        ACTION = "action", _("action à suivre")
        REMARK = "remark", _("remarque qui attend une réponse")
        CLOSING = "closing", _("date qui approche")
        PROPOSAL = "proposal", _("proposition à décider")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    order = models.PositiveSmallIntegerField(_("rang"))
    kind = models.CharField(_("nature"), max_length=10, choices=Kind, default=Kind.FREE)
    title = models.CharField(_("point"), max_length=200)
    link = models.CharField(max_length=300, blank=True)
    """The page that it is about, a path of this site; "" for none."""
    minutes_planned = models.PositiveSmallIntegerField(_("durée prévue, en minutes"), null=True, blank=True)
    notes = models.TextField(_("compte rendu"), max_length=20000, blank=True)
    notes_number = models.PositiveIntegerField(default=0)
    notes_sent = models.TextField(null=True, blank=True, editable=False)  # noqa: DJ001  None: they never changed since
    """What was sent to be read, where it was corrected since."""

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("point de l’ordre du jour")
        verbose_name_plural = _("points de l’ordre du jour")
        ordering = ["meeting", "order", "pk"]

    def __str__(self):
        return self.title


class PresenceQuerySet(OfGroupQuerySet):
    group = "meeting__group"


class Presence(models.Model):
    """An organisation, or a seat, at a meeting: what was answered to the invitation, then what was so."""

    class Answer(models.TextChoices):
        COMES = "comes", _("vient")
        EXCUSED = "excused", _("ne peut pas venir")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="presences")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="presences")
    seat = models.ForeignKey(ResidentSeat, models.CASCADE, null=True, blank=True, related_name="presences")
    answer = models.CharField(_("réponse"), max_length=8, choices=Answer, blank=True)
    was_present = models.BooleanField(_("présente"), null=True, blank=True)
    """None until the presence is entered."""

    objects = PresenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("présence")
        verbose_name_plural = _("présences")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "organisation"], name="presence_organisation_once"),
            models.UniqueConstraint(fields=["meeting", "seat"], name="presence_seat_once"),
            models.CheckConstraint(
                name="presence_of_one",
                condition=Q(organisation__isnull=False, seat=None) | Q(organisation=None, seat__isnull=False),
            ),
        ]

    def __str__(self):
        return str(self.organisation or self.seat)


class ActionPointQuerySet(OfGroupQuerySet):
    def open(self):
        return self.filter(done_at=None, dropped_at=None)


class ActionPoint(models.Model):
    """What somebody will do, by when. Open → done | dropped (with a reason)."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="action_points")
    meeting = models.ForeignKey(Meeting, models.SET_NULL, null=True, blank=True, related_name="action_points")
    item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, blank=True, related_name="action_points")
    wording = models.CharField(_("ce qui est à faire"), max_length=300)
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="action_points",
        verbose_name=_("qui s’en charge"),
    )
    due_on = models.DateField(_("pour le"), null=True, blank=True)
    created_at = models.DateTimeField(_("noté le"))
    done_at = models.DateTimeField(_("fait le"), null=True, blank=True)
    dropped_at = models.DateTimeField(_("abandonné le"), null=True, blank=True)
    closing_words = models.CharField(_("ce qui a été fait, ou pourquoi non"), max_length=300, blank=True)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    """Given by the page where it was typed: sent twice by a weak network, it is noted once."""
    reminded_at = models.DateTimeField(_("rappelé le"), null=True, blank=True)

    objects = ActionPointQuerySet.as_manager()

    class Meta:
        verbose_name = _("action à faire")
        verbose_name_plural = _("actions à faire")
        ordering = [F("due_on").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(name="action_done_or_dropped", condition=Q(done_at=None) | Q(dropped_at=None))
        ]

    def __str__(self):
        return self.wording

    @property
    def is_open(self):
        return self.done_at is None and self.dropped_at is None

    def is_late(self, on):
        return self.is_open and self.due_on is not None and self.due_on < on


class MinutesReading(models.Model):
    """What a participant says of the minutes that were sent: right, or to be corrected (and how)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="readings")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="minutes_readings"
    )
    seat = models.ForeignKey(ResidentSeat, models.CASCADE, null=True, blank=True, related_name="minutes_readings")
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    said_at = models.DateTimeField(_("dit le"))
    correction = models.TextField(_("correction demandée"), max_length=2000, blank=True)
    settled_at = models.DateTimeField(_("réglée le"), null=True, blank=True)
    answer = models.CharField(_("réponse"), max_length=500, blank=True)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("relecture d’un compte rendu")
        verbose_name_plural = _("relectures d’un compte rendu")
        ordering = ["said_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="minutes_reading_of_one",
                condition=Q(organisation__isnull=False, seat=None) | Q(organisation=None, seat__isnull=False),
            )
        ]

    def __str__(self):
        return f"{self.organisation or self.seat} — {self.meeting}"

    @property
    def is_waiting(self):
        return bool(self.correction) and self.settled_at is None
