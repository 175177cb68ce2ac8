"""Keeping a link, changing it, taking it away; bringing a bookmark file, and undoing that."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record
from maillage.ui.page_cache import drop_public_pages

from .addresses import canonical, host_of
from .bookmarks import clean_tags
from .models import Link, LinkImport
from .permissions import can_keep

A_BATCH = 500


class AlreadyKept(ValidationError):
    """This page is in the watch already: ``link``."""

    def __init__(self, link):
        super().__init__({"url": _("Ce lien est déjà dans la veille.")})
        self.link = link


@transaction.atomic
def keep_link(link, *, actor, at):
    """Adds ``link`` (filled in), or keeps its changes. The address is never fetched. Raises AlreadyKept."""
    if not can_keep(actor):
        raise PermissionDenied
    url = canonical(link.url)
    if not url:
        raise ValidationError({"url": _("Une adresse du web commence par https:// ou http://.")})
    known = Link.objects.filter(url=url).exclude(pk=link.pk).first()
    if known:
        raise AlreadyKept(known)
    link.url, link.tags = url, clean_tags(link.tags)
    link.source = link.source.strip() or host_of(url)[:120]
    if link.pk is None:
        link.added_at, link.added_by = at, actor
    if link.status == Link.Status.PROCESSED and link.read_on is None:
        link.read_on = timezone.localdate(at)
    link.full_clean(exclude=["added_by"])
    link.save()
    record("watch.keep", link, actor=actor, at=at)
    return link


@transaction.atomic
def drop_link(link, *, actor, at):
    if not can_keep(actor):
        raise PermissionDenied
    record("watch.drop", link, actor=actor, at=at)
    link.delete()


@transaction.atomic
def bring_links(found, *, name, even_if_cut, actor, at):
    """What a bookmark file holds (`bookmarks.Read`) is added, unclassified and for the team alone. Returns (the
    import, how many were new). A file that stops in the middle is refused whole, unless ``even_if_cut``.
    """
    if not can_keep(actor):
        raise PermissionDenied
    if found.breaks_at and not even_if_cut:
        raise ValidationError(
            _("Le fichier s’arrête au milieu, à la ligne %(line)s. Rien n’est gardé."),
            params={"line": found.breaks_at},
        )
    brought = LinkImport.objects.create(name=name[:120], at=at, by=actor)
    known = set(Link.objects.values_list("url", flat=True))
    new = [
        Link(
            url=one.url,
            title=one.title,
            note=one.note,
            tags=one.tags,
            source=host_of(one.url)[:120],
            added_at=min(one.added_at or at, at),
            added_by=actor,
            brought_by=brought,
        )
        for one in found.bookmarks
        if one.url not in known
    ]
    Link.objects.bulk_create(new, batch_size=A_BATCH, ignore_conflicts=True)
    record("watch.bring", brought, actor=actor, at=at, number=len(new))
    drop_public_pages()
    return brought, len(new)


@transaction.atomic
def undo_import(brought, *, actor, at):
    """Takes away what a file added and nobody has classified since. Returns how many."""
    if not can_keep(actor):
        raise PermissionDenied
    untouched = Link.objects.filter(brought_by=brought, status=Link.Status.UNCLASSIFIED, is_public=False)
    number, _each = untouched.delete()
    record("watch.undo", brought, actor=actor, at=at, number=number)
    return number
