"""Writing a message, and the message leaving."""

import datetime

import pytest
from django.core import mail
from django.db import transaction

from maillage.messaging.actions import queue_email, send_due_messages
from maillage.messaging.models import Message

pytestmark = pytest.mark.django_db


def greeting(at, **changes):
    details = {"to": "amina@exemple.org", "context": {"name": "Amina"}, "at": at, **changes}
    return queue_email("messages/greeting", **details)


def attach_poem(title):
    return f"{title}.txt", b"Les tilleuls", "text/plain"


def test_a_message_waits_then_leaves_and_its_words_go_with_it(now):
    message = greeting(now)
    assert (message.kind, message.subject) == ("greeting", "Bonjour Amina (fr)")
    assert message.body == "Une première ligne, Amina.\n"
    assert mail.outbox == []

    assert send_due_messages(at=now) == 1

    assert [(sent.to, sent.subject, sent.body) for sent in mail.outbox] == [
        (["amina@exemple.org"], "Bonjour Amina (fr)", "Une première ligne, Amina.\n")
    ]
    message.refresh_from_db()
    assert (message.sent_at, message.body, message.attempts) == (now, "", 1)
    assert not Message.objects.waiting().exists()
    assert send_due_messages(at=now) == 0


def test_a_message_is_in_the_language_of_its_reader(now):
    assert greeting(now, language="en").subject == "Bonjour Amina (en)"


@pytest.mark.django_db(transaction=True)
def test_a_message_goes_with_the_transaction_that_wrote_it(now):
    @transaction.atomic
    def act():
        greeting(now)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    assert not Message.objects.exists()
    assert send_due_messages(at=now) == 0


def test_an_attachment_is_built_when_the_message_leaves(now):
    greeting(
        now,
        attachment_builder="tests.messaging.test_outbox.attach_poem",
        attachment_arguments={"title": "poème"},
    )
    send_due_messages(at=now)
    assert mail.outbox[0].attachments == [("poème.txt", "Les tilleuls", "text/plain")]


def test_an_attachment_that_cannot_be_built_is_seen_and_tried_again(now):
    message = greeting(now, attachment_builder="tests.messaging.test_outbox.no_such_builder")
    assert send_due_messages(at=now) == 0
    message.refresh_from_db()
    assert "no_such_builder" in message.last_error
    assert (message.sent_at, message.abandoned_at, message.attempts) == (None, None, 1)


def test_a_message_to_come_waits_for_its_moment(now):
    greeting(now + datetime.timedelta(hours=1))
    assert send_due_messages(at=now) == 0
    assert send_due_messages(at=now + datetime.timedelta(hours=1)) == 1


def test_the_oldest_leave_first_and_a_worker_takes_a_few_at_a_time(now):
    for hours in (2, 3, 1):
        greeting(now - datetime.timedelta(hours=hours), context={"name": str(hours)})
    assert send_due_messages(at=now, limit=2) == 2
    assert [message.subject[:9] for message in mail.outbox] == ["Bonjour 3", "Bonjour 2"]


def test_a_worker_asked_to_stop_does_so_between_two_messages(now):
    for _turn in range(3):
        greeting(now)
    answers = iter([False, True])
    assert send_due_messages(at=now, stop=lambda: next(answers)) == 1
    assert Message.objects.due(now).count() == 2
