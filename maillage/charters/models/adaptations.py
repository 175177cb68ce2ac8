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
        """Everybody once adopted; the territory's association space while open; its promoters before."""
        from .texts import CharterVersion

        return self.filter(
            Q(pk__in=CharterVersion.objects.visible_to(user).exclude(adaptation=None).values("adaptation"))
        )

    def promoted_by(self, user):
        """Those this person may work on: member of a promoter, or coordinator of a territory it covers."""
        reader = reader_of(user)
        return self.filter(
            Q(promoters__in=reader.association_ids) | Q(territories__in=reader.coordinated_territory_ids)
        ).distinct()


class TerritorialAdaptation(models.Model):
    """The charter as the associations of a territory adapt it. Its words are in its versions, numbered from 1."""

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

    objects = TerritorialAdaptationQuerySet.as_manager()

    class Meta:
        verbose_name = _("adaptation territoriale")
        verbose_name_plural = _("adaptations territoriales")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("charters:adaptation", args=[self.slug])


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
