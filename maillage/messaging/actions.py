"""Writing to the outbox, and emptying it."""

import datetime
import logging
import smtplib
import time
from contextlib import suppress

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext

from .kinds import Category, kind_of
from .links import stop_address
from .models import Message, Refusal

logger = logging.getLogger(__name__)

FIRST_WAIT = datetime.timedelta(seconds=30)
MOST_ATTEMPTS = 9
"""30 s doubled seven times between the first attempt and the last: a server away for two hours loses nothing."""
CLAIM = datetime.timedelta(minutes=5)
"""How long a worker keeps a message to itself: far longer than one sending can last (EMAIL_TIMEOUT)."""


def queue_email(
    kind, *, to, context, at, language="fr", why="", reply_to="", attachment_builder="", attachment_arguments=None
):
    """Write the e-mail ``kind`` for the address ``to`` in the outbox; it leaves after the transaction commits.

    The texts are the templates `<kind>.subject.txt` and `<kind>.body.txt`. The foot says why it came, and how to
    receive no more of it: in the words of `messaging.kinds`, or in ``why`` (lazy) where this message knows better.
    ``reply_to``: the address that an answer goes to, where it is not the site's. ``attachment_builder`` is the dotted
    path of a function of ours; the worker calls it with ``attachment_arguments`` (JSON values) when the message
    leaves and expects (file name, bytes, media type).

    None, and nothing is written, where this address wants no more of this category.
    """
    category = kind_of(kind).category
    if category != Category.DUTY and is_refused(to, category):
        return None
    stop_url = "" if category == Category.DUTY else stop_address(to, category)
    with translation.override(language):
        subject = " ".join(render_to_string(f"{kind}.subject.txt", context).split())
        body = render_to_string(f"{kind}.body.txt", context).strip() + "\n"
        body += foot(kind, why=why, stop_url=stop_url)
    return Message.objects.create(
        kind=kind.rsplit("/", 1)[-1],
        recipient=to,
        reply_to=reply_to,
        subject=subject[:250],
        body=body,
        stop_url=stop_url,
        attachment_builder=attachment_builder,
        attachment_arguments=attachment_arguments or {},
        created_at=at,
        next_attempt_at=at,
    )


def queue_to_each(kind, people, *, page, at, attachment=("", None), **context):
    """The e-mail ``kind`` to each of ``people`` (accounts), in their language. The templates are given `person`,
    `address` (where the path ``page`` leads) and ``context``; ``attachment``: (builder, arguments) of `queue_email`.
    """
    builder, arguments = attachment
    for user in people:
        queue_email(
            kind,
            to=user.email,
            context={"person": user, "address": settings.SITE_ADDRESS + page, **context},
            at=at,
            language=user.language,
            attachment_builder=builder,
            attachment_arguments=arguments,
        )


def foot(kind, *, why="", stop_url=""):
    """Why this message came and how to receive no more of it: what every e-mail ends with, or ""."""
    why = why or kind_of(kind).why
    if not why:
        return ""
    lines = [gettext("Vous recevez ce message parce que %(why)s.") % {"why": why}]
    if stop_url:
        category = kind_of(kind).category
        lines.append(gettext("Ne plus recevoir ces messages (%(what)s) :") % {"what": Category(category).label})
        lines += [
            stop_url,
            gettext("Choisir ce que vous recevez :"),
            settings.SITE_ADDRESS + reverse("digest:choices"),
        ]
    return "\n--\n" + "\n".join(lines) + "\n"


def is_refused(address, category):
    return Refusal.objects.filter(address__iexact=address, category=category).exists()


def refuse(address, category, *, at):
    """No more messages of ``category`` are written to ``address``. Twice changes nothing."""
    with suppress(IntegrityError), transaction.atomic():
        Refusal.objects.create(address=address.strip().lower(), category=category, since=at)


def accept_again(address, category):
    """Messages of ``category`` leave again for ``address``."""
    Refusal.objects.filter(address__iexact=address, category=category).delete()


def send_due_messages(*, at, limit=50, stop=lambda: False):
    """Send what is due at the moment ``at``, at most ``limit`` messages; returns how many left.

    Each is claimed by one worker alone, and leaves at least once: a worker killed between the mail server's
    answer and its own note sends again. A failure waits 30 s, then twice as long each time, nine attempts in all;
    an address that the server refuses for good is not tried again. ``stop`` is asked between two messages.
    """
    due = list(Message.objects.due(at).order_by("next_attempt_at", "pk").values_list("pk", "attempts")[:limit])
    if not due:
        return 0
    started, sent = time.monotonic(), 0
    connection = get_connection()
    for pk, attempts in due:
        if stop():
            break
        # A slow mail server makes a batch last: a claim counts from its own moment.
        moment = at + datetime.timedelta(seconds=int(time.monotonic() - started))
        claimed = Message.objects.due(moment).filter(pk=pk, attempts=attempts)
        if claimed.update(attempts=attempts + 1, next_attempt_at=moment + CLAIM):
            sent += _send(Message.objects.get(pk=pk), connection=connection, at=moment)
    _hang_up(connection)
    return sent


def _send(message, *, connection, at):
    try:
        email = EmailMessage(
            message.subject,
            message.body,
            to=[message.recipient],
            reply_to=[message.reply_to] if message.reply_to else None,
            headers=_headers(message),
            connection=connection,
        )
        if message.attachment_builder:
            email.attach(*import_string(message.attachment_builder)(**message.attachment_arguments))
        connection.open()
        email.send()
    except Exception as error:  # whatever went wrong, the message waits and the operator sees why
        # What is left of the conversation must not spoil the next message.
        _hang_up(connection)
        _put_off(message, error, at=at)
        return 0
    # By its key: somebody may have been forgotten meanwhile, and their messages with them.
    row = Message.objects.filter(pk=message.pk)
    if message.leaves_no_trace:
        row.delete()
    else:
        row.update(sent_at=at, body="", reply_to="", stop_url="", last_error="")
    return 1


def _headers(message):
    """One click in the mail program stops this kind of message (RFC 2369, RFC 8058)."""
    if not message.stop_url:
        return {}
    return {
        "List-Unsubscribe": f"<{message.stop_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _put_off(message, error, *, at):
    message.last_error = f"{type(error).__name__}: {error}"[:500]
    if message.attempts >= MOST_ATTEMPTS or _is_final(error):
        message.abandoned_at = at
    else:
        message.next_attempt_at = at + FIRST_WAIT * 2 ** (message.attempts - 1)
    row = Message.objects.filter(pk=message.pk)
    if message.abandoned_at and message.leaves_no_trace:
        row.delete()
    else:
        row.update(
            last_error=message.last_error,
            abandoned_at=message.abandoned_at,
            next_attempt_at=message.next_attempt_at,
        )
    # The address stays in the database: logs go elsewhere and live longer.
    logger.warning("message %s not sent, attempt %s: %s", message.pk, message.attempts, type(error).__name__)


def _is_final(error):
    """The server says that this address or this text will never pass (RFC 5321 §4.2.1: 5yz replies)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500


def _hang_up(connection):
    with suppress(OSError, smtplib.SMTPException):
        connection.close()
