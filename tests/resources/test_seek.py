"""Needs: said, answered, met by offers once, closed; those that nobody takes; what waits and what is new."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from maillage.resources import actions, queries
from maillage.resources.availability import moment
from maillage.resources.models import Match
from tests.factories.organisations import OrganisationFactory
from tests.factories.resources import NeedAnswerFactory, NeedFactory, ResourceFactory, day_in, loan_of
from tests.harness.outcome import told
from tests.harness.people import PERSONAS

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def sought(organisation, territory, actor, now, **fields):
    what = {"kind": "room", "title": "Une salle", **fields}
    return actions.say_need(organisation=organisation, territory=territory, actor=actor, at=now, **what)


def test_a_need_and_an_offer_meet_once(entraide, jardins, tilleuls, amina, bruno, now):
    hall = ResourceFactory(owner=entraide, title="La grande salle")
    ResourceFactory(owner=entraide, kind="vehicle")
    ResourceFactory(owner=OrganisationFactory())
    ResourceFactory(owner=jardins, title="La leur")
    need = sought(jardins, tilleuls, bruno, now)
    actions.change_resource(hall, territories=[tilleuls], actor=amina, at=now, title="La salle")
    assert [(match.need, match.resource) for match in Match.objects.all()] == [(need, hall)]


def test_an_offer_that_comes_after_meets_what_is_sought(entraide, jardins, tilleuls, amina, bruno, now):
    sought(jardins, tilleuls, bruno, now)
    actions.offer_resource(owner=entraide, territories=[tilleuls], actor=amina, at=now, kind="room", title="Salle")
    assert Match.objects.count() == 1


def test_what_is_taken_all_these_days_is_no_match(entraide, jardins, tilleuls, bruno, now):
    hall = ResourceFactory(owner=entraide)
    eight, evening = datetime.time(8), datetime.time(20)
    day = day_in(5)
    loan_of(hall, jardins, state="accepted", starts_at=moment(day, eight), ends_at=moment(day, evening))
    sought(jardins, tilleuls, bruno, now, from_on=day, to_on=day)
    assert Match.objects.count() == 0
    sought(jardins, tilleuls, bruno, now, from_on=day, to_on=day_in(6))
    assert Match.objects.count() == 1


def test_what_is_lent_to_a_network_meets_its_members_alone(entraide, jardins, federation, tilleuls, amina, now):
    ResourceFactory(owner=jardins, audience="network", network=federation)
    sought(entraide, tilleuls, amina, now)
    assert Match.objects.count() == 0


def test_answered_once_by_mail_and_closed_with_how_it_ended(entraide, jardins, tilleuls, amina, bruno, now):
    need = sought(jardins, tilleuls, bruno, now)
    actions.answer_need(need, organisation=entraide, words="Nous en avons une.", actor=amina, at=now)
    assert told("need_answered") == ["bruno"]
    with pytest.raises(actions.AlreadyAnswered):
        actions.answer_need(need, organisation=entraide, words="Encore.", actor=amina, at=now)
    actions.close_need(need, outcome="found", actor=bruno, at=now)
    with pytest.raises(actions.NeedClosed):
        actions.answer_need(need, organisation=entraide, words="Trop tard.", actor=amina, at=now)
    with pytest.raises(actions.NeedClosed):
        actions.close_need(need, outcome="found", actor=bruno, at=now)


@pytest.mark.parametrize("person", ["bruno", "hugo", "elsa", "fatou", "chloe"])
def test_who_may_not_answer(request, entraide, jardins, tilleuls, bruno, now, person):
    need = sought(jardins, tilleuls, bruno, now)
    with pytest.raises(PermissionDenied):
        actions.answer_need(need, organisation=entraide, words="Moi.", actor=request.getfixturevalue(person), at=now)


@pytest.mark.parametrize("fields", [{"to_on": day_in(-1)}, {"from_on": day_in(5), "to_on": day_in(4)}])
def test_days_that_are_refused(jardins, tilleuls, bruno, now, fields):
    with pytest.raises(ValidationError):
        sought(jardins, tilleuls, bruno, now, **fields)


def test_a_need_that_nobody_takes_comes_to_the_coordination(jardins, tilleuls, elsa, amina, ailleurs):
    old = timezone.now() - datetime.timedelta(days=20)
    waiting = NeedFactory(organisation=jardins, territory=tilleuls, created_at=old)
    NeedAnswerFactory(need=NeedFactory(organisation=jardins, territory=tilleuls, created_at=old))
    NeedFactory(organisation=jardins, territory=tilleuls)
    NeedFactory(territory=ailleurs, created_at=old)
    assert list(queries.untaken_needs(elsa, today=TODAY())) == [waiting]
    assert list(queries.untaken_needs(amina, today=TODAY())) == []
    assert [line.title for line in queries.waiting_for(elsa, today=TODAY())] == [waiting.title]


def test_what_waits_for_each_side_of_a_loan(entraide, jardins, amina, bruno):
    hall = ResourceFactory(owner=entraide, quantity=9)
    loans = {state: loan_of(hall, jardins, state=state) for state in ("accepted", "out", "back", "asked")}
    keys = {line.key for line in queries.waiting_for(amina, today=TODAY())}
    assert keys == {f"loan-{loans['asked'].pk}-asked", f"loan-{loans['back'].pk}-back"}
    assert queries.waiting_for(bruno, today=TODAY()) == []
    late = queries.waiting_for(bruno, today=day_in(4))
    assert [line.key for line in late] == [f"loan-{loans['out'].pk}-out"]
    assert len(queries.waiting_for(amina, today=day_in(4))) == 4


@pytest.fixture
def new_things(entraide, jardins, tilleuls, amina, bruno, now):
    """A match, an offer and a need that nobody else knows."""
    ResourceFactory(owner=entraide, title="OFFRE")
    return sought(jardins, tilleuls, bruno, now, title="BESOIN")


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        *(("amina", ["BESOIN", "BESOIN"]), ("bruno", ["OFFRE", "OFFRE"]), ("elsa", ["OFFRE", "BESOIN"])),
        *((name, []) for name in PERSONAS if name not in ("amina", "bruno", "elsa")),
    ],
)
def test_what_is_new_and_for_whom(request, new_things, now, person, expected):
    somebody = request.getfixturevalue(person)
    since = now - datetime.timedelta(days=1)
    lines = queries.news_for(somebody, since=since, until=timezone.now())
    assert [line.title for line in lines] == expected
    assert queries.news_for(somebody, since=since - datetime.timedelta(days=1), until=since) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_few_queries_whatever_waits_and_is_new(
    entraide, jardins, tilleuls, amina, now, rows, django_assert_num_queries
):
    for _ in range(rows):
        hall = ResourceFactory(owner=entraide)
        loan_of(hall, jardins)
        ResourceFactory(owner=jardins)
        NeedAnswerFactory(need=NeedFactory(organisation=entraide, territory=tilleuls))
    with django_assert_num_queries(4):
        assert len(queries.waiting_for(amina, today=TODAY())) == 2 * rows
    with django_assert_num_queries(5):
        assert len(queries.news_for(amina, since=now - datetime.timedelta(days=1), until=timezone.now())) == rows


def test_one_small_offer_to_begin_with(entraide, jardins, tilleuls, amina, boxe, hugo):
    assert queries.one_small_offer(entraide, amina) is None
    need = NeedFactory(organisation=jardins, territory=tilleuls)
    assert queries.one_small_offer(entraide, amina).title == need.title
    hall = ResourceFactory(owner=jardins)
    assert queries.one_small_offer(entraide, amina).url == hall.get_absolute_url()
    assert queries.one_small_offer(boxe, hugo) is None
