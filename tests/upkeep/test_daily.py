"""What each day brings: done once, by one process, from seven in the morning; one failure stops no other duty."""

import datetime
import json
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as configured
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from django.utils.module_loading import import_string

from config.settings import base
from maillage.upkeep.daily import run_if_due
from maillage.upkeep.models import DailyRun
from tests.charters.test_sign_together import all_at_once
from tests.factories.charters import adopted, signed
from tests.harness.outcome import data_is_sound, events, told

pytestmark = pytest.mark.django_db

PARIS = ZoneInfo("Europe/Paris")
MORNING = datetime.datetime(2026, 6, 1, 8, 0, tzinfo=PARIS)


@pytest.fixture
def now():
    return MORNING


def fails(*, at):
    raise RuntimeError("the disk is full")


def days(number):
    return datetime.timedelta(days=number)


def test_nobody_is_written_to_in_the_night():
    assert run_if_due(at=MORNING.replace(hour=6, minute=59)) is None
    assert run_if_due(at=MORNING.replace(hour=7)) is not None


def test_once_a_day():
    assert run_if_due(at=MORNING).day == MORNING.date()
    assert run_if_due(at=MORNING + datetime.timedelta(hours=9)) is None
    assert run_if_due(at=MORNING + days(1)).day == (MORNING + days(1)).date()
    assert DailyRun.objects.count() == 2


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25", "2028-02-29", "2026-12-31"])
def test_every_day_of_the_calendar_has_its_own(day):
    at = datetime.datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=PARIS)
    for offset in (-1, 0, 1):
        assert run_if_due(at=at + days(offset)) is not None
        assert run_if_due(at=at + days(offset)) is None


def test_a_clock_set_back_repeats_nothing(entraide, amina):
    made = signed(organisation=entraide, email="amina@exemple.org", at=MORNING)
    later = datetime.datetime.combine(made.renew_by, MORNING.time(), PARIS)
    run_if_due(at=later)
    assert told("renewal_due") == ["amina"]
    for offset in (1, 40, 400):
        run_if_due(at=later - days(offset))
    assert told("renewal_due") == ["amina"]
    assert events() == ["signed"]


def test_a_run_killed_in_the_middle_is_begun_again_an_hour_later():
    DailyRun.objects.create(day=MORNING.date(), begun_at=MORNING)
    assert run_if_due(at=MORNING + datetime.timedelta(minutes=59)) is None
    assert run_if_due(at=MORNING + datetime.timedelta(minutes=61)) is not None
    assert run_if_due(at=MORNING + datetime.timedelta(hours=3)) is None


def test_a_duty_that_fails_stops_no_other_and_is_named(settings, entraide, amina, capsys):
    signed(organisation=entraide, email="amina@exemple.org", at=timezone.now() - days(360))
    settings.DAILY = [f"{__name__}.fails", *settings.DAILY]
    with pytest.raises(CommandError, match="Une tâche du jour a échoué"):
        call_command("daily")
    report = json.loads(capsys.readouterr().out)
    assert report["fails"] == "failed"
    assert report["follow_renewals"] == {"reminded": 1, "dormant": 0}
    assert told("renewal_due") == ["amina"]


def test_the_command_says_what_it_did_and_may_run_again(entraide, amina, capsys):
    signed(organisation=entraide, email="amina@exemple.org", at=timezone.now() - days(360))
    for expected in (1, 0):
        call_command("daily")
        assert json.loads(capsys.readouterr().out)["follow_renewals"] == {"reminded": expected, "dormant": 0}
    assert told("renewal_due") == ["amina"]
    assert DailyRun.objects.count() == 1
    assert data_is_sound()


def test_a_year_of_days_for_an_adaptation(jardins, bruno, elsa, amina, tilleuls):
    """Reminded a month before its review and on the day, asleep after three months; nobody is told twice."""
    adaptation = adopted(promoter=jardins, actor=elsa, territory=tilleuls, at=MORNING).adaptation
    seen = {}
    for offset in range(330, 470):
        report = run_if_due(at=MORNING + days(offset)).report["follow_reviews"]
        if any(report.values()):
            seen[offset] = next(name for name, number in report.items() if number)
    assert seen == {335: "reminded", 365: "reminded", 455: "dormant"}
    assert told("review_due") == ["bruno", "bruno", "elsa", "elsa"], "not Amina, who does not carry it"
    assert told("adaptation_asleep") == ["bruno", "elsa"]
    adaptation.refresh_from_db()
    assert adaptation.events.get().reason == "Le point prévu le 01/06/2027 n’a pas été fait."
    assert data_is_sound()


def test_the_review_of_a_new_version_takes_the_place_of_the_former_one(
    jardins, bruno, elsa, amina, entraide, tilleuls
):
    from maillage.charters import actions

    first = adopted(promoter=jardins, actor=elsa, territory=tilleuls, at=MORNING, needed=1)
    signed(first, organisation=entraide, email="amina@exemple.org", at=MORNING)
    run_if_due(at=MORNING + days(340))
    assert len(told("review_due")) == 2
    at = MORNING + days(350)
    draft = actions.revise_adaptation(first.adaptation, actor=elsa, at=at)
    draft = actions.open_to_remarks(draft, until=at.date() + days(9), actor=elsa, at=at)
    actions.adopt_adaptation(
        draft,
        adopted_on=at.date(),
        adopted_by="réunion",
        signatures_needed=5,
        review_on=at.date() + days(365),
        actor=elsa,
        at=at,
    )
    for offset in (365, 460, 684):
        run_if_due(at=MORNING + days(offset))
    assert len(told("review_due")) == 2, "the former day is nobody's any more"
    assert told("adaptation_asleep") == []
    run_if_due(at=MORNING + days(350 + 340))
    assert len(told("review_due")) == 4, "and the new one is reminded in its turn"


def test_nothing_sleeps_before_somebody_was_told(jardins, bruno, elsa, tilleuls):
    adaptation = adopted(promoter=jardins, actor=elsa, territory=tilleuls, at=MORNING).adaptation
    assert run_if_due(at=MORNING + days(800)).report["follow_reviews"] == {"reminded": 1, "dormant": 0}
    assert run_if_due(at=MORNING + days(890)).report["follow_reviews"] == {"reminded": 0, "dormant": 1}
    adaptation.refresh_from_db()
    assert adaptation.dormant_since


def test_what_is_closed_or_asleep_is_left_in_peace(jardins, bruno, elsa, tilleuls):
    adaptation = adopted(promoter=jardins, actor=elsa, territory=tilleuls, at=MORNING).adaptation
    type(adaptation).objects.update(closed_at=MORNING)
    assert run_if_due(at=MORNING + days(500)).report["follow_reviews"] == {"reminded": 0, "dormant": 0}


def test_the_serving_process_asks_for_it_and_every_duty_exists():
    assert base.WHILE_SERVING == ["maillage.upkeep.daily.run_if_due"]
    for name in (*base.WHILE_SERVING, *configured.DAILY):
        assert callable(import_string(name))


@pytest.mark.django_db(transaction=True)
def test_of_several_processes_one_does_it(entraide, amina):
    made = signed(organisation=entraide, email="amina@exemple.org", at=MORNING)
    later = datetime.datetime.combine(made.renew_by, MORNING.time(), PARIS)

    results = all_at_once(lambda _: run_if_due(at=later), range(6))

    assert sum(isinstance(result, DailyRun) for result in results) == 1, results
    assert results.count(None) == 5, results
    assert told("renewal_due") == ["amina"]
    connection.close()
