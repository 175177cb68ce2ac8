"""Writing to the outbox, and emptying it."""

import datetime
import logging

from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.module_loading import import_string

from .models import Message

logger = logging.getLogger(__name__)

FIRST_WAIT = datetime.timedelta(seconds=30)
MOST_ATTEMPTS = 9
"""30 s doubled eight times: a server that is down for four hours loses no message."""
CLAIM = datetime.timedelta(minutes=5)


def queue_email(kind, *, to, context, at, language="fr", attachment_builder="", attachment_arguments=None):
    """Write the e-mail ``kind`` for the address ``to`` in the outbox; it leaves after the transaction commits.

    The texts are the templates `<kind>.subject.txt` and `<kind>.body.txt`. ``attachment_builder`` is the dotted
    path of a function of ours; the worker calls it with ``attachment_arguments`` (JSON values) when the message
    leaves and expects (file name, bytes, media type).
    """
    with translation.override(language):
        subject = " ".join(render_to_string(f"{kind}.subject.txt", context).split())
        body = render_to_string(f"{kind}.body.txt", context).strip() + "\n"
    return Message.objects.create(
        kind=kind.rsplit("/", 1)[-1],
        recipient=to,
        subject=subject[:250],
        body=body,
        attachment_builder=attachment_builder,
        attachment_arguments=attachment_arguments or {},
        created_at=at,
        next_attempt_at=at,
    )


def send_due_messages(*, at, limit=50):
    """Send what is due at the moment ``at``, at most ``limit`` messages; returns how many left.

    Each is claimed by one worker alone, and leaves at least once: a worker killed between the mail server's
    answer and its own note sends again. A failure waits 30 s, then twice as long each time, nine times in all.
    """
    sent = 0
    due = list(
        Message.objects.due(at).order_by("next_attempt_at", "pk").values_list("pk", "attempts")[:limit]
    )
    if not due:
        return 0
    connection = get_connection()
    for pk, attempts in due:
        claimed = Message.objects.due(at).filter(pk=pk, attempts=attempts)
        if not claimed.update(attempts=attempts + 1, next_attempt_at=at + CLAIM):
            continue
        sent += _send(Message.objects.get(pk=pk), connection=connection, at=at)
    connection.close()
    return sent


def _send(message, *, connection, at):
    try:
        email = EmailMessage(message.subject, message.body, to=[message.recipient], connection=connection)
        if message.attachment_builder:
            email.attach(*import_string(message.attachment_builder)(**message.attachment_arguments))
        email.send()
    except Exception as error:  # whatever went wrong, the message waits and the operator sees why
        message.last_error = f"{type(error).__name__}: {error}"[:500]
        if message.attempts >= MOST_ATTEMPTS:
            message.abandoned_at = at
        else:
            message.next_attempt_at = at + FIRST_WAIT * 2 ** (message.attempts - 1)
        message.save(update_fields=["last_error", "abandoned_at", "next_attempt_at"])
        logger.warning("message %s not sent: %s", message.pk, message.last_error)
        return 0
    message.sent_at, message.body, message.last_error = at, "", ""
    message.save(update_fields=["sent_at", "body", "last_error"])
    return 1
