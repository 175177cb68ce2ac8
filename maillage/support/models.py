"""Support near here: what exists, who gives it where; each with its source, and when somebody checked it."""

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maillage.editorial.models import Editor
from maillage.editorial.models.people import Subject
from maillage.organisations.audiences import AudienceQuerySet, reader_of
from maillage.territories.models import Territory


class Question(models.TextChoices):
    """What an association comes with, in its words."""

    START = "start", _("Nous débutons")
    RIGHTS = "rights", _("Les statuts, les obligations, les droits")
    MONEY = "money", _("Trouver de l’argent")
    JOB = "job", _("Créer ou garder un emploi")
    VOLUNTEERS = "volunteers", _("Trouver ou former des bénévoles")
    ACCOUNTS = "accounts", _("Tenir les comptes, gérer")
    PREMISES = "premises", _("Trouver un local")
    COOPERATE = "cooperate", _("Faire à plusieurs")
    CITY = "city", _("S’y retrouver dans la politique de la ville")


class Checked(models.Model):
    """What has a source, and a day on which somebody last checked that it is true."""

    source_title = models.CharField(_("la source"), max_length=200)
    source_url = models.URLField(_("son adresse"), max_length=500)
    checked_on = models.DateField(_("vérifié le"), null=True, blank=True)
    """None: nobody here has."""
    questions = models.JSONField(_("à quelles questions cela répond"), default=list)
    """Values of `Question`."""

    class Meta:
        abstract = True

    def is_stale(self, today):
        """Whether it is to be checked again: never was, or not for `SUPPORT_CHECKED_EVERY_DAYS`."""
        every = datetime.timedelta(days=settings.SUPPORT_CHECKED_EVERY_DAYS)
        return self.checked_on is None or self.checked_on < today - every

    @property
    def question_labels(self):
        return [Question(one).label for one in self.questions if one in Question.values]


class SupportSchemeQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """Everybody."""
        return self.all()


class SupportScheme(Checked):
    """A kind of support that exists in the whole country, or in a region: DLA, Guid'Asso, FONJEP…"""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("nom"), max_length=120)
    explained = models.TextField(_("ce que c’est"), max_length=1000)

    objects = SupportSchemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("dispositif d’appui")
        verbose_name_plural = _("dispositifs d’appui")
        ordering = ["name"]

    def __str__(self):
        return self.name


class SupportQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """Everybody: public bodies' and associations' public doors, by function."""
        return self.all()

    def standing(self):
        return self.filter(ended_on=None)


class Support(Checked):
    """Who gives a support, on a territory and on all that lies in it; everywhere, where it names none."""

    class Level(models.TextChoices):
        """The four of Guid'Asso (Bulletin officiel, instruction of 2 March 2023)."""

        ORIENTATION = "orientation", _("orientation")
        INFORMATION = "information", _("information")
        GENERALIST = "generalist", _("accompagnement généraliste")
        SPECIALIST = "specialist", _("accompagnement spécialiste")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    scheme = models.ForeignKey(
        SupportScheme, models.PROTECT, related_name="supports", verbose_name=_("le dispositif")
    )
    territory = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="supports", verbose_name=_("territoire")
    )
    body = models.CharField(_("qui le donne"), max_length=200)
    function = models.CharField(_("à qui s’adresser (une fonction, pas un nom)"), max_length=120, blank=True)
    level = models.CharField(_("niveau Guid’Asso"), max_length=12, choices=Level, blank=True)
    phone = models.CharField(_("téléphone"), max_length=40, blank=True)
    email = models.EmailField(_("adresse e-mail"), blank=True)
    address = models.CharField(_("adresse"), max_length=200, blank=True)
    hours = models.CharField(_("quand"), max_length=200, blank=True)
    ended_on = models.DateField(_("n’existe plus depuis le"), null=True, blank=True)
    end_words = models.CharField(_("pourquoi"), max_length=200, blank=True)

    objects = SupportQuerySet.as_manager()

    class Meta:
        verbose_name = _("appui")
        verbose_name_plural = _("appuis")
        ordering = ["body", "pk"]
        constraints = [
            models.CheckConstraint(
                name="support_ended_with_its_reason", condition=Q(ended_on=None) | ~Q(end_words="")
            ),
        ]

    def __str__(self):
        return self.body

    def get_absolute_url(self):
        return reverse("support:support", args=[self.uuid])


class SupportReportQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """Who said it; who keeps the support that it is about (see `permissions.can_edit_on`)."""
        reader = reader_of(user)
        if not user.is_authenticated or reader.is_public_partner:
            return self.filter(said_by=user) if user.is_authenticated else self.none()
        entrusted = set(Editor.objects.of(user).filter(subject=Subject.AID).values_list("territory", flat=True))
        if reader.is_editor or None in entrusted:
            return self.all()
        inside = Q()
        for field in ("", "__communes", "__mother_commune", "__epci", "__departement", "__region"):
            inside |= Q(**{f"support__territory{field}__in": entrusted})
        here = Q(support__territory__in=reader.coordinated_territory_ids)
        found = self.filter(Q(said_by=user) | here | (inside if entrusted else Q(pk__in=[])))
        return found.distinct()


class SupportReport(models.Model):
    """Somebody says that a support is not as it is written any more."""

    support = models.ForeignKey(Support, models.CASCADE, related_name="reports")
    words = models.CharField(_("ce qui n’est plus juste"), max_length=300)
    said_at = models.DateTimeField(_("dit le"))
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(_("réglé le"), null=True, blank=True)

    objects = SupportReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("signalement d’un appui")
        verbose_name_plural = _("signalements d’appuis")
        ordering = ["said_at", "pk"]

    def __str__(self):
        return f"{self.support}, {self.said_at:%Y-%m-%d}"
