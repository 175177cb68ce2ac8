"""Who edits what; what readers keep; what they say."""

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record
from maillage.organisations.audiences import reader_of

from ..ground import READING, WRITING
from ..models import Comment, Editor, SavedPage
from ..permissions import can_moderate
from ..spam import looks_like_spam

MOST_KEPT = 200


@transaction.atomic
def appoint_editor(user, *, subject, territory=None, may_publish=False, actor, at):
    """``user`` edits ``subject``, on ``territory`` or everywhere; opens the back office to them. Editors of
    everything appoint.
    """
    if not (actor.is_superuser or reader_of(actor).is_editor):
        raise PermissionDenied
    if reader_of(user).is_public_partner:
        raise ValidationError(_("Qui travaille pour un partenaire public n’édite pas les pages des associations."))
    try:
        with transaction.atomic():
            editor = Editor.objects.create(
                user=user, subject=subject, territory=territory, may_publish=may_publish, since=at
            )
    except IntegrityError as error:
        raise ValidationError(_("C’est déjà sa place.")) from error
    user.groups.add(*_groups(editor))
    record("editorial.appoint", editor, actor=actor, at=at, subject=subject)
    return editor


def _groups(editor):
    names = [WRITING[editor.subject], *([READING] if editor.may_publish else [])]
    return Group.objects.filter(name__in=names)


@transaction.atomic
def end_editor(editor, *, actor, at):
    """They no longer edit it; what they wrote stays."""
    if not (actor.is_superuser or reader_of(actor).is_editor):
        raise PermissionDenied
    user, left = editor.user, Editor.objects.filter(user=editor.user).exclude(pk=editor.pk)
    kept = {group.pk for one in left for group in _groups(one)}
    user.groups.remove(*[group for group in _groups(editor) if group.pk not in kept])
    record("editorial.end_editor", editor, actor=actor, at=at, subject=editor.subject)
    editor.delete()


def keep_for_later(page, *, actor, at):
    """Keep a page to read later; twice changes nothing."""
    if SavedPage.objects.visible_to(actor).count() >= MOST_KEPT:
        raise ValidationError(_("Vous gardez déjà deux cents pages : retirez-en avant d’en ajouter."))
    SavedPage.objects.get_or_create(user=actor, page_id=page.pk, defaults={"saved_at": at})


def let_go(page, *, actor, at):
    SavedPage.objects.visible_to(actor).filter(page_id=page.pk).delete()


def comment(page, *, text, actor, at):
    """Say something of a page whose comments an editor opened. Nothing is shown before somebody read it.

    Outside a transaction until the row is written: a service that is asked may take seconds.
    """
    if not page.live or not page.comments_open:
        raise ValidationError(_("Les commentaires ne sont pas ouverts sur cette page."))
    said = Comment(
        page_id=page.pk,
        author=actor,
        name=actor.get_full_name()[:80] or str(_("une personne inscrite")),
        text=text.strip(),
        written_at=at,
    )
    said.looks_like_spam = looks_like_spam(said.text)
    said.full_clean(exclude=["page", "author"])
    said.save()
    return said


@transaction.atomic
def settle_comment(said, *, show, actor, at):
    """Let a comment through, or set it aside."""
    if not can_moderate(actor):
        raise PermissionDenied
    said = Comment.objects.select_for_update(of=("self",)).get(pk=said.pk)
    said.state = Comment.State.SHOWN if show else Comment.State.REFUSED
    said.settled_at = at
    said.save(update_fields=["state", "settled_at"])
    record("editorial.settle_comment", said, actor=actor, at=at, shown=show)
    return said
