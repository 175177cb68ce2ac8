"""What a resident said. No name, no account: words, a neighbourhood, a day."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from maillage.organisations.audiences import AudienceQuerySet, reader_of
from maillage.territories.models import Territory

from ..languages import CHOICES
from .needs import HeardNeed
from .subjects import Subject


class ResidentVoiceQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """Who looks at them first (coordination, mediators of the territory): all. The associations of the territory:
        those that were shared. Everybody: those whose resident agreed, under a need that the collective shows.
        """
        reader = reader_of(user)
        looked_at_by = reader.coordinated_territory_ids | reader.mediated_territory_ids
        shown = Q(may_be_shown=True, need__released_at__isnull=False)
        inside = Q(territory_id__in=reader.space_territory_ids)
        return self.filter(Q(territory_id__in=looked_at_by) | ~Q(shared_at=None) & (shown | inside))

    def to_look_at(self):
        """Heard, and nobody has looked at them yet."""
        return self.filter(shared_at=None, set_aside="")

    def shared(self):
        return self.exclude(shared_at=None)


class ResidentVoice(models.Model):
    """Heard → shared with the collective (looked at by a person: ``shared_words`` is what is read) or set aside; then
    grouped in a `HeardNeed`, which somebody takes up and answers.

    Taken back by its resident, with the code given at the deposit: the row is deleted.
    """

    class SetAside(models.TextChoices):
        """Why it is not shared, as its resident is told."""

        NAMES = "names", _("elle dit qui est quelqu’un : redites-la sans nom ni adresse")
        INSULTS = "insults", _("elle insulte quelqu’un")
        ELSEWHERE = "elsewhere", _("elle ne parle pas de ce quartier")
        ADVERTISEMENT = "advertisement", _("c’est de la publicité")
        TWICE = "twice", _("elle est déjà notée une fois")

    class Channel(models.TextChoices):
        PAGE = "page", _("sur la page")
        MEDIATOR = "mediator", _("notée par la médiation")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.UUIDField(unique=True, editable=False)
    """Made by the page that sends it: sent twice, it is the same voice."""
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    """`codes.hash_of` the code that its resident was given."""
    territory = models.ForeignKey(
        Territory, models.PROTECT, related_name="resident_voices", verbose_name=_("quartier")
    )
    language = models.CharField(_("langue"), max_length=2, choices=CHOICES, default="fr")
    words = models.TextField(_("ce qui a été dit"), max_length=1000, blank=True)
    """As it was said; empty while a voice note waits to be written down."""
    subject = models.CharField(_("de quoi il s’agit"), max_length=12, choices=Subject, default=Subject.OTHER)
    may_be_shown = models.BooleanField(_("peut être montrée à tout le monde, sans nom"), default=False)
    channel = models.CharField(_("d’où elle vient"), max_length=8, choices=Channel, default=Channel.PAGE)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    heard_at = models.DateTimeField(_("entendue le"))
    shared_words = models.TextField(_("ce que lit le collectif"), max_length=1000, blank=True)
    """In French, without what would name somebody."""
    shared_at = models.DateTimeField(_("partagée le"), null=True, blank=True)
    looked_at_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    set_aside = models.CharField(_("pourquoi elle est écartée"), max_length=14, choices=SetAside, blank=True)
    set_aside_at = models.DateTimeField(_("écartée le"), null=True, blank=True)
    need = models.ForeignKey(HeardNeed, models.SET_NULL, null=True, blank=True, related_name="voices")
    answer_in_own_language = models.TextField(
        _("la réponse, dans la langue de la personne"), max_length=1500, blank=True
    )

    objects = ResidentVoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("parole d’habitant")
        verbose_name_plural = _("paroles d’habitants")
        ordering = ["-heard_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="voice_shared_or_set_aside", condition=Q(shared_at=None) | Q(set_aside="", set_aside_at=None)
            ),
            models.CheckConstraint(name="voice_shared_with_words", condition=Q(shared_at=None) | ~Q(shared_words="")),
            models.CheckConstraint(
                name="voice_in_a_need_was_shared", condition=Q(need=None) | Q(shared_at__isnull=False)
            ),
            models.CheckConstraint(
                name="voice_set_aside_on_a_day",
                condition=Q(set_aside="", set_aside_at=None) | ~Q(set_aside="") & Q(set_aside_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["territory", "-heard_at"], name="voice_by_place"),
            models.Index(fields=["shared_at", "set_aside"], name="voice_to_look_at"),
        ]

    def __str__(self):
        # The journal keeps this for ever: no words of theirs.
        return gettext("parole %(key)s") % {"key": str(self.uuid)[:8]}

    @property
    def waits_for_a_look(self):
        return self.shared_at is None and not self.set_aside
