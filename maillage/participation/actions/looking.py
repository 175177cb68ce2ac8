"""A person looks at a voice before the others: shares it without what names somebody, or sets it aside."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record

from ..models import ResidentVoice, VoiceRecording
from ..permissions import can_look_at
from .deposit import drop_sound


@transaction.atomic
def share_voice(voice, *, shared_words, actor, at, words=None, subject=None):
    """The collective reads ``shared_words`` from now on: in French, without names. ``words``: what a voice note says,
    written down; its sound is deleted, unless its resident agreed that it be heard. Corrects what was shared too.
    """
    voice = _looked_at(voice, actor)
    if not shared_words.strip():
        raise ValidationError({"shared_words": _("Écrivez ce que lira le collectif.")})
    if words:
        voice.words = words.strip()
    voice.shared_words = shared_words.strip()
    voice.shared_at = voice.shared_at or at
    voice.set_aside, voice.set_aside_at = "", None
    voice.subject = subject or voice.subject
    voice.looked_at_by = actor
    voice.save()
    recording = VoiceRecording.objects.filter(voice=voice, may_be_heard=False).first()
    if recording:
        drop_sound(recording)
    record("participation.share_voice", voice, actor=actor, at=at)
    return voice


@transaction.atomic
def set_aside(voice, *, why, actor, at):
    """Not shared, or no more: its resident reads why, with their code. A month later the words are deleted."""
    voice = _looked_at(voice, actor)
    if voice.need_id:
        raise ValidationError(_("Cette parole est dans un besoin : sortez-la d’abord de ce besoin."))
    voice.set_aside, voice.set_aside_at = why, at
    voice.shared_words, voice.shared_at = "", None
    voice.looked_at_by = actor
    voice.save()
    record("participation.set_aside", voice, actor=actor, at=at)
    return voice


@transaction.atomic
def tell_in_own_language(voice, *, words, actor, at):
    """The answer, as somebody said it again in the resident's language; "" takes it away."""
    voice = _looked_at(voice, actor)
    voice.answer_in_own_language = words.strip()
    voice.save(update_fields=["answer_in_own_language"])
    record("participation.tell_in_own_language", voice, actor=actor, at=at)
    return voice


def _looked_at(voice, actor):
    if not can_look_at(actor, voice.territory_id):
        raise PermissionDenied
    return ResidentVoice.objects.select_for_update().get(pk=voice.pk)
