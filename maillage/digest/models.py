"""The weekly letter of each person, the first steps of new signatories, the next coordinator of a territory."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maillage.charters.models import Signature
from maillage.organisations.audiences import AudienceQuerySet, reader_of
from maillage.organisations.models import Organisation
from maillage.territories.models import Territory


class Weekday(models.IntegerChoices):
    """As `datetime.date.weekday` counts."""

    MONDAY = 0, _("lundi")
    TUESDAY = 1, _("mardi")
    WEDNESDAY = 2, _("mercredi")
    THURSDAY = 3, _("jeudi")
    FRIDAY = 4, _("vendredi")
    SATURDAY = 5, _("samedi")
    SUNDAY = 6, _("dimanche")


class DigestPreferenceQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """One's own."""
        return self.filter(user=user) if user.is_authenticated else self.none()


class DigestPreference(models.Model):
    """On which day somebody receives the letter, and what it has told already. Without a row: on Tuesday.

    Whether they want it at all is not here: `messaging.Refusal` of the category "letter", like every other message.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="digest_preference")
    weekday = models.PositiveSmallIntegerField(_("jour de la lettre"), choices=Weekday, default=Weekday.TUESDAY)
    last_sent_at = models.DateTimeField(_("dernière lettre, ou semaine sans nouvelle, le"), null=True, blank=True)
    told = models.JSONField(default=dict, blank=True)
    """Key of a line → the day when a letter told it."""

    objects = DigestPreferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("lettre de la semaine")
        verbose_name_plural = _("lettres de la semaine")
        constraints = [
            models.CheckConstraint(name="letter_on_a_day_of_the_week", condition=Q(weekday__gte=0, weekday__lte=6))
        ]

    def __str__(self):
        return f"{self.user}: {self.get_weekday_display()}"


class FirstStepQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """The organisation itself and the coordinators of its territories: who wishes to act is theirs to know."""
        reader = reader_of(user)
        if not user.is_authenticated or reader.is_public_partner:
            return self.none()
        seen = Q(signature__organisation_id__in=reader.organisation_ids)
        if reader.coordinated_territory_ids:
            here = Organisation.objects.filter(territories__in=reader.coordinated_territory_ids)
            seen |= Q(signature__organisation__in=here.values("pk"))
        return self.filter(seen)


class FirstStep(models.Model):
    """What follows a signature with the wish to act: the message, and the word of the coordination."""

    signature = models.OneToOneField(Signature, models.CASCADE, related_name="first_step")
    sent_at = models.DateTimeField(_("trois premières choses envoyées le"), null=True, blank=True)
    contacted_at = models.DateTimeField(_("la coordination a pris contact le"), null=True, blank=True)
    contacted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = FirstStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("premier pas")
        verbose_name_plural = _("premiers pas")

    def __str__(self):
        return str(self.signature)


class SuccessionQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """Those who coordinate the territory."""
        return self.filter(territory__in=reader_of(user).coordinated_territory_ids)

    def open(self, at):
        """Waiting for an answer."""
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=at)

    def waiting(self):
        """Neither accepted nor withdrawn; the link may be too old."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def withdraw(self, at):
        """Nothing more is kept of whom it was proposed to. Returns how many."""
        return self.waiting().update(withdrawn_at=at, email="", words="")


class Succession(models.Model):
    """A coordinator proposes to somebody, by e-mail, to coordinate a territory. Nothing changes until they accept.

    Life: proposed → accepted, or withdrawn, or expired. ``leaves``: who proposed it stops when it is accepted.
    """

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="successions")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="successions_proposed")
    email = models.EmailField(_("adresse de la personne qui prend la suite"), blank=True)
    """Emptied with the answer, like the words: who accepted is known by their account."""
    leaves = models.BooleanField(_("je cesse alors de coordonner"), default=True)
    words = models.CharField(_("un mot pour elle"), max_length=1000, blank=True)
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    proposed_at = models.DateTimeField(_("proposée le"))
    expires_at = models.DateTimeField(_("valable jusqu’au"))
    accepted_at = models.DateTimeField(_("acceptée le"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="successions_accepted"
    )
    withdrawn_at = models.DateTimeField(_("retirée le"), null=True, blank=True)

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("coordination proposée")
        verbose_name_plural = _("coordinations proposées")
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "proposed_by"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="succession_one_at_a_time",
                violation_error_message=_(
                    "Vous l’avez déjà proposée à quelqu’un : retirez d’abord cette proposition."
                ),
            ),
            models.CheckConstraint(
                name="succession_accepted_or_withdrawn", condition=Q(accepted_at=None) | Q(withdrawn_at=None)
            ),
        ]

    def __str__(self):
        return f"{self.territory}, {self.proposed_at:%Y-%m-%d}"
