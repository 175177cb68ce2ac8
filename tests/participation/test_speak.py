"""A resident says something: no account, no name, no cookie; in their language; never twice."""

import threading
import uuid

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.settings import limits
from maillage.participation import actions
from maillage.participation.codes import code_of
from maillage.participation.models import ResidentVoice, VoiceRecording
from maillage.ui.robots import opened_now
from tests.factories.participation import HeardNeedFactory, ResidentVoiceFactory

pytestmark = pytest.mark.django_db

WEBM = b"\x1a\x45\xdf\xa3" + bytes(200)


@pytest.fixture(autouse=True)
def quick(settings):
    settings.SECONDS_ON_A_FORM = 0


def typed(**values):
    return {"key": str(uuid.uuid4()), "words": "Il manque des bancs.", "subject": "living", **values}


def speak(client, territory, **values):
    return client.post(f"/paroles/{territory.slug}/dire/", typed(**values))


def test_a_resident_speaks_without_account_nor_cookie(client, tilleuls, elsa):
    for address in ("/paroles/", f"/paroles/{tilleuls.slug}/", f"/paroles/{tilleuls.slug}/dire/", "/paroles/suivre/"):
        assert not client.get(address).cookies, address
    answer = speak(client, tilleuls)
    assert not answer.cookies
    assert not client.cookies
    voice = ResidentVoice.objects.get()
    assert code_of(voice.key) in answer.content.decode()
    assert voice.shared_at is None
    assert voice.noted_by is None


def test_nothing_is_public_before_a_person_has_looked(client, tilleuls, elsa):
    speak(client, tilleuls, words="Monsieur Durand crie la nuit.", may_be_shown="on")
    page = client.get(f"/paroles/{tilleuls.slug}/").content.decode()
    assert "Durand" not in page
    assert "Paroles entendues</dt><dd>1<" in page


def test_an_arabic_speaker_reads_arabic_from_right_to_left(client, tilleuls, elsa):
    page = client.get(f"/paroles/{tilleuls.slug}/dire/?langue=ar")
    assert page["Content-Language"] == "ar"
    assert '<html lang="ar" dir="rtl">' in page.content.decode()
    speak(client, tilleuls, langue="ar", words="لا توجد مقاعد أمام المدرسة")
    assert ResidentVoice.objects.get().language == "ar"


def test_the_same_page_sent_twice_is_one_voice_with_one_code(client, tilleuls, elsa):
    key = str(uuid.uuid4())
    first = speak(client, tilleuls, key=key)
    second = speak(client, tilleuls, key=key)
    assert ResidentVoice.objects.count() == 1
    assert code_of(uuid.UUID(key)) in first.content.decode()
    assert code_of(uuid.UUID(key)) in second.content.decode()


def test_an_old_page_does_not_lose_what_is_said_next(client, tilleuls, elsa):
    key = str(uuid.uuid4())
    speak(client, tilleuls, key=key)
    answer = speak(client, tilleuls, key=key, words="Et il fait noir le soir.")
    assert answer.status_code == 422
    assert "Et il fait noir le soir." in answer.content.decode()


def test_nobody_listens_here(client, commune):
    answer = speak(client, commune)
    assert "Personne n’écoute encore ici" in answer.content.decode()
    assert not ResidentVoice.objects.exists()


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"words": "  "}, "Écrivez quelques mots"),
        ({"words": "www.a.fr www.b.fr www.c.fr"}, "Deux liens au plus"),
        ({"key": "x"}, "UUID"),
        ({"subject": "nothing"}, ""),
    ],
)
def test_what_cannot_be_read_is_refused_and_kept(client, tilleuls, elsa, values, why):
    answer = speak(client, tilleuls, **values)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not ResidentVoice.objects.exists()


def test_a_script_is_shown_as_words(client, tilleuls, elsa, sign_in):
    script = "<script>alert(1)</script>"
    answer = speak(client, tilleuls, words=script)
    code = code_of(ResidentVoice.objects.get().key)
    pages = [
        answer,
        client.post("/paroles/suivre/", {"code": code}),
        sign_in(elsa).get(f"/paroles/parole/{ResidentVoice.objects.get().uuid}/relire/"),
    ]
    assert all(script not in page.content.decode() for page in pages)
    assert "&lt;script&gt;" in pages[1].content.decode()


def test_a_robot_presses_once_more_and_loses_nothing(client, tilleuls, elsa, settings):
    settings.SECONDS_ON_A_FORM = 2
    answer = speak(client, tilleuls, ouverture=opened_now())
    assert answer.status_code == 422
    assert not answer.cookies
    assert "Encore un geste" in answer.content.decode()
    assert "Il manque des bancs." in answer.content.decode()
    assert not ResidentVoice.objects.exists()


def test_fifty_a_minute_from_one_place_are_slowed_down_without_a_cookie(client, tilleuls, elsa, settings):
    settings.LIMITS = limits.LIMITS
    answers = [speak(client, tilleuls, words=f"Publicité {n}") for n in range(50)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert ResidentVoice.objects.count() == 20
    assert len(refused) == 30
    assert not refused[0].cookies
    assert "Publicité 20" in refused[0].content.decode()


def test_another_site_cannot_make_somebody_speak(client, tilleuls, elsa):
    answer = client.post(f"/paroles/{tilleuls.slug}/dire/", typed(), headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert not ResidentVoice.objects.exists()


def sound(content, name="note.webm"):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, content, content_type="audio/webm")


def test_a_voice_note_waits_for_somebody_to_write_it_down(client, tilleuls, elsa, sign_in):
    speak(client, tilleuls, words="", sound=sound(WEBM))
    recording = VoiceRecording.objects.get()
    address = reverse("participation:sound", args=[recording.voice.uuid])
    assert client.get(address).status_code == 404
    assert b"".join(sign_in(elsa).get(address).streaming_content) == WEBM


@pytest.mark.parametrize("content", [b"<svg onload=alert(1)>", b"%PDF-1.7", bytes(2_000_001), b"GIF89a"])
def test_what_is_no_sound_is_refused(client, tilleuls, elsa, content):
    answer = speak(client, tilleuls, words="", sound=sound(content))
    assert answer.status_code == 422
    assert not ResidentVoice.objects.exists()


def test_with_the_code_a_resident_finds_the_answer_then_takes_the_words_back(client, tilleuls, entraide):
    need = HeardNeedFactory(
        territory=tilleuls, taken_up=True, carrier=entraide, answer="Deux bancs en mai.", answered_at=timezone.now()
    )
    voice = ResidentVoiceFactory(territory=tilleuls, shared=True, need=need)
    code = code_of(voice.key)
    page = client.post("/paroles/suivre/", {"code": code.lower().replace("-", " ")})
    assert "Deux bancs en mai." in page.content.decode()
    assert not page.cookies
    asked = client.post("/paroles/suivre/reprendre/", {"code": code})
    assert "pour toujours" in asked.content.decode()
    assert ResidentVoice.objects.exists()
    client.post("/paroles/suivre/reprendre/", {"code": code, "sure": "1"})
    assert not ResidentVoice.objects.exists()
    need.refresh_from_db()
    assert need.answer == "Deux bancs en mai."
    assert "Aucune parole" in client.post("/paroles/suivre/", {"code": code}).content.decode()


def test_a_sound_taken_back_is_no_longer_on_the_disk(client, tilleuls, elsa, django_capture_on_commit_callbacks):
    speak(client, tilleuls, words="", sound=sound(WEBM))
    recording = VoiceRecording.objects.get()
    storage, name = recording.file.storage, recording.file.name
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.take_back(code_of(recording.voice.key))
    assert not storage.exists(name)


def test_codes_are_kept_nowhere(client, tilleuls, elsa):
    speak(client, tilleuls)
    voice = ResidentVoice.objects.get()
    kept = " ".join(str(getattr(voice, field.attname)) for field in ResidentVoice._meta.fields)
    assert code_of(voice.key).replace("-", "") not in kept.replace("-", "").upper()


@pytest.mark.django_db(transaction=True)
def test_thirty_residents_at_once(tilleuls, elsa, settings):
    settings.LIMITS = {}
    answers = []

    def one(number):
        try:
            answers.append(speak(Client(), tilleuls, words=f"Parole {number}").status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=[n]) for n in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * 30
    assert ResidentVoice.objects.count() == 30, connection.vendor
