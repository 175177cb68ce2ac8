"""Writing the minutes, during the meeting: by several, without JavaScript, of what nobody had foreseen."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.groups import MeetingFactory

pytestmark = pytest.mark.django_db


def test_without_javascript_a_tick_saves_what_was_typed(sign_in, group, amina, jardins):
    meeting = MeetingFactory(group=group, today=True, agenda=["La fête"])
    item, url = meeting.agenda.get(), reverse("groups:minutes", kwargs={"slug": group.slug, "date": meeting.date})
    sent = {f"notes-{item.pk}": "Le 12 juin.", f"number-{item.pk}": 0, "tick": f"o{jardins.pk}:yes"}
    assert sign_in(amina).post(url, sent).status_code == 302
    item.refresh_from_db()
    assert item.notes == "Le 12 juin."
    assert meeting.presences.get(organisation=jardins).was_present
    assert 'aria-pressed="true"' in sign_in(amina).get(url).text
    sign_in(amina).post(url, {"tick": f"o{jardins.pk}:no"})
    assert not meeting.presences.get(organisation=jardins).was_present
    assert sign_in(amina).post(url, {"tick": "o0:yes"}).status_code == 404


def test_whoever_holds_the_pen_adds_a_point_until_the_meeting_is_closed(sign_in, group, bruno, jardins):
    meeting = MeetingFactory(group=group, today=True, agenda=["La fête"], present=[jardins])
    where = {"slug": group.slug, "date": meeting.date}
    answer = sign_in(bruno).post(reverse("groups:add-item", kwargs=where), {"title": "La fuite d’eau"}, follow=True)
    assert "La fuite d’eau" in answer.text
    assert [item.title for item in meeting.agenda.all()] == ["La fête", "La fuite d’eau"]
    # The invitation asks for points: they are proposed on the page of the meeting.
    later = MeetingFactory(group=group, invited=True)
    assert "Proposer un point" in sign_in(bruno).get(later.get_absolute_url()).text
    url = reverse("groups:add-item", kwargs={"slug": group.slug, "date": later.date})
    answer = sign_in(bruno).post(url, {"title": "Les poubelles", "from": "meeting"})
    assert answer.url == later.get_absolute_url()
    assert "Les poubelles" in sign_in(bruno).get(answer.url).text
    held = MeetingFactory(group=group, held=True, agenda=["La fête"])
    where = {"slug": group.slug, "date": held.date}
    answer = sign_in(bruno).post(reverse("groups:add-item", kwargs=where), {"title": "Après coup"}, follow=True)
    assert "ne change plus" in answer.text
    assert held.agenda.count() == 1


def test_the_group_s_page_leads_to_the_minutes_as_soon_as_the_meeting_begins(sign_in, group, amina, clock):
    meeting = MeetingFactory(group=group, today=True, starts_at=datetime.time(18), ends_at=datetime.time(20))
    evening = timezone.make_aware(datetime.datetime.combine(meeting.date, datetime.time(17, 59)))

    def page():
        return sign_in(amina).get(group.get_absolute_url()).text

    clock.set(evening)
    assert "attend son compte rendu" not in page()
    clock.advance(minutes=2)
    assert "attend son compte rendu" in page()


def test_what_two_people_write_at_once_is_never_lost(sign_in, group, amina, bruno):
    meeting = MeetingFactory(group=group, today=True, agenda=["La fête"])
    item = meeting.agenda.get()
    where = {"slug": group.slug, "date": meeting.date}
    url = reverse("groups:save-notes", kwargs={**where, "pk": item.pk})
    assert sign_in(amina).post(url, {"notes": "Le 12 juin.", "number": 0}).status_code == 200
    second = sign_in(bruno).post(url, {"notes": "Le 13 juin.", "number": 0})
    assert second.status_code == 409
    assert second.json()["theirs"] == "Le 12 juin."
    item.refresh_from_db()
    assert item.notes == "Le 12 juin."
    # Without JavaScript: the page comes back with both texts.
    page = sign_in(bruno).post(
        reverse("groups:minutes", kwargs=where), {f"notes-{item.pk}": "Le 13 juin.", f"number-{item.pk}": 0}
    )
    assert page.status_code == 409
    assert "<del>12</del>" in page.text.replace(" </del>", "</del>")
    assert ">Le 13 juin.</textarea>" in page.text
    after = sign_in(bruno).post(
        reverse("groups:minutes", kwargs=where), {f"notes-{item.pk}": "Le 13 juin.", f"number-{item.pk}": 1}
    )
    assert after.status_code == 302
    item.refresh_from_db()
    assert item.notes == "Le 13 juin."
