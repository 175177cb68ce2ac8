"""Territorial adaptations: the charter in the words of a territory, and the remarks made on them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maillage.organisations.audiences import AudienceQuerySet, reader_of
from maillage.organisations.models import Organisation
from maillage.territories.models import Territory


class TerritorialAdaptationQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """Everybody once adopted; the territory's association space while an idea, and while open to remarks;
        its promoters in between.
        """
        from .texts import CharterVersion

        seen = Q(pk__in=CharterVersion.objects.visible_to(user).exclude(adaptation=None).values("adaptation"))
        reader = reader_of(user)
        if reader.space_territory_ids:
            here = TerritorialAdaptation.objects.filter(territories__in=reader.space_territory_ids)
            seen |= Q(pk__in=here.filter(versions=None).values("pk"))
        return self.filter(seen)

    def alive(self):
        """Neither dormant nor closed."""
        return self.filter(dormant_since=None, closed_at=None)

    def ideas(self):
        """Those that nobody has started to write."""
        return self.filter(versions=None, closed_at=None)

    def promoted_by(self, user):
        """Those this person may work on: member of a promoter, or coordinator of a territory it covers."""
        reader = reader_of(user)
        return self.filter(
            Q(promoters__in=reader.association_ids) | Q(territories__in=reader.coordinated_territory_ids)
        ).distinct()


class Life(models.TextChoices):
    """Where an adaptation is in its life."""

    IDEA = "idea", _("une idée")
    GROUP = "group", _("un groupe se forme")
    DRAFT = "draft", _("en préparation")
    OPEN = "open", _("ouverte aux remarques")
    ADOPTED = "adopted", _("adoptée, en cours de signature")
    IN_FORCE = "in_force", _("en vigueur")
    TO_REVIEW = "to_review", _("le point est à faire")
    DORMANT = "dormant", _("en sommeil")
    CLOSED = "closed", _("close")


class TerritorialAdaptation(models.Model):
    """The charter as the associations of a territory adapt it. Its words are in its versions, numbered from 1.

    Idea → group → draft → open to remarks → adopted → in force → to review → revised | dormant | closed. The
    stages of a text are in its version; the others, with their dates and reasons, in `AdaptationEvent`.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(
        _("nom"),
        max_length=160,
        help_text=_("Par exemple : La charte aux Tilleuls."),
    )
    territories = models.ManyToManyField(Territory, related_name="adaptations", verbose_name=_("territoires"))
    promoters = models.ManyToManyField(
        Organisation, related_name="promoted_adaptations", verbose_name=_("associations promotrices")
    )
    created_at = models.DateTimeField(_("ouverte le"))
    grouped_at = models.DateTimeField(_("groupe formé le"), null=True, blank=True)
    dormant_since = models.DateTimeField(_("en sommeil depuis le"), null=True, blank=True)
    closed_at = models.DateTimeField(_("close le"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("point rappelé le"), null=True, blank=True)

    objects = TerritorialAdaptationQuerySet.as_manager()

    class Meta:
        verbose_name = _("adaptation territoriale")
        verbose_name_plural = _("adaptations territoriales")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("charters:adaptation", args=[self.slug])

    @property
    def is_closed(self):
        return self.closed_at is not None

    def life(self, version, on):
        """Where it is on the day ``on``, read from its ``version`` in force, else adopted, else being written.

        ``version`` is None while it is an idea. Returns a `Life`.
        """
        if self.closed_at:
            return Life.CLOSED
        if self.dormant_since:
            return Life.DORMANT
        if version is None:
            return Life.GROUP if self.grouped_at else Life.IDEA
        if version.published_at is None:
            return Life.OPEN if version.opened_at else Life.DRAFT
        if version.review_on and version.review_on <= on:
            return Life.TO_REVIEW
        return Life.IN_FORCE if version.in_force_at else Life.ADOPTED


class AdaptationEventQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """As the adaptation; the words of a proposal stay, for ever, between the associations of its territories."""
        reader = reader_of(user)
        here = TerritorialAdaptation.objects.filter(
            Q(territories__in=reader.space_territory_ids) | Q(promoters__in=reader.association_ids)
        )
        return self.filter(
            ~Q(kind=AdaptationEvent.Kind.PROPOSED) | Q(adaptation__in=here.values("pk")),
            adaptation__in=TerritorialAdaptation.objects.visible_to(user).values("pk"),
        )


class AdaptationEvent(models.Model):
    """Something in the life of an adaptation that its texts do not tell, with its date and its reason: public.

    All but the words of the proposal, which stay between associations.
    """

    class Kind(models.TextChoices):
        PROPOSED = "proposed", _("idée proposée par")
        JOINED = "joined", _("rejointe par")
        REVIEWED = "reviewed", _("point fait")
        DORMANT = "dormant", _("mise en sommeil")
        WOKEN = "woken", _("réveillée")
        CLOSED = "closed", _("close")

    adaptation = models.ForeignKey(TerritorialAdaptation, models.CASCADE, related_name="events")
    kind = models.CharField(_("évènement"), max_length=10, choices=Kind)
    at = models.DateTimeField(_("le"))
    reason = models.TextField(_("ce qui s’est dit"), max_length=1000, blank=True)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = AdaptationEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("étape de la vie d’une adaptation")
        verbose_name_plural = _("étapes de la vie d’une adaptation")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"


class RemarkQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """The association space of the adaptation's territories, and its promoters. Never a public partner."""
        reader = reader_of(user)
        return self.filter(
            Q(version__adaptation__territories__in=reader.space_territory_ids)
            | Q(version__adaptation__promoters__in=reader.association_ids)
        ).distinct()

    def unanswered(self):
        return self.filter(answered_at=None)


class Remark(models.Model):
    """What an association of the territory says of an adaptation while it is open. It stays between associations."""

    version = models.ForeignKey("charters.CharterVersion", models.CASCADE, related_name="remarks")
    article_key = models.SlugField(_("article"), max_length=60, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="remarks")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("votre remarque"), max_length=2000)
    made_at = models.DateTimeField(_("faite le"))
    answer = models.TextField(_("réponse"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("répondue le"), null=True, blank=True)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remarque")
        verbose_name_plural = _("remarques")
        ordering = ["made_at"]
        constraints = [
            models.CheckConstraint(name="remark_answered_with_words", condition=Q(answered_at=None) | ~Q(answer=""))
        ]

    def __str__(self):
        return f"{self.organisation} : {self.text[:60]}"
