"""What associations seek; who answered; which offers meet which needs."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maillage.organisations.audiences import AudienceQuerySet, reader_of
from maillage.organisations.models import Organisation
from maillage.territories.models import Territory

from .resources import Kind, Resource


class NeedQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """The association space of its territory, and the association that seeks."""
        reader = reader_of(user)
        return self.filter(
            Q(territory_id__in=reader.space_territory_ids) | Q(organisation_id__in=reader.association_ids)
        )

    def standing(self, on):
        """Neither closed nor past."""
        return self.filter(Q(to_on=None) | Q(to_on__gte=on), closed_at=None, organisation__archived_at=None)


class Need(models.Model):
    """What an association seeks, on a territory, perhaps from a day to another. Open → closed, with how it ended."""

    class Outcome(models.TextChoices):
        FOUND = "found", _("trouvé ici, auprès d’une association")
        ELSEWHERE = "elsewhere", _("trouvé ailleurs")
        GIVEN_UP = "given_up", _("nous n’en avons plus besoin")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="needs", verbose_name=_("cherché par")
    )
    kind = models.CharField(_("nature"), max_length=10, choices=Kind)
    title = models.CharField(_("titre"), max_length=120)
    words = models.TextField(_("précisions"), max_length=1000, blank=True)
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="needs", verbose_name=_("quartier"))
    from_on = models.DateField(_("du"), null=True, blank=True)
    to_on = models.DateField(_("au"), null=True, blank=True)
    created_at = models.DateTimeField(_("dit le"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField(_("clos le"), null=True, blank=True)
    outcome = models.CharField(_("comment cela finit"), max_length=10, choices=Outcome, blank=True)
    closing_words = models.CharField(_("quelques mots"), max_length=300, blank=True)

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("besoin")
        verbose_name_plural = _("besoins")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="need_ends_after_it_starts",
                condition=Q(from_on=None) | Q(to_on=None) | Q(to_on__gte=F("from_on")),
                violation_error_message=_("La fin vient après le début."),
            ),
            models.CheckConstraint(name="need_closed_with_its_outcome", condition=Q(closed_at=None) | ~Q(outcome="")),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("resources:need", args=[self.uuid])

    @property
    def is_open(self):
        return self.closed_at is None


class NeedAnswerQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """Who seeks, and who answered."""
        mine = reader_of(user).association_ids
        return self.filter(Q(organisation_id__in=mine) | Q(need__organisation_id__in=mine))


class NeedAnswer(models.Model):
    """An association of the territory says that it may help. One answer a need and association."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="answers")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="need_answers")
    words = models.TextField(_("ce que nous pouvons faire"), max_length=1000)
    answered_at = models.DateTimeField(_("répondu le"))
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = NeedAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("réponse à un besoin")
        verbose_name_plural = _("réponses à un besoin")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "organisation"],
                name="need_answered_once",
                violation_error_message=_("Vous avez déjà répondu à ce besoin."),
            )
        ]

    def __str__(self):
        return f"{self.organisation} → {self.need}"


class MatchQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """Who seeks, and who offers."""
        mine = reader_of(user).association_ids
        return self.filter(Q(need__organisation_id__in=mine) | Q(resource__owner_id__in=mine))


class Match(models.Model):
    """A need and an offer that meet: same kind, shared territory, days free. Told once, never scored."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="matches")
    resource = models.ForeignKey(Resource, models.CASCADE, related_name="matches")
    told_at = models.DateTimeField()
    """When it enters the news of the two associations."""

    objects = MatchQuerySet.as_manager()

    class Meta:
        ordering = ["-told_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["need", "resource"], name="match_once")]

    def __str__(self):
        return f"{self.need} ↔ {self.resource}"
