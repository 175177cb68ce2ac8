"""Calendars of others that are followed here, and the secret addresses by which people follow theirs elsewhere."""

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maillage.organisations.audiences import AudienceQuerySet, reader_of
from maillage.organisations.models import Organisation
from maillage.territories.models import Territory


class Audience(models.TextChoices):
    """Who reads an event."""

    PUBLIC = "public", _("tout le monde")
    SPACE = "space", _("les associations des mêmes quartiers")


def new_token():
    return secrets.token_urlsafe(24)


class ImportedFeedQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """The association whose calendar it is, and the coordination of the territory."""
        reader = reader_of(user)
        return self.filter(
            Q(organisation_id__in=reader.association_ids) | Q(territory_id__in=reader.coordinated_territory_ids)
        )

    def followed(self):
        return self.filter(stopped_at=None)


class ImportedFeed(models.Model):
    """A calendar kept elsewhere (iCalendar, RFC 5545), whose events are shown on a territory.

    Read at its address each day; or once, from a file (``url`` is empty then). Followed → stopped: its events leave.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    territory = models.ForeignKey(
        Territory, models.PROTECT, related_name="imported_feeds", verbose_name=_("quartier")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="imported_feeds",
        verbose_name=_("calendrier de"),
    )
    """None: somebody who is not here, a town hall for instance."""
    name = models.CharField(_("nom du calendrier"), max_length=120)
    url = models.URLField(_("adresse du calendrier"), max_length=500, blank=True)
    audience = models.CharField(_("qui verra ses dates"), max_length=10, choices=Audience, default=Audience.PUBLIC)
    created_at = models.DateTimeField(_("suivi depuis le"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    read_at = models.DateTimeField(_("lu le"), null=True, blank=True)
    """When it was last read without fault."""
    asked_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(_("ce qui n’a pas marché"), max_length=300, blank=True)
    left_out = models.PositiveSmallIntegerField(_("dates laissées de côté"), default=0)
    stopped_at = models.DateTimeField(_("arrêté le"), null=True, blank=True)

    objects = ImportedFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendrier suivi")
        verbose_name_plural = _("calendriers suivis")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "url"],
                condition=Q(stopped_at=None) & ~Q(url=""),
                name="feed_followed_once",
                violation_error_message=_("Ce calendrier est déjà suivi ici."),
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"{reverse('events:followed')}#calendrier-{self.pk}"


class CalendarKeyQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """One's own."""
        return self.filter(user=user) if user.is_authenticated else self.none()


class CalendarKey(models.Model):
    """The secret address by which somebody follows, in their own calendar, what they may see here. Renewed, the old
    address shows nothing more; what it shows is what they may see on the day it is read.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_key")
    token = models.CharField(max_length=40, unique=True, default=new_token)
    created_at = models.DateTimeField()

    objects = CalendarKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("adresse privée d’un agenda")
        verbose_name_plural = _("adresses privées d’agendas")

    def __str__(self):
        return str(self.user)
