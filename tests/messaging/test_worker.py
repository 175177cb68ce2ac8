"""The loop around the outbox."""

import os
import signal
import threading

import pytest
from django.core import mail

from maillage.messaging.actions import queue_email
from maillage.messaging.models import Message
from maillage.messaging.worker import run_worker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def quick(settings):
    """A worker that looks often; the signal handlers of pytest come back afterwards."""
    settings.OUTBOX_EVERY_SECONDS = 0.01
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def three(now):
    for name in "abc":
        queue_email("messages/greeting", to=f"{name}@exemple.org", context={"name": name}, at=now)


def test_it_ends_after_so_many_messages(three):
    run_worker(most=2)
    assert len(mail.outbox) == 3, "a batch is not cut"
    assert not Message.objects.waiting().exists()


def test_it_ends_when_its_parent_is_gone(three):
    run_worker(parent=os.getppid() + 1)
    assert mail.outbox == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it(number):
    timer = threading.Timer(0.3, os.kill, (os.getpid(), number))
    timer.start()
    run_worker()
    timer.join()


def test_a_database_that_is_away_does_not_end_it(three, monkeypatch, caplog):
    answers = iter([OSError("away"), 3])

    def send(**_arguments):
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr("maillage.messaging.worker.send_due_messages", send)
    run_worker(most=3)
    assert "the outbox could not be read" in caplog.text


DONE = []


def works():
    DONE.append("works")


def fails():
    raise RuntimeError("the disk is full")


def test_duties_are_done_beside_the_mail_and_one_that_fails_is_named(three, settings, caplog):
    DONE.clear()
    settings.WHILE_SERVING = [f"{__name__}.fails", f"{__name__}.works"]
    run_worker(most=3)
    assert len(mail.outbox) == 3
    assert DONE == ["works"], "once: the next time is in ten minutes"
    assert f"a duty failed while serving: {__name__}.fails" in caplog.text


def test_serving_brings_the_day(settings, clock):
    from maillage.upkeep.models import DailyRun

    settings.WHILE_SERVING = ["maillage.upkeep.daily.run_if_due"]
    clock.set(clock.moment.replace(hour=10, minute=0))
    for _ in range(2):
        timer = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGTERM))
        timer.start()
        run_worker()
        timer.join()
    assert DailyRun.objects.get().ended_at is not None
