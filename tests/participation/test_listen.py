"""Mediators note and look; the collective groups, takes up, answers; public partners read what is shown."""

import json
import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from maillage.organisations.models import TerritoryRole
from maillage.participation import actions, queries
from maillage.participation.codes import code_of
from maillage.participation.models import HeardNeed, ResidentVoice, VoiceRecording
from maillage.participation.screening import findings, without_details
from tests.factories.organisations import TerritoryRoleFactory
from tests.factories.participation import HeardNeedFactory, ResidentVoiceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def mediator(chloe, tilleuls):
    TerritoryRoleFactory(user=chloe, territory=tilleuls, role=TerritoryRole.Role.MEDIATOR)
    return chloe


def note(client, territory, **values):
    told = {
        "key": str(uuid.uuid4()),
        "territory": territory.slug,
        "words": "Le city stade est fermé.",
        "language": "fr",
    }
    return client.post(
        "/paroles/noter/", {**told, "language": "fr", **values}, headers={"Accept": "application/json"}
    )


def test_a_mediator_notes_once_whatever_the_network_does(sign_in, mediator, tilleuls):
    key = str(uuid.uuid4())
    client = sign_in(mediator)
    answers = [json.loads(note(client, tilleuls, key=key).content) for _time in range(3)]
    assert answers == [{"code": code_of(uuid.UUID(key)), "shared": True}] * 3
    assert ResidentVoice.objects.get().shared_words == "Le city stade est fermé."


@pytest.mark.parametrize("words", ["Mme Benali a peur.", "Appelez-moi au 06 12 34 56 78."])
def test_what_may_name_somebody_waits_for_a_second_look(sign_in, mediator, tilleuls, words):
    assert json.loads(note(sign_in(mediator), tilleuls, words=words).content)["shared"] is False
    assert ResidentVoice.objects.get().shared_words == ""


def test_a_mediator_notes_on_their_own_territory_alone(sign_in, mediator, commune, amina, fatou):
    assert note(sign_in(mediator), commune).status_code == 422
    for user in (amina, fatou):
        assert note(sign_in(user), commune).status_code == 403
    assert not ResidentVoice.objects.exists()


def test_a_mediator_sees_nothing_else_of_the_space(mediator, tilleuls, entraide):
    from maillage.events.models import Event
    from tests.factories.events import EventFactory

    EventFactory(organiser=entraide, territories=[tilleuls], audience="space")
    assert not Event.objects.visible_to(mediator).exists()


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Appelez le 06.12.34.56.78 vite", "Appelez le […] vite"),
        ("Écrire à lea@exemple.fr merci", "Écrire à […] merci"),
        ("Au 12 rue des Lilas, le hall est sale", "Au […], le hall est sale"),
        ("Mme Benali ne sort plus", "[…] ne sort plus"),
        ("C’est la faute de ce connard du 3e", "C’est la faute de ce […] du 3e"),
        ("Bâtiment C, escalier 4 : pas de lumière", "[…], […] : pas de lumière"),
    ],
)
def test_details_and_insults_are_found(text, hidden):
    assert without_details(text) == hidden


@pytest.mark.parametrize(
    "text",
    [
        "Les ordures restent dans la rue depuis 3 jours.",
        "Le 12 mars, 40 personnes attendaient au 2e étage sans lumière.",
        "Madame la gardienne est gentille, la porte ferme mal.",
    ],
)
def test_daily_words_are_not_taken_for_details(text):
    assert findings(text) == []


def test_a_person_looks_and_the_collective_reads_what_is_left(sign_in, elsa, amina, tilleuls):
    voice = ResidentVoiceFactory(territory=tilleuls, words="Mme Benali a peur dans le hall.")
    page = sign_in(elsa).get(f"/paroles/parole/{voice.uuid}/relire/").content.decode()
    assert "<mark>Mme Benali" in page
    assert "[…] a peur dans le hall." in page
    assert sign_in(amina).get(f"/paroles/parole/{voice.uuid}/relire/").status_code == 404
    sign_in(elsa).post(
        f"/paroles/parole/{voice.uuid}/relire/",
        {"shared_words": "Des voisines ont peur dans le hall.", "subject": "living"},
    )
    page = sign_in(amina).get(f"/paroles/{tilleuls.slug}/collectif/").content.decode()
    assert "Des voisines ont peur dans le hall." in page
    assert "Benali" not in page


def test_a_sound_goes_once_written_down_unless_its_resident_agreed(elsa, tilleuls, now):
    for may_be_heard, left in ((False, 0), (True, 1)):
        voice = ResidentVoiceFactory(territory=tilleuls, words="")
        VoiceRecording.objects.create(
            voice=voice, file="participation/x", media_type="audio/webm", may_be_heard=may_be_heard
        )
        actions.share_voice(voice, words="Tout va bien.", shared_words="Tout va bien.", actor=elsa, at=now)
        assert VoiceRecording.objects.filter(voice=voice).count() == left


def test_set_aside_says_why_and_goes_after_a_month(client, elsa, tilleuls, clock, settings):
    voice = ResidentVoiceFactory(territory=tilleuls)
    actions.set_aside(voice, why="elsewhere", actor=elsa, at=timezone.now())
    page = client.post("/paroles/suivre/", {"code": code_of(voice.key)}).content.decode()
    assert "elle ne parle pas de ce quartier" in page
    clock.advance(days=30)
    assert actions.forget_old_voices(at=timezone.now()) == 0
    clock.advance(days=2)
    assert actions.forget_old_voices(at=timezone.now()) == 1
    assert not ResidentVoice.objects.exists()


def test_words_are_forgotten_after_their_time_and_the_answer_stays(tilleuls, clock, settings):
    settings.VOICES_KEPT_DAYS = 100
    need = HeardNeedFactory(territory=tilleuls)
    ResidentVoiceFactory(territory=tilleuls, shared=True, need=need)
    clock.advance(days=101)
    actions.forget_old_voices(at=timezone.now())
    assert not ResidentVoice.objects.exists()
    assert HeardNeed.objects.exists()


def test_from_voices_to_an_answer_that_is_told_back(client, sign_in, elsa, amina, entraide, tilleuls):
    shown = ResidentVoiceFactory(territory=tilleuls, shared=True, may_be_shown=True, words="Nulle part où s’asseoir.")
    kept = ResidentVoiceFactory(territory=tilleuls, shared=True, words="Ma mère reste debout.")
    ours = sign_in(amina)
    told = {"voices": [shown.pk, kept.pk], "wording": "Des bancs devant l’école"}
    ours.post(f"/paroles/{tilleuls.slug}/regrouper/", told)
    need = HeardNeed.objects.get()
    assert need.state == "shared"
    ours.post(f"/paroles/besoin/{need.uuid}/prendre/", {"organisation": entraide.slug})
    ours.post(f"/paroles/besoin/{need.uuid}/repondre/", {"answer": "Deux bancs seront posés en mai."})
    need.refresh_from_db()
    assert (need.state, need.carrier) == ("answered", entraide)
    assert "Deux bancs" not in client.get(f"/paroles/{tilleuls.slug}/").content.decode()
    assert client.get(f"/paroles/besoin/{need.uuid}/").status_code == 404
    # The collective decides; then all read it, with the words of who agreed.
    assert ours.post(f"/paroles/besoin/{need.uuid}/montrer/", {"release_words": "Réunion."}).status_code == 403
    sign_in(elsa).post(f"/paroles/besoin/{need.uuid}/montrer/", {"release_words": "Réunion du 12 mars."})
    page = client.get(f"/paroles/{tilleuls.slug}/").content.decode()
    assert "Deux bancs seront posés en mai." in page
    assert "Nulle part où s’asseoir." in page
    assert "Ma mère reste debout." not in page
    assert "Réunion du 12 mars." not in page
    ours.post(f"/paroles/besoin/{need.uuid}/clore/", {"told_words": "Affichée dans le hall."})
    need.refresh_from_db()
    assert need.state == "closed"


def test_an_answer_in_the_language_of_who_spoke(client, sign_in, elsa, tilleuls):
    need = HeardNeedFactory(territory=tilleuls, taken_up=True, answer="Oui.", answered_at=timezone.now())
    voice = ResidentVoiceFactory(territory=tilleuls, shared=True, need=need, language="ar")
    sign_in(elsa).post(f"/paroles/parole/{voice.uuid}/redire/", {"words": "نعم، في مايو"})
    page = client.post("/paroles/suivre/", {"code": code_of(voice.key), "langue": "ar"}).content.decode()
    assert "نعم، في مايو" in page


def test_a_public_partner_reads_only_what_is_shown(sign_in, fatou, tilleuls, entraide):
    hidden = HeardNeedFactory(territory=tilleuls, wording="Le hall fait peur")
    shown = HeardNeedFactory(territory=tilleuls, wording="Des bancs", released=True)
    client = sign_in(fatou)
    assert client.get(f"/paroles/{tilleuls.slug}/collectif/").status_code == 404
    assert client.get(f"/paroles/besoin/{hidden.uuid}/").status_code == 404
    page = client.get(f"/paroles/besoin/{shown.uuid}/").content.decode()
    assert "Des bancs" in page
    assert "Réunion du collectif" not in page
    assert "Le hall fait peur" not in client.get(f"/paroles/{tilleuls.slug}/").content.decode()


def test_unanswered_says_since_when_to_all(client, tilleuls):
    HeardNeedFactory(territory=tilleuls, released=True, since="2026-03-02")
    assert "02/03/2026" in client.get(f"/paroles/{tilleuls.slug}/").content.decode()


def test_only_an_association_of_the_place_takes_up(bruno, amina, entraide, jardins, commune, now):
    need = HeardNeedFactory(territory=commune)
    with pytest.raises((PermissionDenied, ValidationError)):
        actions.take_up(need, organisation=entraide, actor=amina, at=now)
    with pytest.raises(PermissionDenied):
        actions.take_up(need, organisation=entraide, actor=bruno, at=now)


def test_the_coordination_appoints_who_listens(sign_in, elsa, tilleuls, amina):
    client = sign_in(elsa)
    client.post(f"/paroles/{tilleuls.slug}/mediation/", {"email": "nora@exemple.org"})
    role = TerritoryRole.objects.get(role="mediator")
    assert (role.user.email, role.territory) == ("nora@exemple.org", tilleuls)
    assert sign_in(amina).get(f"/paroles/{tilleuls.slug}/mediation/").status_code == 403
    client.post(f"/paroles/{tilleuls.slug}/mediation/{role.pk}/arreter/")
    role.refresh_from_db()
    assert role.until is not None


def test_what_waits_and_what_is_new(elsa, amina, fatou, tilleuls, entraide, clock):
    ResidentVoiceFactory.create_batch(2, territory=tilleuls)
    untaken = HeardNeedFactory(territory=tilleuls, wording="Des bancs")
    ours = HeardNeedFactory(territory=tilleuls, wording="Un médecin", taken_up=True, carrier=entraide)
    since = timezone.now() - timezone.timedelta(days=1)
    clock.advance(days=40)
    today = timezone.localdate()
    assert [line.title for line in queries.waiting_for(elsa, today=today)] == [tilleuls.name, untaken.wording]
    assert "2 paroles" in queries.waiting_for(elsa, today=today)[0].what
    assert [line.title for line in queries.waiting_for(amina, today=today)] == [ours.wording]
    assert len(queries.news_for(amina, since=since, until=timezone.now())) == 2
    assert queries.waiting_for(fatou, today=today) == []
    assert queries.news_for(fatou, since=since, until=timezone.now()) == []


def test_the_printed_answers_are_those_shown_to_all(client, tilleuls):
    answered = {"taken_up": True, "answer": "Oui, en mai.", "answered_at": timezone.now()}
    HeardNeedFactory(territory=tilleuls, **answered)
    assert client.get(f"/paroles/{tilleuls.slug}/reponses.pdf").status_code == 404
    HeardNeedFactory(territory=tilleuls, released=True, **answered)
    assert client.get(f"/paroles/{tilleuls.slug}/reponses.pdf").content.startswith(b"%PDF")


@pytest.mark.parametrize("paper", ["a4", "a3"])
def test_the_poster_leads_to_the_page_in_five_languages(client, tilleuls, paper):
    page = client.get(f"/paroles/affiche.pdf?territoire={tilleuls.code.lower()}&format={paper}")
    assert page.content.startswith(b"%PDF")
    assert b"pdfuaid" in page.content
    assert client.get("/paroles/affiche.pdf?territoire=rien").status_code == 404


def test_queries_do_not_grow_with_rows(sign_in, elsa, tilleuls, entraide):
    client = sign_in(elsa)

    def counted(address):
        with CaptureQueriesContext(connection) as queries_made:
            assert client.get(address).status_code == 200
        return len(queries_made)

    addresses = [f"/paroles/{tilleuls.slug}/collectif/", f"/paroles/{tilleuls.slug}/"]
    numbers = []
    for number in (1, 2):
        for _row in range(number):
            need = HeardNeedFactory(territory=tilleuls, released=True, taken_up=True, carrier=entraide)
            ResidentVoiceFactory(territory=tilleuls, shared=True, may_be_shown=True, need=need)
            ResidentVoiceFactory(territory=tilleuls, shared=True)
            ResidentVoiceFactory(territory=tilleuls)
        numbers.append([counted(address) for address in addresses])
    assert numbers[0] == numbers[1]
