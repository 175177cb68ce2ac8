"""Workshops: a draft opened to a group, and the comments that are made there."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from maillage.charters.models import CharterVersion
from maillage.groups.models import Group, OfGroupQuerySet, ResidentSeat
from maillage.organisations.models import Organisation

ONE_VOICE = Q(organisation=None) | Q(seat=None)
"""Said for an organisation, or from a resident's seat; or, where neither, by who animates."""


class WorkshopQuerySet(OfGroupQuerySet):
    def open(self):
        """Not closed, of a text that is still a draft, in a group that goes on."""
        return self.filter(closed_at=None, version__published_at=None, group__closed_at=None)


class Workshop(models.Model):
    """A draft of the charter, or of an adaptation, opened to a group: its members comment and propose amendments.

    Open → closed; the draft then goes on by the charter's own actions. Opening it lets those who animate the group
    decide of amendments. Read inside the group alone, never by a public partner.
    """

    group = models.ForeignKey(Group, models.CASCADE, related_name="workshops", verbose_name=_("groupe"))
    version = models.ForeignKey(CharterVersion, models.CASCADE, related_name="workshops", verbose_name=_("texte"))
    words = models.TextField(_("ce que vous demandez au groupe"), max_length=1000, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField(_("ouvert au groupe le"))
    closes_on = models.DateField(_("avis et amendements jusqu’au"), null=True, blank=True)
    closed_at = models.DateTimeField(_("fermé le"), null=True, blank=True)
    closing_words = models.TextField(_("ce que le groupe en retient"), max_length=1000, blank=True)

    objects = WorkshopQuerySet.as_manager()

    class Meta:
        verbose_name = _("texte ouvert à un groupe")
        verbose_name_plural = _("textes ouverts à un groupe")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "version"],
                condition=Q(closed_at=None),
                name="workshop_open_once",
                violation_error_message=_("Ce texte est déjà ouvert à ce groupe."),
            )
        ]

    def __str__(self):
        return gettext("%(text)s, avec %(group)s") % {"text": self.version, "group": self.group}

    def get_absolute_url(self):
        return reverse("drafting:workshop", kwargs={"slug": self.group.slug, "pk": self.pk})

    @property
    def is_open(self):
        return self.closed_at is None and not self.version.is_published and self.group.is_active

    def takes_words(self, on):
        """Whether the group may still comment and propose on the day ``on``; the answers may come afterwards."""
        return self.is_open and (self.closes_on is None or on <= self.closes_on)


class OfWorkshopQuerySet(OfGroupQuerySet):
    group = "workshop__group"


class CommentQuerySet(OfWorkshopQuerySet):
    def unresolved(self):
        return self.filter(parent=None, resolved_at=None)


class Comment(models.Model):
    """What somebody of the group says of an article (of the whole text where ``article_key`` is empty), or answers
    to such a comment: one level, no more. A conversation is resolved, and stays to be read.
    """

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="comments")
    article_key = models.SlugField(_("article"), max_length=60, blank=True)
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="answers")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="+")
    seat = models.ForeignKey(ResidentSeat, models.CASCADE, null=True, blank=True, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.TextField(_("votre commentaire"), max_length=2000)
    made_at = models.DateTimeField(_("dit le"))
    resolved_at = models.DateTimeField(_("réglé le"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commentaire d’un texte")
        verbose_name_plural = _("commentaires d’un texte")
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(name="comment_one_voice", condition=ONE_VOICE),
            models.CheckConstraint(
                name="comment_answer_is_not_resolved", condition=Q(parent=None) | Q(resolved_at=None)
            ),
        ]

    def __str__(self):
        return f"{self.voice} : {self.text[:60]}"

    @property
    def voice(self):
        """In whose name it is said."""
        return self.organisation or self.seat or gettext("l’animation")
