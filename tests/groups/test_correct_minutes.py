"""Minutes that change while they are read: it shows, and nobody has approved what they did not read."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from maillage.groups import actions
from maillage.groups.queries import waiting_for
from tests.factories.groups import MeetingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(group, entraide, jardins):
    made = MeetingFactory(group=group, held=True, agenda=["La fête"], present=[entraide, jardins])
    made.agenda.update(notes="Le 12 juin, au parc.", notes_number=1)
    return made


def corrected(meeting, actor, at, notes="Le 13 juin, au parc."):
    item = meeting.agenda.get()
    return actions.save_notes(item, notes=notes, number=item.notes_number, actor=actor, at=at)


def kinds(user, at):
    return {line.key.split("-")[0] for line in waiting_for(user, today=timezone.localdate(at))}


def test_what_changed_since_it_was_sent_is_shown_word_by_word(sign_in, meeting, amina, bruno, now):
    assert "Corrigé depuis l’envoi" not in sign_in(bruno).get(meeting.get_absolute_url()).text
    corrected(meeting, amina, now)
    page = sign_in(bruno).get(meeting.get_absolute_url()).text
    assert "Corrigé depuis l’envoi" in page
    assert "<del>12" in page
    corrected(meeting, amina, now, notes="Le 12 juin, au parc.")
    assert "Corrigé depuis l’envoi" not in sign_in(bruno).get(meeting.get_absolute_url()).text


def test_who_had_approved_reads_again_before_they_are_validated(meeting, amina, bruno, entraide, jardins, clock):
    actions.read_minutes(meeting, organisation=jardins, actor=bruno, at=clock.moment)
    assert "minutes" not in kinds(bruno, clock.moment)
    corrected(meeting, amina, clock.advance(hours=1))
    assert "minutes" in kinds(bruno, clock.moment)
    actions.read_minutes(meeting, organisation=entraide, actor=amina, at=clock.advance(hours=1))
    meeting.refresh_from_db()
    assert meeting.validated_at is None
    actions.read_minutes(meeting, organisation=jardins, actor=bruno, at=clock.advance(hours=1))
    meeting.refresh_from_db()
    assert meeting.validated_at is not None


def test_a_change_of_the_last_hour_leaves_two_days_to_read_it(meeting, amina, clock):
    last = clock.advance(days=1)
    assert meeting.minutes_due_on == timezone.localdate(last)
    corrected(meeting, amina, last)
    assert actions.validate_read_minutes(at=clock.advance(days=2)) == 0
    assert actions.validate_read_minutes(at=clock.advance(days=1)) == 1


def test_members_ask_for_a_correction_and_the_animation_writes_it(sign_in, meeting, amina, bruno):
    assert "Écrire le compte rendu" in sign_in(amina).get(meeting.get_absolute_url()).text
    assert "Écrire le compte rendu" not in sign_in(bruno).get(meeting.get_absolute_url()).text
    # Words typed before it was closed, on a telephone without network, still arrive, and show.
    item = meeting.agenda.get()
    url = reverse("groups:save-notes", kwargs={"slug": meeting.group.slug, "date": meeting.date, "pk": item.pk})
    assert sign_in(bruno).post(url, {"notes": "Le 12 juin, au parc. Ou à la salle.", "number": 1}).status_code == 200
    assert "Ou à la salle." in sign_in(amina).get(meeting.get_absolute_url()).text


def test_a_decision_is_noted_under_its_point_of_the_agenda(sign_in, group, amina, bruno, jardins):
    meeting = MeetingFactory(group=group, today=True, agenda=["La fête", "Le local"], title="Réunion de mars")
    other = MeetingFactory(group=group, date=meeting.date - datetime.timedelta(days=30), agenda=["Autre jour"])
    party, _room = meeting.agenda.all()
    page = sign_in(bruno).get(reverse("groups:minutes", kwargs={"slug": group.slug, "date": meeting.date})).text
    address = f"{reverse('groups:note-decision', args=[group.slug])}?meeting={meeting.pk}&amp;item={party.pk}"
    assert address in page
    form = sign_in(bruno).get(address.replace("&amp;", "&")).text
    assert f'<option value="{party.pk}" selected>' in form
    assert "Réunion de mars" in form
    sent = {"title": "La date", "text": "Le 12 juin.", "meeting": meeting.pk}
    refused = sign_in(bruno).post(address, {**sent, "item": other.agenda.get().pk})
    assert "d’une autre réunion" in refused.text
    noted = sign_in(bruno).post(address, {**sent, "item": party.pk})
    assert noted.url.endswith(f"/compte-rendu/#point-{party.pk}")
    decision = group.decisions.get()
    assert decision.item == party
    page = " ".join(sign_in(amina).get(meeting.get_absolute_url()).text.split())
    assert "Décision :</strong> " in page
    assert page.index("La fête") < page.index("La date") < page.index("Le local")
    assert f"#point-{party.pk}" in sign_in(amina).get(decision.get_absolute_url()).text
    # The point keeps what was decided under it.
    assert (
        "il reste"
        in sign_in(amina)
        .post(
            reverse("groups:remove-item", kwargs={"slug": group.slug, "date": meeting.date, "pk": party.pk}),
            follow=True,
        )
        .text
    )
