"""Residents' voices: rows that could leak, and who may see each. Elsa coordinates; nobody mediates."""

from django.utils import timezone

from maillage.participation.models import VoiceRecording
from tests.factories.participation import HeardNeedFactory, ResidentVoiceFactory

from .wall_rows import EVERYBODY, LeakRow

SPACE = frozenset({"amina", "bruno", "elsa"})
LOOKS = frozenset({"elsa"})


def need_heard(request, **fields):
    return HeardNeedFactory(territory=request.getfixturevalue("tilleuls"), **fields)


def need_shown(request):
    return need_heard(request, released=True)


def voice(request, **fields):
    return ResidentVoiceFactory(territory=request.getfixturevalue("tilleuls"), **fields)


def voice_shared(request):
    return voice(request, shared=True, may_be_shown=True)


def voice_set_aside(request):
    return voice(request, may_be_shown=True, set_aside="insults", set_aside_at=timezone.now())


def voice_of_who_did_not_agree(request):
    return voice(request, shared=True, need=need_shown(request))


def voice_of_who_agreed(request):
    return voice(request, shared=True, may_be_shown=True, need=need_shown(request))


def voice_that_the_collective_keeps(request):
    return voice(request, shared=True, may_be_shown=True, need=need_heard(request))


def _sound(of, **fields):
    return VoiceRecording.objects.create(voice=of, file="note", media_type="audio/webm", **fields)


def sound_to_write_down(request):
    return _sound(voice(request, words=""))


def sound_of_who_agreed_to_be_read_alone(request):
    return _sound(voice_of_who_agreed(request))


def sound_of_who_agreed_to_be_heard(request):
    return _sound(voice_of_who_agreed(request), may_be_heard=True)


def sound_that_the_collective_keeps(request):
    return _sound(voice_that_the_collective_keeps(request), may_be_heard=True)


ROWS = {
    "participation.HeardNeed": [
        LeakRow(need_heard, SPACE, "between associations until the collective decides"),
        LeakRow(need_shown, EVERYBODY, "the collective shows it"),
    ],
    "participation.ResidentVoice": [
        LeakRow(voice, LOOKS, "nobody has looked at it: the coordination, the mediators"),
        LeakRow(voice_set_aside, LOOKS, "set aside"),
        LeakRow(voice_shared, SPACE, "shared, in no need: its resident agreed, the collective has not decided"),
        LeakRow(voice_that_the_collective_keeps, SPACE, "in a need that the collective keeps"),
        LeakRow(voice_of_who_did_not_agree, SPACE, "the need is shown, its resident did not agree"),
        LeakRow(voice_of_who_agreed, EVERYBODY, "its resident agreed, the collective decided"),
    ],
    "participation.VoiceRecording": [
        LeakRow(sound_to_write_down, LOOKS, "who writes it down"),
        LeakRow(sound_of_who_agreed_to_be_read_alone, LOOKS, "words may be read, the sound not heard"),
        LeakRow(sound_that_the_collective_keeps, LOOKS, "the collective has not decided"),
        LeakRow(sound_of_who_agreed_to_be_heard, EVERYBODY, "agreed and decided"),
    ],
}
