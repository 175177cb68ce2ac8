"""What is to be done, and finding a date."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from maillage.groups import actions
from maillage.groups.models import Meeting
from maillage.groups.queries import news_for, waiting_for
from maillage.messaging.models import Message
from tests.factories.groups import (
    ActionPointFactory,
    DatePollFactory,
    GroupFactory,
    JoinRequestFactory,
    MeetingFactory,
    ResidentSeatFactory,
)
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db


def test_who_is_in_charge_says_that_it_is_done(sign_in, group, bruno, jardins):
    point = ActionPointFactory(group=group, organisation=jardins)
    url = reverse("groups:close-point", args=[group.slug, point.pk])
    refused = sign_in(bruno).post(url, {"done": "no", "words": ""})
    assert "Dites pourquoi on y renonce" in refused.text
    sign_in(bruno).post(url, {"done": "yes", "words": "Salle réservée."})
    assert "Salle réservée." in sign_in(bruno).get(reverse("groups:points", args=[group.slug])).text


def test_another_member_does_not_close_what_is_not_theirs(group, bruno, entraide, now):
    with pytest.raises(PermissionDenied):
        actions.close_point(
            ActionPointFactory(group=group, organisation=entraide), done=True, words="", actor=bruno, at=now
        )


def test_reminders_come_three_days_before_then_every_two_weeks(group, amina, entraide, clock):
    today = timezone.localdate(clock.moment)
    ActionPointFactory(group=group, organisation=entraide, due_on=today + datetime.timedelta(days=5))
    sent = [actions.remind_points(at=clock.advance(days=1)) for _ in range(20)]
    assert sent == [0, 1, *[0] * 13, 1, *[0] * 4]
    assert Message.objects.filter(kind="point_due", recipient=amina.email).count() == 2


def test_a_date_is_chosen_from_what_the_members_answer(sign_in, group, amina, bruno, entraide, jardins):
    poll = DatePollFactory(group=group)
    first, second = poll.options.all()
    page = sign_in(bruno)
    page.post(
        poll.get_absolute_url(),
        {"who": f"o{jardins.pk}", f"option-{first.pk}": "no", f"option-{second.pk}": "if_needed"},
    )
    sign_in(amina).post(
        poll.get_absolute_url(), {"who": f"o{entraide.pk}", f"option-{first.pk}": "yes", f"option-{second.pk}": "yes"}
    )
    shown = sign_in(amina).get(poll.get_absolute_url()).text
    assert shown.count("convient le mieux") == 1
    sign_in(amina).post(reverse("groups:choose-date", args=[group.slug, poll.pk]), {"option": second.pk})
    meeting = Meeting.objects.get()
    assert (meeting.date, meeting.starts_at) == (second.date, second.starts_at)
    with pytest.raises(ValidationError, match="clos"):
        actions.answer_poll(poll, organisation=jardins, answers={first.pk: "yes"}, actor=bruno, at=timezone.now())


def test_dates_are_checked_line_by_line(sign_in, group, amina):
    sent = {"title": "Quand ?", "date_0": "2099-01-05", "start_0": "18:00", "end_0": "17:00", "date_1": "2099-01-06"}
    page = sign_in(amina).post(reverse("groups:new-poll", args=[group.slug]), sent)
    assert "La fin vient après le début." in page.text
    assert "Donnez le jour, le début et la fin." in page.text
    one = {"title": "Quand ?", "date_0": "2099-01-05", "start_0": "18:00", "end_0": "19:00"}
    assert "Proposez de deux" in sign_in(amina).post(reverse("groups:new-poll", args=[group.slug]), one).text


def test_what_waits_for_somebody(group, amina, bruno, fatou, entraide, jardins, now, django_assert_max_num_queries):
    today = timezone.localdate(now)
    MeetingFactory(group=group, invited=True, date=today + datetime.timedelta(days=4))
    MeetingFactory(group=group, held=True, present=[jardins])
    ActionPointFactory(group=group, organisation=jardins, due_on=today)
    JoinRequestFactory(group=group, organisation=entraide)
    lines = waiting_for(bruno, today=today)
    assert [str(line.what) for line in lines] == ["Action à faire", "Compte rendu à relire", "Réunion : venez-vous ?"]
    assert "Une association demande à rejoindre le groupe" in {line.what for line in waiting_for(amina, today=today)}
    assert waiting_for(fatou, today=today) == []
    for _ in range(3):
        other = GroupFactory(territory=group.territory, members=[jardins])
        MeetingFactory(group=other, invited=True)
    with django_assert_max_num_queries(17):
        assert len(waiting_for(type(bruno).objects.get(pk=bruno.pk), today=today)) == 6


def test_what_is_new_is_told_inside_alone(group, amina, hugo, fatou, now):
    meeting = MeetingFactory(group=group, validated=True)
    since, until = now - datetime.timedelta(days=1), now + datetime.timedelta(days=1)
    assert meeting.get_absolute_url() in {line.url for line in news_for(amina, since=since, until=until)}
    assert news_for(hugo, since=since, until=until) == []
    assert news_for(fatou, since=since, until=until) == []


def test_a_resident_s_seat_answers_for_itself(sign_in, group, chloe):
    seat = ResidentSeatFactory(group=group, user=chloe)
    meeting = MeetingFactory(group=group, invited=True)
    where = reverse("groups:answer", kwargs={"slug": group.slug, "date": meeting.date})
    sign_in(chloe).post(where, {"who": f"s{seat.pk}", "answer": "excused"})
    assert meeting.presences.get().answer == "excused"
    entraide = group.members.first().organisation
    sign_in(chloe).post(where, {"who": f"o{entraide.pk}", "answer": "comes"})
    assert meeting.presences.count() == 1


def test_dates_to_answer_wait_until_one_has_answered_then_for_who_chooses(group, amina, bruno, jardins, clock):
    day = timezone.localdate(clock.moment) + datetime.timedelta(days=3)
    poll = DatePollFactory(group=group, title="Rencontrer la Sablière", answer_by=day)

    def waits(user):
        return [line.key for line in waiting_for(user, today=timezone.localdate(clock.moment)) if "poll" in line.key]

    assert waits(amina) == waits(bruno) == [f"poll-{poll.pk}"]
    answers = {option.pk: "yes" for option in poll.options.all()}
    actions.answer_poll(poll, organisation=jardins, answers=answers, actor=bruno, at=clock.moment)
    assert waits(bruno) == []
    clock.advance(days=4)
    assert waits(amina) == [f"poll-choose-{poll.pk}"]
    assert waits(bruno) == []


def test_what_nobody_had_taken_is_entrusted_and_reminded(sign_in, group, amina, bruno, entraide, jardins, clock):
    point = ActionPointFactory(group=group, wording="Réserver la place")
    url = reverse("groups:entrust-point", args=[group.slug, point.pk])
    day = timezone.localdate(clock.moment) + datetime.timedelta(days=2)
    page = sign_in(bruno).get(reverse("groups:close-point", args=[group.slug, point.pk])).text
    assert "Qui s’en charge, et pour quand" in page
    sent = {"confier-organisation": jardins.pk, "confier-due_on": day}
    assert jardins.name in sign_in(bruno).post(url, sent, follow=True).text
    assert actions.remind_points(at=clock.moment) == 1
    point.refresh_from_db()
    assert (point.organisation, point.due_on) == (jardins, day)
    # Entraide animates: it gives more time, and the reminder comes again.
    sign_in(amina).post(url, {**sent, "confier-due_on": day + datetime.timedelta(days=20)})
    assert actions.remind_points(at=clock.advance(days=20)) == 1
    with pytest.raises(ValidationError, match="ne fait pas partie"):
        actions.entrust_point(point, organisation=OrganisationFactory(), due_on=None, actor=amina, at=clock.moment)
    ActionPointFactory(group=group, organisation=entraide)
    other = group.action_points.get(organisation=entraide)
    with pytest.raises(PermissionDenied):
        actions.entrust_point(other, organisation=jardins, due_on=None, actor=bruno, at=clock.moment)
    actions.close_point(other, done=True, words="", actor=amina, at=clock.moment)
    with pytest.raises(ValidationError, match="déjà close"):
        actions.entrust_point(other, organisation=jardins, due_on=None, actor=amina, at=clock.moment)
