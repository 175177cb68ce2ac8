"""Who asked for the letter of a territory, and the letters that were sent."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maillage.editorial.models import Editor
from maillage.editorial.models.people import Subject
from maillage.organisations.audiences import AudienceQuerySet, reader_of
from maillage.territories.models import Territory


class Subscriber(models.Model):
    """An address that asked for the letter of some territories, and said so again from its own mailbox.

    It has no account, and no name. It leaves by the link of any letter: the row is then deleted by the day's duties.
    """

    email = models.EmailField(unique=True)
    language = models.CharField(max_length=2, default="fr")
    territories = models.ManyToManyField(Territory, related_name="+")
    confirmed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("personne abonnée")
        verbose_name_plural = _("personnes abonnées")

    def __str__(self):
        return str(self.pk)


def edited_territories(user):
    """Keys of the territories whose letter ``user`` writes; None: of all. National editors, those entrusted with the
    news, the coordination at home.
    """
    reader = reader_of(user)
    if not user.is_authenticated or reader.is_public_partner:
        return frozenset()
    entrusted = set(Editor.objects.of(user).filter(subject=Subject.NEWS).values_list("territory", flat=True))
    if reader.is_editor or None in entrusted:
        return None
    return reader.coordinated_territory_ids | entrusted


class LetterQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """Everybody, once sent; who writes it, before."""
        mine = edited_territories(user)
        if mine is None:
            return self.all()
        return self.filter(~Q(sent_at=None) | Q(territory_id__in=mine))


class Letter(models.Model):
    """One letter of a territory: composed → sent; it does not change any more."""

    slug = models.SlugField(max_length=80, unique=True)
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+", verbose_name=_("territoire"))
    title = models.CharField(_("titre"), max_length=120)
    words = models.TextField(_("quelques mots pour commencer"), max_length=2000, blank=True)
    items = models.JSONField(default=list, blank=True)
    """[{"what", "title", "url", "detail"}]: as they stood when it was composed, all public."""
    composed_at = models.DateTimeField(_("composée le"))
    composed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField(_("partie le"), null=True, blank=True)
    number = models.PositiveIntegerField(default=0)
    """To how many addresses it went."""

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("lettre")
        verbose_name_plural = _("lettres")
        ordering = ["-composed_at", "-pk"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("newsletter:letter", args=[self.slug])


class Sending(models.Model):
    """This letter went to this address: never twice."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="sendings")
    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="sendings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letter", "subscriber"], name="letter_once_an_address")]

    def __str__(self):
        return f"{self.letter_id}-{self.subscriber_id}"
