"""Several workers empty one outbox: each message leaves once, and none stays."""

import datetime
import threading
from collections import Counter

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.test import override_settings

from maillage.messaging.actions import CLAIM, queue_email, send_due_messages
from maillage.messaging.models import Message

WORKERS, MESSAGES = 2, 40
left = Counter()
pause = threading.Barrier(WORKERS, timeout=20)


class SlowBackend(BaseEmailBackend):
    """Notes who a message was for. The first two messages leave at the same moment, from two workers."""

    def send_messages(self, messages):
        for message in messages:
            if pause.n_waiting or sum(left.values()) < 1:
                pause.wait()
            left[message.to[0]] += 1
        return len(messages)


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_message_once(now):
    for number in range(MESSAGES):
        queue_email("messages/greeting", to=f"{number}@exemple.org", context={"name": number}, at=now)
    left.clear()
    counts, failures = [], []

    def work():
        try:
            total = 0
            while Message.objects.due(now).exists():
                total += send_due_messages(at=now, limit=10)
            counts.append(total)
        except Exception as error:  # a thread's exception would be lost
            failures.append(error)
        finally:
            connection.close()

    with override_settings(EMAIL_BACKEND="tests.messaging.test_several_workers.SlowBackend"):
        threads = [threading.Thread(target=work) for _ in range(WORKERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)

    assert failures == []
    assert set(left.values()) == {1}
    assert len(left) == sum(counts) == MESSAGES
    assert min(counts) > 0, "one worker did everything: the test proves nothing"
    assert not Message.objects.waiting().exists()


@pytest.mark.django_db
def test_a_message_claimed_by_a_worker_that_died_leaves_after_the_claim(now):
    message = queue_email("messages/greeting", to="a@exemple.org", context={"name": "A"}, at=now)
    Message.objects.filter(pk=message.pk).update(attempts=1, next_attempt_at=now + CLAIM)
    assert send_due_messages(at=now + CLAIM - datetime.timedelta(seconds=1)) == 0
    assert send_due_messages(at=now + CLAIM) == 1
