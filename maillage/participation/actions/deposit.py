"""Saying something, noting what was said, and taking it back."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record
from maillage.ui.page_cache import drop_public_pages

from ..codes import code_of, hash_of
from ..models import MOST_BYTES, ResidentVoice, VoiceRecording
from ..permissions import can_note
from ..screening import LINK, findings
from ..sounds import media_type_of

MOST_LINKS = 2


class AlreadySaid(ValidationError):
    """Something else was said under this key: the page is an old one."""


@transaction.atomic
def deposit_voice(territory, *, key, words, language, subject, may_be_shown, at, sound=None, may_be_heard=False):
    """A resident says something, in words or as a voice note (``sound``, bytes). Returns the `ResidentVoice`: the
    same one where ``key`` comes twice.

    No person is recorded, nor where it came from.
    """
    words = words.strip()
    _refuse_what_says_nothing(words, sound)
    voice, is_new = _written_once(
        ResidentVoice(
            key=key,
            code_hash=hash_of(code_of(key)),
            territory=territory,
            language=language,
            words=words,
            subject=subject,
            may_be_shown=may_be_shown,
            heard_at=at,
        )
    )
    if is_new and sound:
        _keep_sound(voice, sound, may_be_heard)
    drop_public_pages()
    return voice


@transaction.atomic
def note_voice(territory, *, key, words, language, subject, may_be_shown, actor, at, heard_at=None):
    """A mediator notes what somebody said. Shared at once with the collective, unless something in it must be looked
    at. Returns the voice; sent twice (the network came back), the same one.
    """
    if not can_note(actor, territory.pk):
        raise PermissionDenied
    words = words.strip()
    _refuse_what_says_nothing(words, None)
    is_clear = language == "fr" and not findings(words)
    voice, is_new = _written_once(
        ResidentVoice(
            key=key,
            code_hash=hash_of(code_of(key)),
            territory=territory,
            language=language,
            words=words,
            subject=subject,
            may_be_shown=may_be_shown,
            channel=ResidentVoice.Channel.MEDIATOR,
            noted_by=actor,
            heard_at=min(heard_at or at, at),
            shared_words=words if is_clear else "",
            shared_at=at if is_clear else None,
            looked_at_by=actor if is_clear else None,
        )
    )
    if is_new:
        record("participation.note_voice", voice, actor=actor, at=at)
    drop_public_pages()
    return voice


@transaction.atomic
def take_back(code):
    """Its resident takes their words back: the voice is deleted, its sound too. Whether there was one.

    The need that others share, and its answer, stay.
    """
    voice = ResidentVoice.objects.select_for_update().filter(code_hash=hash_of(code) or None).first()
    if voice is None:
        return False
    forget(voice)
    drop_public_pages()
    return True


def forget(voice):
    """Deletes ``voice`` and, once that is committed, its sound."""
    recording = VoiceRecording.objects.filter(voice=voice).first()
    if recording:
        drop_sound(recording)
    voice.delete()


def drop_sound(recording):
    storage, name = recording.file.storage, recording.file.name
    recording.delete()
    transaction.on_commit(lambda: storage.delete(name))


def _refuse_what_says_nothing(words, sound):
    if not words and not sound:
        raise ValidationError({"words": _("Écrivez quelques mots, ou enregistrez votre voix.")})
    if len(LINK.findall(words)) > MOST_LINKS:
        raise ValidationError({"words": _("Deux liens au plus : dites-le avec vos mots.")})


def _written_once(voice):
    """(the voice, whether it is new)."""
    try:
        with transaction.atomic():
            voice.save(force_insert=True)
        return voice, True
    except IntegrityError:
        known = ResidentVoice.objects.filter(key=voice.key).first()
        if known is None:
            raise
    if (known.words, known.territory_id) != (voice.words, voice.territory_id):
        raise AlreadySaid(_("Cette page a déjà servi : rechargez-la pour dire autre chose."))
    return known, False


def _keep_sound(voice, sound, may_be_heard):
    media_type = media_type_of(sound)
    if media_type is None or len(sound) > MOST_BYTES:
        raise ValidationError({"sound": _("Ce fichier n’est pas une note vocale d’une minute.")})
    recording = VoiceRecording(voice=voice, media_type=media_type, may_be_heard=may_be_heard)
    recording.file.save("note", ContentFile(sound), save=False)
    recording.save(force_insert=True)
