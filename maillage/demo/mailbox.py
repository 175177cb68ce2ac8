"""The demo's mail: each message is a file in the data folder, and a page shows them."""

import datetime
import email
import email.policy
import secrets
import time
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    """Writes each message as one `.eml` file under `<var>/mail`."""

    def send_messages(self, email_messages):
        for message in email_messages:
            path = folder() / f"{time.time_ns()}-{secrets.token_hex(4)}.eml"
            path.write_bytes(message.message().as_bytes())
        return len(email_messages)


def empty_folder():
    """A new telling starts with an empty mailbox: former links lead nowhere."""
    for path in folder().glob("*.eml"):
        path.unlink()


def folder():
    path = Path(settings.VAR) / "mail"
    path.mkdir(parents=True, exist_ok=True)
    return path


def latest_messages(limit=30):
    """The last ``limit`` messages, newest first: recipient, subject, date, text, names of what is attached."""
    files = sorted(folder().glob("*.eml"), reverse=True)[:limit]
    return [_read(path) for path in files]


def _read(path):
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    body = message.get_body(("plain",))
    return {
        "to": message["To"],
        "subject": message["Subject"],
        "date": message["Date"].datetime.replace(tzinfo=datetime.UTC) if message["Date"] else None,
        "text": body.get_content() if body else "",
        "attachments": [part.get_filename() for part in message.iter_attachments()],
    }
