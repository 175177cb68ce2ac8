"""Saying something of an article, and of what others said."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record

from ..models import Comment
from ..permissions import can_animate, is_theirs
from .workshops import lock_open, refuse_late, refuse_stranger


@transaction.atomic
def make_comment(workshop, *, text, actor, at, organisation=None, seat=None, article_key="", parent=None):
    """Comment an article (the whole text where ``article_key`` is empty), or answer the comment ``parent``."""
    workshop = lock_open(workshop)
    refuse_stranger(actor, workshop, organisation=organisation, seat=seat)
    refuse_late(workshop, at)
    if parent is not None:
        if parent.workshop_id != workshop.pk or parent.parent_id:
            raise ValidationError(_("On répond à un commentaire, pas à une réponse."))
        article_key = parent.article_key
    elif article_key and not workshop.version.articles.filter(key=article_key).exists():
        raise ValidationError(_("Cet article n’est plus dans le texte."))
    comment = Comment(
        workshop=workshop,
        article_key=article_key,
        parent=parent,
        organisation=organisation,
        seat=seat,
        author=actor,
        text=text.strip(),
        made_at=at,
    )
    comment.full_clean()
    comment.save()
    if parent is not None:
        # Somebody goes on with it: it is no longer settled.
        Comment.objects.filter(pk=parent.pk).update(resolved_at=None, resolved_by=None)
    record("drafting.comment", workshop, actor=actor, at=at)
    return comment


@transaction.atomic
def resolve_comment(comment, *, actor, at):
    """Say that a conversation is settled: who began it, or who animates. It stays readable; answering reopens it."""
    workshop = lock_open(comment.workshop)
    comment = Comment.objects.select_related("organisation", "seat").get(pk=comment.pk)
    if not (can_animate(actor, workshop) or is_theirs(actor, comment, workshop)):
        raise PermissionDenied
    if comment.parent_id:
        raise ValidationError(_("C’est la conversation entière qui se règle."))
    if comment.resolved_at is None:
        comment.resolved_at, comment.resolved_by = at, actor
        comment.save(update_fields=["resolved_at", "resolved_by"])
        record("drafting.resolve", workshop, actor=actor, at=at)
    return comment
