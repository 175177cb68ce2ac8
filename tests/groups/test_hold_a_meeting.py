"""From the date to the validated minutes."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from maillage.groups import actions
from maillage.groups.models import Meeting
from maillage.groups.queries import presence_table
from maillage.messaging.actions import send_due_messages
from maillage.messaging.models import Message
from tests.factories.charters import adaptation_draft, national
from tests.factories.groups import ActionPointFactory, AgendaItemFactory, MeetingFactory, ResidentSeatFactory
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db


def planned(group, actor, at, **fields):
    given = {
        "date": timezone.localdate(at) + datetime.timedelta(days=10),
        "host": None,
        "title": "",
        "place": "Salle",
    }
    hours = {"starts_at": datetime.time(14), "ends_at": datetime.time(16)}
    return actions.plan_meeting(group, actor=actor, at=at, **{**given, **hours, **fields})


def test_the_whole_way_on_the_pages(sign_in, group, amina, bruno, clock, tilleuls):
    ActionPointFactory(group=group, wording="Acheter des tables")
    day = timezone.localdate(clock.moment) + datetime.timedelta(days=7)
    amina_s, bruno_s = sign_in(amina), sign_in(bruno)
    sent = {"title": "", "date": day, "starts_at": "18:00", "ends_at": "20:00", "place": "Salle bleue", "host": ""}
    answer = amina_s.post(reverse("groups:plan-meeting", args=[group.slug]), sent, follow=True)
    assert "Acheter des tables" in answer.text
    where = {"slug": group.slug, "date": day}

    def at(name, **more):
        return reverse(f"groups:{name}", kwargs={**where, **more})

    link = group.action_points.get()
    answer = amina_s.post(
        at("agenda"),
        {"suggestion": reverse("groups:points", args=[group.slug]) + f"#action-{link.pk}", "title": "La fête"},
        follow=True,
    )
    meeting = Meeting.objects.get()
    assert [item.title for item in meeting.agenda.all()] == ["Acheter des tables", "La fête"]
    assert "2 personnes" in amina_s.get(at("invite")).text
    amina_s.post(at("invite"))
    assert Message.objects.filter(kind="invitation").count() == 2
    jardins = bruno.memberships.get().organisation
    bruno_s.post(at("answer"), {"who": f"o{jardins.pk}", "answer": "comes"})
    assert "vient" in amina_s.get(meeting.get_absolute_url()).text

    clock.set(timezone.make_aware(datetime.datetime.combine(day, datetime.time(18))))
    _first, second = meeting.agenda.all()
    saved = bruno_s.post(at("save-notes", pk=second.pk), {"notes": "Le 12 juin.", "number": 0})
    assert saved.json() == {"number": 1}
    bruno_s.post(at("add-point", pk=second.pk), {"wording": "Réserver la place", "organisation": jardins.pk})
    bruno_s.post(at("tick"), {"who": f"o{jardins.pk}", "present": "yes"})
    amina_s.post(at("hold"), {"others_present": "deux habitantes"})
    page = bruno_s.get(meeting.get_absolute_url()).text
    assert "Le 12 juin." in page
    assert "Réserver la place" in page
    assert "deux habitantes" in page
    bruno_s.post(at("read-minutes"), {"who": f"o{jardins.pk}", "is_right": "yes"})
    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.VALIDATED
    assert Message.objects.filter(kind="minutes_validated").count() == 2


def test_the_agenda_proposes_what_waits_for_the_charter_too(group, amina, elsa, jardins, bruno, now, tilleuls):
    from maillage.charters.actions import make_remark
    from maillage.groups.suggestions import agenda_suggestions

    before = now - datetime.timedelta(days=20)
    national(at=before)
    text = adaptation_draft(
        promoter=jardins, actor=elsa, territory=tilleuls, at=before, opened=True, name="La charte d’ici"
    )
    entraide = amina.memberships.get().organisation
    make_remark(text, organisation=entraide, text="Et les jeunes ?", author=amina, at=now)
    meeting = planned(group, amina, now)
    found = agenda_suggestions(meeting, amina)
    assert [one["why"] for one in found if one["kind"] == "remark"] == ["Et les jeunes ?"]
    actions.add_items(
        meeting, items=[{k: one[k] for k in ("kind", "title", "link")} for one in found], actor=amina, at=now
    )
    assert agenda_suggestions(meeting, amina) == []


def test_one_meeting_a_day(group, amina, now):
    planned(group, amina, now)
    with pytest.raises(ValidationError, match="déjà une réunion"):
        planned(group, amina, now)


def test_the_end_comes_after_the_beginning(group, amina, now):
    with pytest.raises(ValidationError, match="après le début"):
        planned(group, amina, now, ends_at=datetime.time(13))


def test_who_only_takes_part_does_not_plan(group, bruno, now):
    with pytest.raises(PermissionDenied):
        planned(group, bruno, now)


def test_the_invitation_s_file_is_one_event_that_moves_and_is_cancelled(group, amina, now, mailoutbox):
    meeting = planned(group, amina, now)
    AgendaItemFactory(meeting=meeting, title="La fête, enfin")
    actions.send_invitations(meeting, actor=amina, at=now)
    actions.edit_meeting(meeting, date=meeting.date + datetime.timedelta(days=1), actor=amina, at=now)
    actions.cancel_meeting(meeting, words="Grève", actor=amina, at=now)
    send_due_messages(at=now)
    mine = [mail for mail in mailoutbox if mail.to == [amina.email]]
    events = [Calendar.from_ical(mail.attachments[0][1]).walk("VEVENT")[0] for mail in mine]
    assert len({str(event["UID"]) for event in events}) == 1
    assert [mail.subject.rpartition(" : ")[2].split()[0] for mail in mine] == ["réunion", "la", "pas"]
    assert "Grève" in mine[2].body
    # They are made as they leave: the file says what is true at that moment.
    assert {str(event["STATUS"]) for event in events} == {"CANCELLED"}
    assert {int(event["SEQUENCE"]) for event in events} == {2}


def test_moving_before_anybody_was_invited_tells_nobody(group, amina, now):
    meeting = planned(group, amina, now)
    actions.edit_meeting(meeting, place="Ailleurs", actor=amina, at=now)
    assert not Message.objects.exists()


def test_an_action_sent_twice_by_a_weak_network_is_noted_once(sign_in, group, amina):
    meeting = MeetingFactory(group=group, today=True, agenda=["La fête"])
    item = meeting.agenda.get()
    url = reverse("groups:add-point", kwargs={"slug": group.slug, "date": meeting.date, "pk": item.pk})
    sent = {"wording": "Réserver", "key": "3f2504e0-4f89-41d3-9a0c-0305e82c3301"}
    for _ in range(2):
        assert sign_in(amina).post(url, sent, headers={"accept": "application/json"}).status_code == 200
    assert group.action_points.count() == 1


def test_a_correction_holds_validation_back_until_it_is_answered(group, amina, bruno, jardins, clock):
    meeting = MeetingFactory(group=group, held=True, present=[jardins])
    actions.read_minutes(meeting, organisation=jardins, correction="C’était le 13.", actor=bruno, at=clock.moment)
    late = clock.advance(days=9)
    assert actions.validate_read_minutes(at=late) == 0
    with pytest.raises(ValidationError, match="attend encore"):
        actions.validate_minutes(meeting, actor=amina, at=late)
    actions.settle_correction(meeting.readings.get(), answer="Corrigé.", actor=amina, at=late)
    assert Message.objects.filter(kind="correction_settled", recipient=bruno.email).exists()
    assert actions.validate_read_minutes(at=late) == 1
    assert actions.validate_read_minutes(at=late) == 0


def test_minutes_are_not_validated_while_they_can_still_be_read(group, amina, jardins, now):
    meeting = MeetingFactory(group=group, held=True, present=[jardins])
    with pytest.raises(ValidationError, match="encore ouverte"):
        actions.validate_minutes(meeting, actor=amina, at=now)


def test_validated_minutes_do_not_change(group, amina, now):
    meeting = MeetingFactory(group=group, validated=True, agenda=["La fête"])
    with pytest.raises(ValidationError, match="ne change plus"):
        actions.save_notes(meeting.agenda.get(), notes="Après coup", number=0, actor=amina, at=now)


def test_who_joins_afterwards_was_not_absent_and_who_leaves_stays(
    sign_in, group, amina, bruno, entraide, jardins, now
):
    today = timezone.localdate(now)
    group.members.update(since=today - datetime.timedelta(days=90))
    meeting = MeetingFactory(group=group, validated=True, present=[entraide])
    before = presence_table(meeting)
    assert [line["who"] for line in before] == [entraide, jardins]
    group.members.create(organisation=OrganisationFactory(name="Arrivée après"), since=today)
    ResidentSeatFactory(group=group, name="Samir")
    actions.end_member(group.members.get(organisation=jardins), actor=bruno, at=now)
    assert presence_table(meeting) == before
    page = sign_in(amina).get(meeting.get_absolute_url()).text
    assert "Arrivée après" not in page
    assert "Samir" not in page


def test_a_meeting_to_come_is_not_closed_nor_one_where_nobody_was(group, amina, now):
    with pytest.raises(ValidationError, match="à venir"):
        actions.hold_meeting(MeetingFactory(group=group), actor=amina, at=now)
    with pytest.raises(ValidationError, match="qui était là"):
        actions.hold_meeting(MeetingFactory(group=group, today=True), actor=amina, at=now)


def test_only_validated_minutes_are_shared_and_sharing_is_undone(sign_in, group, amina, fatou, now):
    draft = MeetingFactory(group=group, held=True)
    with pytest.raises(ValidationError, match="validé"):
        actions.share_meeting(draft, shared=True, actor=amina, at=now)
    meeting = MeetingFactory(
        group=group, validated=True, date=timezone.localdate() - datetime.timedelta(days=40), agenda=["La fête"]
    )
    meeting.agenda.update(notes="Ce que nous voulons dire à la préfecture.")
    url = meeting.get_absolute_url()
    assert sign_in(fatou).get(url).status_code == 404
    actions.share_meeting(meeting, shared=True, actor=amina, at=now)
    assert "Ce que nous voulons dire" in sign_in(fatou).get(url).text
    assert sign_in(fatou).get(f"{url}compte-rendu.pdf").status_code == 200
    assert sign_in(fatou).get(f"{url}presence.pdf").status_code == 403
    actions.share_meeting(meeting, shared=False, actor=amina, at=now)
    assert sign_in(fatou).get(url).status_code == 404


def test_the_rota_says_whose_turn_it_is(group, entraide, jardins, amina, now):
    from maillage.groups.queries import next_host

    assert next_host(group) == entraide
    MeetingFactory(group=group, held=True, host=entraide)
    assert next_host(group) == jardins


def test_a_script_in_the_minutes_stays_words(sign_in, group, amina):
    meeting = MeetingFactory(group=group, today=True, agenda=["<script>alert(1)</script>"])
    meeting.agenda.update(notes="<img src=x onerror=alert(2)>")
    for name in ("meeting", "minutes"):
        page = sign_in(amina).get(reverse(f"groups:{name}", kwargs={"slug": group.slug, "date": meeting.date}))
        assert "<script>alert(1)" not in page.text
        assert "<img src=x" not in page.text


def test_the_place_proposed_is_where_the_next_host_received_the_group(sign_in, group, amina, entraide, jardins):
    def proposed():
        return sign_in(amina).get(reverse("groups:plan-meeting", args=[group.slug])).text

    day = timezone.localdate()
    MeetingFactory(
        group=group, held=True, host=entraide, place="Chez Entraide", date=day - datetime.timedelta(days=30)
    )
    # It is the turn of Les Jardins, who never received: not the place of somebody else.
    assert "Chez Entraide" not in proposed()
    MeetingFactory(group=group, held=True, host=jardins, place="Au jardin")
    assert "Chez Entraide" in proposed()
