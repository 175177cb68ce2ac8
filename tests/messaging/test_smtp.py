"""Real conversations with a mail server of our own: it takes, it refuses, it is away."""

import datetime

import pytest

from maillage.messaging.actions import FIRST_WAIT, MOST_ATTEMPTS, queue_email, send_due_messages
from maillage.messaging.models import Message

pytestmark = pytest.mark.django_db


def letter(at, to="bruno@exemple.org", **more):
    return queue_email("messages/greeting", to=to, context={"name": "Bruno"}, at=at, **more)


def scan_of_paper():
    return "scan.pdf", b"%PDF-1.7", "application/pdf"


def test_several_messages_leave_in_one_conversation(sink, now):
    for name in ("a", "b", "c"):
        letter(now, to=f"{name}@exemple.org")
    assert send_due_messages(at=now) == 3
    assert [mail["To"] for mail in sink.received] == ["a@exemple.org", "b@exemple.org", "c@exemple.org"]
    assert sink.received[0]["Subject"] == "Bonjour Bruno (fr)"
    assert sink.received[0].get_content() == "Une première ligne, Bruno.\r\n"
    assert len(sink.sessions) == 1


def test_an_attachment_arrives_whole(sink, now):
    letter(now, attachment_builder="tests.messaging.test_smtp.scan_of_paper")
    send_due_messages(at=now)
    (attachment,) = sink.received[0].iter_attachments()
    assert (attachment.get_filename(), attachment.get_content()) == ("scan.pdf", b"%PDF-1.7")


def test_a_server_that_is_away_is_asked_again_later_and_later(smtp, now):
    message = letter(now)
    moment, waits = now, []
    for attempt in range(1, MOST_ATTEMPTS + 1):
        assert send_due_messages(at=moment) == 0
        message.refresh_from_db()
        assert message.attempts == attempt
        assert "ConnectionRefused" in message.last_error
        if message.abandoned_at:
            break
        # Less than a second passes between the moment given and the failure.
        waits.append(round((message.next_attempt_at - moment) / FIRST_WAIT))
        assert send_due_messages(at=message.next_attempt_at - datetime.timedelta(seconds=1)) == 0
        moment = message.next_attempt_at
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128]
    assert message.abandoned_at is not None
    assert message.body != "", "the operator can still have it sent"
    assert send_due_messages(at=moment + datetime.timedelta(days=30)) == 0


def test_a_server_that_comes_back_gets_the_message(smtp, now, request):
    message = letter(now)
    send_due_messages(at=now)
    sink = request.getfixturevalue("sink")
    message.refresh_from_db()
    assert send_due_messages(at=message.next_attempt_at) == 1
    assert len(sink.received) == 1
    message.refresh_from_db()
    assert message.last_error == ""


@pytest.mark.parametrize(
    ("command", "reply", "is_final"),
    [
        ("RCPT", "550 no such address", True),
        ("RCPT", "450 come back later", False),
        ("DATA", "554 we take this for spam", True),
        ("DATA", "451 no room", False),
    ],
)
def test_a_refusal_for_good_is_not_tried_again(sink, now, command, reply, is_final):
    message = letter(now)
    sink.refusal = {command: reply}
    assert send_due_messages(at=now) == 0
    message.refresh_from_db()
    assert reply[4:] in message.last_error
    assert (message.abandoned_at is not None) is is_final
    assert message.attempts == 1


def test_one_refusal_does_not_keep_the_others(sink, now):
    letter(now - datetime.timedelta(minutes=1), attachment_builder="tests.messaging.nothing")
    letter(now)
    assert send_due_messages(at=now) == 1
    assert Message.objects.waiting().count() == 1
