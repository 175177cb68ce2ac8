"""The last message: it leaves, then nothing is left of the address."""

import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from maillage.messaging.actions import MOST_ATTEMPTS, send_due_messages
from maillage.messaging.models import Message
from maillage.privacy.actions import forget_person

pytestmark = pytest.mark.django_db


class Refusing(EmailBackend):
    """A mail server that knows nobody of that name, or is away."""

    code = 550

    def send_messages(self, messages):
        raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (self.code, b"no such user")})


class Away(Refusing):
    code = 450


@pytest.fixture
def forgotten(amina, bachir, now):
    return forget_person(amina, actor=amina, at=now)


def test_it_leaves_once_for_the_old_address_and_its_row_goes(forgotten, now):
    send_due_messages(at=now)
    assert [message.to for message in mail.outbox] == [["amina@exemple.org"]]
    assert "le dernier" in mail.outbox[0].body
    assert not Message.objects.filter(recipient="amina@exemple.org").exists()


def test_it_says_which_organisation_is_left_alone(amina, now):
    forget_person(amina, actor=amina, at=now, nobody_can_take_over=True)
    assert "- Entraide du Parc" in Message.objects.get(kind="farewell").body


def test_the_row_of_another_message_stays(amina_signed, now):
    send_due_messages(at=now)
    assert Message.objects.filter(kind="signature_received").exclude(sent_at=None).exists()


def test_an_address_that_is_no_more_is_erased_too(forgotten, settings, now):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    send_due_messages(at=now)
    assert not Message.objects.filter(recipient="amina@exemple.org").exists()


def test_a_server_that_is_away_is_tried_for_a_while_and_no_longer(forgotten, settings, now):
    settings.EMAIL_BACKEND = f"{__name__}.Away"
    for turn in range(MOST_ATTEMPTS):
        message = Message.objects.get(kind="farewell")
        assert message.attempts == turn
        send_due_messages(at=message.next_attempt_at)
    assert not Message.objects.exists()
