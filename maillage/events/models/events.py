"""Events of a territory, the dates they take place, and the dates that were moved or cancelled."""

import datetime
import uuid
import zoneinfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maillage.organisations.audiences import AudienceQuerySet, reader_of
from maillage.organisations.models import Organisation
from maillage.territories.models import Territory

from .feeds import Audience, ImportedFeed


class EventQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """What is for everybody; what is for the associations of one's territories; one's own. Taken away by mistake
        or by the coordination: who organises it, alone.
        """
        reader = reader_of(user)
        standing = Q(audience=Audience.PUBLIC)
        if reader.space_territory_ids:
            here = Event.territories.through.objects.filter(territory_id__in=reader.space_territory_ids)
            standing |= Q(pk__in=here.values("event"))
        standing &= Q(removed_at=None) & (Q(organiser=None) | Q(organiser__archived_at=None))
        if not reader.association_ids:
            return self.filter(standing)
        with_us = Event.others.through.objects.filter(organisation_id__in=reader.association_ids).values("event")
        own = Q(organiser_id__in=reader.association_ids) | Q(removed_at=None, pk__in=with_us)
        return self.filter(standing | own)

    def standing(self):
        return self.filter(removed_at=None)


class Event(models.Model):
    """Something that takes place on a day and at a place of a territory, once or again and again.

    Announced → cancelled (still shown, with the reason), or removed (shown no more). Hours are those of the place:
    an event at 18:00 stays at 18:00 when the clocks change. A date of an event that repeats is an `Occurrence`.
    """

    class ForWhom(models.TextChoices):
        ALL = "all", _("tout le monde")
        CHILDREN = "children", _("les enfants")
        YOUTH = "youth", _("les jeunes")
        FAMILIES = "families", _("les familles")
        ADULTS = "adults", _("les adultes")
        SENIORS = "seniors", _("les aîné·es")
        ASSOCIATIONS = "associations", _("les associations")

    class Repeats(models.TextChoices):
        """The rules that people are offered; ``rule`` keeps them as RFC 5545 writes them."""

        NEVER = "", _("une seule fois")
        WEEKLY = "WEEKLY", _("chaque semaine, le même jour")
        FORTNIGHTLY = "FORTNIGHTLY", _("une semaine sur deux")
        MONTHLY = "MONTHLY", _("chaque mois, le même jour de la semaine")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organiser = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="events", verbose_name=_("organisé par")
    )
    others = models.ManyToManyField(Organisation, blank=True, related_name="events_with", verbose_name=_("avec"))
    feed = models.ForeignKey(ImportedFeed, models.CASCADE, null=True, blank=True, related_name="events")
    uid = models.CharField(max_length=300, blank=True, editable=False)
    """What the followed calendar calls it."""
    title = models.CharField(_("titre"), max_length=120)
    description = models.TextField(_("de quoi il s’agit"), max_length=2000, blank=True)
    starts_on = models.DateField(_("jour"))
    starts_time = models.TimeField(_("de"), null=True, blank=True)
    ends_on = models.DateField(_("jusqu’au"))
    ends_time = models.TimeField(_("à"), null=True, blank=True)
    zone = models.CharField(max_length=40, default="Europe/Paris", editable=False)
    rule = models.CharField(max_length=200, blank=True, editable=False)
    """RRULE of RFC 5545 §3.3.10; empty: once."""
    place = models.CharField(_("lieu, adresse"), max_length=200, blank=True)
    territories = models.ManyToManyField(Territory, related_name="events", verbose_name=_("quartiers"))
    for_whom = models.CharField(_("pour qui"), max_length=12, choices=ForWhom, default=ForWhom.ALL)
    audience = models.CharField(_("qui voit cette annonce"), max_length=10, choices=Audience, default=Audience.PUBLIC)
    is_free = models.BooleanField(_("gratuit"), default=True)
    price = models.CharField(_("prix"), max_length=120, blank=True)
    languages = models.CharField(_("langues parlées"), max_length=120, blank=True)
    accessibility = models.CharField(_("accès aux personnes handicapées"), max_length=300, blank=True)
    booking = models.CharField(_("comment s’inscrire"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("annoncé le"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(_("modifié le"))
    edition = models.PositiveIntegerField(default=0)
    """SEQUENCE of RFC 5545 §3.8.7.4; whoever changes it says which edition they read."""
    cancelled_at = models.DateTimeField(_("annulé le"), null=True, blank=True)
    cancel_words = models.CharField(_("pourquoi"), max_length=300, blank=True)
    removed_at = models.DateTimeField(_("retiré le"), null=True, blank=True)
    removal_words = models.CharField(_("pourquoi"), max_length=300, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("évènement")
        verbose_name_plural = _("évènements")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="event_of_somebody", condition=Q(organiser__isnull=False) | Q(feed__isnull=False)
            ),
            models.CheckConstraint(
                name="event_ends_after_it_starts",
                condition=Q(ends_on__gt=F("starts_on"))
                | Q(ends_on=F("starts_on"), starts_time=None)
                | Q(ends_on=F("starts_on"), ends_time__gt=F("starts_time")),
                violation_error_message=_("La fin vient après le début."),
            ),
            models.CheckConstraint(
                name="event_has_both_hours_or_none",
                condition=Q(starts_time=None, ends_time=None) | Q(starts_time__isnull=False, ends_time__isnull=False),
                violation_error_message=_("Dites de quelle heure à quelle heure ; ou aucune heure, pour la journée."),
            ),
            models.UniqueConstraint(fields=["feed", "uid"], condition=~Q(uid=""), name="event_of_a_feed_once"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("events:event", args=[self.uuid])

    @property
    def is_all_day(self):
        return self.starts_time is None

    @property
    def is_announced(self):
        return self.cancelled_at is None and self.removed_at is None

    @property
    def length(self):
        """How long each date lasts, by the clock on the wall; whole days where no hour is said."""
        if self.is_all_day:
            return self.ends_on - self.starts_on + datetime.timedelta(days=1)
        combine = datetime.datetime.combine
        return combine(self.ends_on, self.ends_time) - combine(self.starts_on, self.starts_time)

    @property
    def first_moment(self):
        return datetime.datetime.combine(self.starts_on, self.starts_time or datetime.time.min, self.tz)

    @property
    def tz(self):
        return zoneinfo.ZoneInfo(self.zone)

    @property
    def repeats(self):
        """The `Repeats` that its rule says."""
        if "FREQ=WEEKLY" in self.rule:
            return self.Repeats.FORTNIGHTLY if "INTERVAL=2" in self.rule else self.Repeats.WEEKLY
        return self.Repeats.MONTHLY if "FREQ=MONTHLY" in self.rule else self.Repeats.NEVER


class OfEventQuerySet(AudienceQuerySet):
    """Rows that belong to an event, read by whoever sees it."""

    def visible_to(self, user):
        return self.filter(event__in=Event.objects.visible_to(user).values("pk"))


class DateChangeQuerySet(OfEventQuerySet):
    pass


class DateChange(models.Model):
    """One date of an event that repeats takes place at another time, or not at all.

    RECURRENCE-ID of RFC 5545 §3.8.4.4.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="date_changes")
    original_on = models.DateField(_("date d’origine"))
    """The local day on which the rule put it."""
    cancelled = models.BooleanField(_("annulée"), default=False)
    starts_on = models.DateField(_("jour"), null=True, blank=True)
    starts_time = models.TimeField(_("de"), null=True, blank=True)
    ends_time = models.TimeField(_("à"), null=True, blank=True)
    words = models.CharField(_("pourquoi"), max_length=200, blank=True)
    changed_at = models.DateTimeField()

    objects = DateChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("date changée")
        verbose_name_plural = _("dates changées")
        ordering = ["original_on"]
        constraints = [
            models.UniqueConstraint(fields=["event", "original_on"], name="date_changed_once"),
            models.CheckConstraint(
                name="date_moved_or_cancelled", condition=Q(cancelled=True) | Q(starts_on__isnull=False)
            ),
        ]

    def __str__(self):
        return f"{self.event}, {self.original_on}"


class OccurrenceQuerySet(OfEventQuerySet):
    def standing(self):
        """Those that take place; an event that is cancelled is not among them."""
        return self.filter(cancelled=False, event__cancelled_at=None, event__removed_at=None)


class Occurrence(models.Model):
    """One date of an event: what lists and calendars show. Written again each time the event changes."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="occurrences")
    original_at = models.DateTimeField()
    """When the rule puts it: its identity."""
    starts_at = models.DateTimeField(_("de"))
    ends_at = models.DateTimeField(_("à"))
    first_day = models.DateField(_("jour"))
    """Local days, for lists."""
    last_day = models.DateField(_("jusqu’au"))
    cancelled = models.BooleanField(_("annulée"), default=False)

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("date d’un évènement")
        verbose_name_plural = _("dates d’évènements")
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["first_day", "starts_at"], name="occurrence_by_day"),
            models.Index(fields=["last_day"], name="occurrence_by_last_day"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["event", "original_at"], name="occurrence_once"),
            models.CheckConstraint(name="occurrence_has_an_end", condition=Q(ends_at__gte=F("starts_at"))),
        ]

    def __str__(self):
        return f"{self.event}, {self.first_day}"

    @property
    def local_start(self):
        return self.starts_at.astimezone(self.event.tz)

    @property
    def local_end(self):
        return self.ends_at.astimezone(self.event.tz)

    @property
    def original_on(self):
        return self.original_at.astimezone(self.event.tz).date()

    @property
    def is_off(self):
        return self.cancelled or self.event.cancelled_at is not None
