"""What an association lends: a room, a vehicle, kit, a skill, hours, volunteers."""

import secrets
import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.organisations.audiences import AudienceQuerySet, reader_of
from maillage.organisations.models import Network, NetworkMembership, Organisation
from maillage.territories.models import Territory
from maillage.ui.storage import private_storage

MOST_UNITS = 500


class Kind(models.TextChoices):
    """What is lent or sought."""

    ROOM = "room", _("salle, local")
    VEHICLE = "vehicle", _("véhicule")
    EQUIPMENT = "equipment", _("matériel")
    SKILL = "skill", _("savoir-faire")
    HOURS = "hours", _("heures de travail")
    VOLUNTEER = "volunteer", _("bénévoles, coup de main")


class Audience(models.TextChoices):
    """Who may ask for a resource."""

    TERRITORY = "territory", _("les associations des mêmes quartiers")
    NETWORK = "network", _("les associations d’un réseau")
    EVERYWHERE = "everywhere", _("les associations de partout")


def networks_of(organisation_ids):
    """Keys of the networks that these organisations belong to today, and of what holds them (three levels)."""
    today = timezone.localdate()
    rows = NetworkMembership.objects.in_force(today).filter(organisation_id__in=organisation_ids)
    found = rows.values_list("network", "network__parent", "network__parent__parent")
    return {pk for row in found for pk in row if pk}


def new_token():
    return secrets.token_urlsafe(24)


class ResourceQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """What its owner shows to everybody; what one may ask for; one's own. Withdrawn: its owner alone."""
        return self.filter(Q(is_public=True, withdrawn_at=None, owner__archived_at=None) | self._inside(user))

    def inside(self, user):
        """Those whose free and taken hours this person may read: who may ask, the owner, the coordination."""
        return self.filter(self._inside(user))

    @staticmethod
    def _inside(user):
        reader = reader_of(user)
        seen = Q(pk__in=[])
        if reader.space_territory_ids:
            placed = Resource.territories.through.objects
            here = placed.filter(territory_id__in=reader.space_territory_ids).values("resource")
            seen |= Q(pk__in=here, audience=Audience.TERRITORY) | Q(audience=Audience.EVERYWHERE)
        if reader.coordinated_territory_ids:
            placed = Resource.territories.through.objects
            run = placed.filter(territory_id__in=reader.coordinated_territory_ids).values("resource")
            seen |= Q(pk__in=run)
        if reader.association_ids:
            seen |= Q(audience=Audience.EVERYWHERE)
            if networks := networks_of(reader.association_ids):
                seen |= Q(audience=Audience.NETWORK, network_id__in=networks)
        standing = seen & Q(withdrawn_at=None, owner__archived_at=None)
        return standing | Q(owner_id__in=reader.association_ids)

    def standing(self):
        return self.filter(withdrawn_at=None, owner__archived_at=None)


class Resource(models.Model):
    """Something that an association lends, or somebody's time. Life: offered → withdrawn.

    ``quantity`` of the same thing may be lent at once; no half hour is ever promised more often (`HeldSlot`).
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(Organisation, models.CASCADE, related_name="resources", verbose_name=_("prêté par"))
    kind = models.CharField(_("nature"), max_length=10, choices=Kind)
    title = models.CharField(_("titre"), max_length=120)
    description = models.TextField(_("description"), max_length=2000, blank=True)
    quantity = models.PositiveSmallIntegerField(
        _("combien"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_UNITS)]
    )
    conditions = models.TextField(_("conditions"), max_length=1500, blank=True)
    upkeep_fee = models.DecimalField(
        _("participation à l’entretien, en euros"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    deposit = models.DecimalField(
        _("caution, en euros"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    place = models.CharField(_("où la trouver"), max_length=200, blank=True)
    accessibility = models.CharField(_("accès aux personnes handicapées"), max_length=300, blank=True)
    territories = models.ManyToManyField(Territory, related_name="resources", verbose_name=_("quartiers"))
    audience = models.CharField(_("qui peut demander"), max_length=10, choices=Audience, default=Audience.TERRITORY)
    network = models.ForeignKey(
        Network, models.PROTECT, null=True, blank=True, related_name="resources", verbose_name=_("réseau")
    )
    is_public = models.BooleanField(_("montrée à tout le monde"), default=False)
    calendar_token = models.CharField(max_length=40, default=new_token, unique=True, editable=False)
    created_at = models.DateTimeField(_("proposée le"))
    withdrawn_at = models.DateTimeField(_("retirée le"), null=True, blank=True)
    withdrawal_words = models.CharField(_("pourquoi"), max_length=300, blank=True)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("ressource")
        verbose_name_plural = _("ressources")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                name="resource_network_where_asked",
                condition=~Q(audience="network") | Q(network__isnull=False),
                violation_error_message=_("Dites quel réseau."),
            ),
            models.CheckConstraint(name="resource_at_least_one", condition=Q(quantity__gte=1)),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("resources:resource", args=[self.uuid])

    @property
    def is_offered(self):
        return self.withdrawn_at is None

    @property
    def cover(self):
        """The first photo, or None; lists prefetch them."""
        return next(iter(self.photos.all()), None)


class OfResourceQuerySet(AudienceQuerySet):
    """Rows that belong to a resource, read by whoever sees it."""

    def visible_to(self, user):
        return self.filter(resource__in=Resource.objects.visible_to(user).values("pk"))


class PhotoQuerySet(OfResourceQuerySet):
    pass


def photo_path(photo, _name):
    """Where a photo is kept: the name that people gave it never reaches the disk."""
    return f"ressources/{photo.uuid}.jpg"


class Photo(models.Model):
    """A picture of a resource, drawn again without what the camera wrote in it, with its words."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    resource = models.ForeignKey(Resource, models.CASCADE, related_name="photos")
    image = models.FileField(_("photo"), storage=private_storage, upload_to=photo_path)
    words = models.CharField(_("ce que l’on voit"), max_length=200)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    added_at = models.DateTimeField(_("ajoutée le"))

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["pk"]

    def __str__(self):
        return self.words


class SlotQuerySet(OfResourceQuerySet):
    pass


class Slot(models.Model):
    """When a resource is to be had, each week: local hours of a day of the week. None: at any hour."""

    class Day(models.IntegerChoices):
        MONDAY = 0, _("lundi")
        TUESDAY = 1, _("mardi")
        WEDNESDAY = 2, _("mercredi")
        THURSDAY = 3, _("jeudi")
        FRIDAY = 4, _("vendredi")
        SATURDAY = 5, _("samedi")
        SUNDAY = 6, _("dimanche")

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="slots")
    weekday = models.PositiveSmallIntegerField(_("jour"), choices=Day)
    starts_at = models.TimeField(_("de"))
    ends_at = models.TimeField(_("à"))

    objects = SlotQuerySet.as_manager()

    class Meta:
        verbose_name = _("créneau")
        verbose_name_plural = _("créneaux")
        ordering = ["weekday", "starts_at"]
        constraints = [
            models.CheckConstraint(
                name="slot_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("La fin vient après le début."),
            ),
            models.UniqueConstraint(
                fields=["resource", "weekday", "starts_at"],
                name="slot_once",
                violation_error_message=_("Ce créneau est déjà là."),
            ),
        ]

    def __str__(self):
        return f"{self.get_weekday_display()} {self.starts_at:%H:%M}–{self.ends_at:%H:%M}"
