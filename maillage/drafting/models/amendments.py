"""Amendments: other words proposed for an article, what the others say of them, what became of them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from maillage.charters.differences import ADDED, REMOVED, word_differences
from maillage.charters.models import Article
from maillage.groups.models import OfGroupQuerySet, ResidentSeat
from maillage.organisations.models import Organisation

from .workshops import ONE_VOICE, OfWorkshopQuerySet, Workshop


class AmendmentQuerySet(OfWorkshopQuerySet):
    def waiting(self):
        """Those that wait for an answer."""
        return self.filter(state=Amendment.State.PROPOSED)

    def for_pages(self):
        return self.select_related("organisation", "seat").prefetch_related(
            models.Prefetch("stances", Stance.objects.select_related("organisation", "seat"))
        )


class Amendment(models.Model):
    """Other words for an article, a new one, or the wish that one goes; with a reason that stays inside the group.

    Proposed → accepted | merged | refused | withdrawn | outdated. ``base_title`` and ``base_text`` are what its
    author had before their eyes, ``final_title`` and ``final_text`` what entered the text: its history is readable
    whatever the article becomes.
    """

    class Kind(models.TextChoices):
        CHANGE = "change", _("changer les mots")
        ADD = "add", _("ajouter un article")
        REMOVE = "remove", _("retirer l’article")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("attend une réponse")
        ACCEPTED = "accepted", _("accepté")
        MERGED = "merged", _("accepté avec d’autres mots")
        REFUSED = "refused", _("refusé")
        WITHDRAWN = "withdrawn", _("retiré par qui le proposait")
        OUTDATED = "outdated", _("sans objet")

    ANSWERED_IN_WORDS = ("merged", "refused", "outdated")

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="amendments")
    kind = models.CharField(_("nature"), max_length=6, choices=Kind)
    article_key = models.SlugField(_("article"), max_length=60, blank=True)
    article_kind = models.CharField(_("nature de l’article"), max_length=16, choices=Article.Kind)
    base_title = models.CharField(max_length=200, blank=True)
    base_text = models.TextField(blank=True)
    base_left_out = models.BooleanField(default=False)
    """The adaptation left the article out when this was proposed: changing it brings it back."""
    title = models.CharField(_("titre"), max_length=200, blank=True)
    text = models.TextField(_("texte"), blank=True)
    reason = models.TextField(_("pourquoi"), max_length=1000)
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="+")
    seat = models.ForeignKey(ResidentSeat, models.CASCADE, null=True, blank=True, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField(_("proposé le"))
    state = models.CharField(_("état"), max_length=10, choices=State, default=State.PROPOSED)
    answer = models.TextField(_("réponse"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("répondu le"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    final_title = models.CharField(max_length=200, blank=True)
    final_text = models.TextField(blank=True)

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("amendement")
        verbose_name_plural = _("amendements")
        ordering = ["proposed_at", "pk"]
        constraints = [
            models.CheckConstraint(name="amendment_one_voice", condition=ONE_VOICE),
            models.CheckConstraint(
                name="amendment_answered_once_decided",
                condition=Q(state="proposed", answered_at=None)
                | (~Q(state="proposed") & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="amendment_refused_with_words",
                condition=~Q(state__in=("merged", "refused", "outdated")) | ~Q(answer=""),
                violation_error_message=_("Dites pourquoi : qui a proposé ces mots attend une réponse."),
            ),
            models.CheckConstraint(name="amendment_of_an_article", condition=Q(kind="add") | ~Q(article_key="")),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} : {self.base_title or self.title}"

    def get_absolute_url(self):
        return reverse(
            "drafting:amendment",
            kwargs={"slug": self.workshop.group.slug, "pk": self.workshop_id, "number": self.pk},
        )

    @property
    def voice(self):
        """In whose name it is proposed."""
        return self.organisation or self.seat or gettext("l’animation")

    @property
    def is_waiting(self):
        return self.state == self.State.PROPOSED

    @property
    def entered_the_text(self):
        return self.state in {self.State.ACCEPTED, self.State.MERGED}

    @property
    def title_runs(self):
        return self._runs(self.base_title, self.title)

    @property
    def text_runs(self):
        """What it would change, word by word, in what its author read."""
        return self._runs(self.base_text, self.text)

    @property
    def final_runs(self):
        """What the answer changed in the words that were proposed."""
        return word_differences(self.text, self.final_text)

    def _runs(self, before, after):
        if self.kind == self.Kind.ADD:
            return [(ADDED, after)]
        if self.kind == self.Kind.REMOVE:
            return [(REMOVED, before)]
        return word_differences(before, after)

    def is_behind(self, article):
        """Whether ``article`` (None where it is gone) no longer says what the author of this had read."""
        if self.kind == self.Kind.ADD:
            return False
        if article is None or (article.title, article.text) != (self.base_title, self.base_text):
            return True
        return (article.treatment == Article.Treatment.LEFT_OUT) != self.base_left_out


class OfAmendmentQuerySet(OfGroupQuerySet):
    group = "amendment__workshop__group"


class Stance(models.Model):
    """What an organisation, or a seat, says of an amendment: one each, which may change. An objection has words."""

    class Kind(models.TextChoices):
        SUPPORT = "support", _("soutient")
        OBJECT = "object", _("a une objection")

    amendment = models.ForeignKey(Amendment, models.CASCADE, related_name="stances")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="+")
    seat = models.ForeignKey(ResidentSeat, models.CASCADE, null=True, blank=True, related_name="+")
    kind = models.CharField(_("avis"), max_length=7, choices=Kind)
    words = models.CharField(_("en quelques mots"), max_length=500, blank=True)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    said_at = models.DateTimeField(_("dit le"))

    objects = OfAmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("avis sur un amendement")
        verbose_name_plural = _("avis sur les amendements")
        ordering = ["said_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["amendment", "organisation"], name="stance_organisation_once"),
            models.UniqueConstraint(fields=["amendment", "seat"], name="stance_seat_once"),
            models.CheckConstraint(
                name="stance_of_one",
                condition=Q(organisation__isnull=False, seat=None) | Q(organisation=None, seat__isnull=False),
            ),
            models.CheckConstraint(
                name="stance_objection_in_words",
                condition=~Q(kind="object") | ~Q(words=""),
                violation_error_message=_("Dites quelle est votre objection."),
            ),
        ]

    def __str__(self):
        return f"{self.voice} {self.get_kind_display()}"

    @property
    def voice(self):
        return self.organisation or self.seat

    @property
    def is_objection(self):
        return self.kind == self.Kind.OBJECT
