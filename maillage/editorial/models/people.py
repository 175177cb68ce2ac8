"""Who edits what, what somebody keeps to read later, and what readers say where an editor asked."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page

from maillage.organisations.audiences import AudienceQuerySet, reader_of
from maillage.territories.models import Territory


class Subject(models.TextChoices):
    CASES = "cases", _("les pratiques")
    GUIDE = "guide", _("le guide")
    NEWS = "news", _("les actualités")
    AID = "aid", _("l’annuaire des aides")


class EditorQuerySet(models.QuerySet):
    def of(self, user):
        """What was entrusted to this person; nothing to somebody who works for a public partner."""
        if not user.is_authenticated or reader_of(user).is_public_partner:
            return self.none()
        return self.filter(user=user)

    def pages_of(self, user, model):
        """The keys of the pages of ``model`` that this person edits by what was entrusted to them."""
        mine = list(self.of(user).filter(subject=model.SUBJECT))
        if any(one.territory_id is None for one in mine):
            return model.objects.values("pk")
        if not mine or not hasattr(model, "places"):
            return model.objects.none().values("pk")
        return model.objects.filter(places__territory__in=[one.territory_id for one in mine]).values("pk")

    def reaches(self, user, page):
        """Whether ``page``, as it is written now, lies in what this person edits. One's own page without any place
        yet does: its place is said as it is written.
        """
        if reader_of(user).is_editor:
            return True
        mine = list(self.of(user).filter(subject=page.SUBJECT))
        places = page.territory_ids if hasattr(page, "territory_ids") else None
        for one in mine:
            if one.territory_id is None or (places is not None and one.territory_id in places):
                return True
        return bool(mine) and places == set() and page.owner_id == user.pk


class Editor(models.Model):
    """Somebody edits a subject: everywhere, or on one territory."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="editor_roles")
    subject = models.CharField(_("sujet"), max_length=6, choices=Subject)
    territory = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("territoire")
    )
    may_publish = models.BooleanField(_("peut publier"), default=False)
    since = models.DateTimeField(_("depuis le"))

    objects = EditorQuerySet.as_manager()

    class Meta:
        verbose_name = _("éditrice ou éditeur")
        verbose_name_plural = _("éditrices et éditeurs")
        constraints = [
            models.UniqueConstraint(fields=["user", "subject", "territory"], name="editor_once_a_territory"),
            models.UniqueConstraint(
                fields=["user", "subject"], condition=Q(territory=None), name="editor_once_everywhere"
            ),
        ]

    def __str__(self):
        return f"{self.user} — {self.get_subject_display()}"


class ReadingTask(AbstractGroupApprovalTask):
    """A step of moderation: who reads before publication reads what was entrusted to them."""

    def _reads(self, page, user):
        return user.is_superuser or (self._user_in_groups(user) and Editor.objects.reaches(user, page))

    def user_can_access_editor(self, obj, user):
        return super().user_can_access_editor(obj, user) and self._reads(obj, user)

    def get_actions(self, obj, user):
        return super().get_actions(obj, user) if self._reads(obj, user) else []

    class Meta:
        verbose_name = _("relecture avant publication")
        verbose_name_plural = _("relectures avant publication")


class OwnQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """One's own alone."""
        return self.filter(user=user) if user.is_authenticated else self.none()


class SavedPage(models.Model):
    """A page that somebody keeps to read later."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_pages")
    page = models.ForeignKey(Page, models.CASCADE, related_name="+")
    saved_at = models.DateTimeField(_("gardée le"))

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("page à lire")
        verbose_name_plural = _("pages à lire")
        ordering = ["-saved_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "page"], name="saved_page_once")]

    def __str__(self):
        return str(self.page)


class CommentQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """Those let through, by everybody; one's own; all of them by who edits everything."""
        shown = Q(state=Comment.State.SHOWN, page__live=True)
        if not user.is_authenticated or reader_of(user).is_public_partner:
            return self.filter(shown)
        if reader_of(user).is_editor or user.is_superuser:
            return self.all()
        return self.filter(shown | Q(author=user))


class Comment(models.Model):
    """What a reader says of a page, where an editor opened it. Waiting → shown | refused."""

    class State(models.TextChoices):
        WAITING = "waiting", _("à relire")
        SHOWN = "shown", _("publié")
        REFUSED = "refused", _("écarté")

    page = models.ForeignKey(Page, models.CASCADE, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="page_comments")
    name = models.CharField(_("signé"), max_length=80)
    text = models.TextField(_("commentaire"), max_length=1500)
    written_at = models.DateTimeField(_("écrit le"))
    state = models.CharField(_("état"), max_length=8, choices=State, default=State.WAITING)
    settled_at = models.DateTimeField(_("relu le"), null=True, blank=True)
    looks_like_spam = models.BooleanField(_("ressemble à du courrier indésirable"), default=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commentaire")
        verbose_name_plural = _("commentaires")
        ordering = ["written_at", "pk"]

    def __str__(self):
        return self.text[:60]
