"""Needs that the collective hears in residents' voices, who takes them up, and what is answered."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maillage.organisations.audiences import AudienceQuerySet, reader_of
from maillage.organisations.models import Organisation
from maillage.territories.models import Territory

from .subjects import Subject


class HeardNeedQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """The associations of the territory, its coordination and its mediators; everybody, public partners among
        them, once the collective has decided to show it.
        """
        reader = reader_of(user)
        inside = reader.space_territory_ids | reader.mediated_territory_ids
        return self.filter(~Q(released_at=None) | Q(territory_id__in=inside))

    def released(self):
        return self.exclude(released_at=None)

    def unanswered(self):
        return self.filter(answered_at=None)

    def untaken(self):
        return self.filter(taken_up_at=None, answered_at=None)


class HeardNeed(models.Model):
    """What one or several voices ask for: shared → taken up by an association → answered → closed once the answer
    was told back. Shown to all by the collective's decision (``release_words`` says which).
    """

    class State(models.TextChoices):
        SHARED = "shared", _("entendu, personne ne s’en charge encore")
        TAKEN_UP = "taken_up", _("quelqu’un s’en charge")
        ANSWERED = "answered", _("répondu")
        CLOSED = "closed", _("clos : la réponse a été redite")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="heard_needs", verbose_name=_("quartier"))
    wording = models.CharField(_("le besoin, en une phrase"), max_length=160)
    subject = models.CharField(_("de quoi il s’agit"), max_length=12, choices=Subject, default=Subject.OTHER)
    since = models.DateField(_("depuis le"))
    """The day of the oldest voice that asked for it: what 'sans réponse depuis' counts from."""
    opened_at = models.DateTimeField(_("ouvert le"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    carrier = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="needs_taken_up",
        verbose_name=_("qui s’en charge"),
    )
    taken_up_at = models.DateTimeField(_("pris en charge le"), null=True, blank=True)
    answer = models.TextField(_("la réponse"), max_length=1500, blank=True)
    answered_at = models.DateTimeField(_("répondu le"), null=True, blank=True)
    release_words = models.CharField(_("la décision du collectif"), max_length=300, blank=True)
    released_at = models.DateTimeField(_("montré à tout le monde le"), null=True, blank=True)
    told_words = models.CharField(_("comment la réponse a été redite"), max_length=300, blank=True)
    closed_at = models.DateTimeField(_("clos le"), null=True, blank=True)

    objects = HeardNeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("besoin entendu")
        verbose_name_plural = _("besoins entendus")
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="need_answered_has_an_answer", condition=Q(answered_at=None, answer="") | ~Q(answer="")
            ),
            models.CheckConstraint(
                name="need_answered_was_taken_up", condition=Q(answered_at=None) | Q(taken_up_at__isnull=False)
            ),
            models.CheckConstraint(
                name="need_closed_was_answered", condition=Q(closed_at=None) | Q(answered_at__isnull=False)
            ),
            models.CheckConstraint(
                name="need_released_by_a_decision", condition=Q(released_at=None) | ~Q(release_words="")
            ),
        ]
        indexes = [models.Index(fields=["territory", "-since"], name="need_by_place")]

    def __str__(self):
        return self.wording

    def get_absolute_url(self):
        return reverse("participation:need", args=[self.uuid])

    @property
    def state(self):
        if self.closed_at:
            return self.State.CLOSED
        if self.answered_at:
            return self.State.ANSWERED
        return self.State.TAKEN_UP if self.taken_up_at else self.State.SHARED
