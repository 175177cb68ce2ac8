"""Annotated links: what editors and coordinations read, and keep for others."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maillage.editorial.models import Editor
from maillage.organisations.audiences import AudienceQuerySet, reader_of


def keeps_watch(user):
    """National editors, editors entrusted with a subject, coordinations: one team. Never a public partner."""
    reader = reader_of(user)
    if not user.is_authenticated or reader.is_public_partner:
        return False
    return bool(reader.is_editor or reader.coordinated_territory_ids or Editor.objects.of(user).exists())


class LinkImport(models.Model):
    """A bookmark file that was brought: what it added can be taken away again."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("fichier"), max_length=120)
    at = models.DateTimeField(_("apporté le"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("fichier de liens")
        verbose_name_plural = _("fichiers de liens")

    def __str__(self):
        return self.name


class LinkQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """Everybody, once it is public; the team that keeps the watch, before."""
        return self.all() if keeps_watch(user) else self.filter(is_public=True)


class Link(models.Model):
    """An address, why it matters, in which words it is found again."""

    class Status(models.TextChoices):
        UNCLASSIFIED = "unclassified", _("non classé")
        TO_READ = "to_read", _("à lire")
        PROCESSED = "processed", _("traité")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    url = models.URLField(
        _("adresse"),
        max_length=700,
        unique=True,
        error_messages={"unique": _("Ce lien est déjà dans la veille.")},
    )
    """Without its fragment nor what only tracks: see `addresses.canonical`."""
    title = models.CharField(_("titre"), max_length=250)
    source = models.CharField(_("source"), max_length=120, blank=True)
    note = models.TextField(_("ce qu’on en retient"), max_length=4000, blank=True)
    tags = models.JSONField(_("mots-clés"), default=list, blank=True)
    status = models.CharField(_("où il en est"), max_length=12, choices=Status, default=Status.UNCLASSIFIED)
    is_public = models.BooleanField(_("tout le monde peut le lire"), default=False)
    read_on = models.DateField(_("lu le"), null=True, blank=True)
    added_at = models.DateTimeField(_("ajouté le"))
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    brought_by = models.ForeignKey(LinkImport, models.SET_NULL, null=True, blank=True, related_name="links")

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("lien")
        verbose_name_plural = _("liens")
        ordering = ["-added_at", "-pk"]
        indexes = [models.Index(fields=["is_public", "-added_at"], name="link_by_day")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("watch:link", args=[self.uuid])
