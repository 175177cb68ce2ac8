"""Finding a date together."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maillage.organisations.models import Organisation

from .groups import Group, OfGroupQuerySet, ResidentSeat
from .meetings import Meeting


class DatePollQuerySet(OfGroupQuerySet):
    def open(self):
        return self.filter(closed_at=None)


class DatePoll(models.Model):
    """Dates proposed for a meeting. Open → closed, with the meeting that came of it, or none."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="polls")
    title = models.CharField(_("objet"), max_length=150)
    place = models.CharField(_("lieu, adresse, accès"), max_length=300, blank=True)
    answer_by = models.DateField(_("réponses jusqu’au"), null=True, blank=True)
    opened_at = models.DateTimeField(_("ouvert le"))
    closed_at = models.DateTimeField(_("clos le"), null=True, blank=True)
    meeting = models.OneToOneField(Meeting, models.SET_NULL, null=True, blank=True, related_name="poll")

    objects = DatePollQuerySet.as_manager()

    class Meta:
        verbose_name = _("sondage de dates")
        verbose_name_plural = _("sondages de dates")

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("groups:poll", kwargs={"slug": self.group.slug, "pk": self.pk})


class OfPollQuerySet(OfGroupQuerySet):
    group = "poll__group"


class DateOption(models.Model):
    """A day and hours that are proposed."""

    poll = models.ForeignKey(DatePoll, models.CASCADE, related_name="options")
    date = models.DateField(_("jour"))
    starts_at = models.TimeField(_("début"))
    ends_at = models.TimeField(_("fin"))

    objects = OfPollQuerySet.as_manager()

    class Meta:
        verbose_name = _("date proposée")
        verbose_name_plural = _("dates proposées")
        ordering = ["date", "starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "date", "starts_at"], name="date_option_once"),
            models.CheckConstraint(
                name="date_option_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("La fin vient après le début."),
            ),
        ]

    def __str__(self):
        return f"{self.date:%Y-%m-%d}"


class OfOptionQuerySet(OfGroupQuerySet):
    group = "option__poll__group"


class DateAnswer(models.Model):
    """What an organisation, or a seat, answers of a date."""

    class Answer(models.TextChoices):
        YES = "yes", _("oui")
        IF_NEEDED = "if_needed", _("s’il le faut")
        NO = "no", _("non")

    option = models.ForeignKey(DateOption, models.CASCADE, related_name="answers")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="date_answers")
    seat = models.ForeignKey(ResidentSeat, models.CASCADE, null=True, blank=True, related_name="date_answers")
    answer = models.CharField(_("réponse"), max_length=10, choices=Answer)

    objects = OfOptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("réponse à une date")
        verbose_name_plural = _("réponses aux dates")
        constraints = [
            models.UniqueConstraint(fields=["option", "organisation"], name="date_answer_organisation_once"),
            models.UniqueConstraint(fields=["option", "seat"], name="date_answer_seat_once"),
            models.CheckConstraint(
                name="date_answer_of_one",
                condition=Q(organisation__isnull=False, seat=None) | Q(organisation=None, seat__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.organisation or self.seat} : {self.get_answer_display()}"
