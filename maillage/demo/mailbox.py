"""The demo's mail: each message is a file in the data folder, and a page shows them."""

import email
import email.policy
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.filebased import EmailBackend as FileBackend


class EmailBackend(FileBackend):
    """Writes each message as one `.eml` file under `<var>/mail`."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("file_path", str(folder()))
        super().__init__(*args, **kwargs)

    def _get_filename(self):
        return super()._get_filename().replace(".log", ".eml")

    def write_message(self, message):
        self.stream.write(message.message().as_bytes() + b"\n")
        self.close()
        # One message a file: the next one opens its own.
        self._fname = None


def folder():
    path = Path(settings.VAR) / "mail"
    path.mkdir(parents=True, exist_ok=True)
    return path


def latest_messages(limit=30):
    """The last ``limit`` messages, newest first: recipient, subject, date, text, names of what is attached."""
    files = sorted(folder().glob("*.eml"), key=lambda path: path.stat().st_mtime, reverse=True)[:limit]
    return [_read(path) for path in files]


def _read(path):
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    body = message.get_body(("plain",))
    return {
        "to": message["To"],
        "subject": message["Subject"],
        "date": message["Date"].datetime if message["Date"] else None,
        "text": body.get_content() if body else "",
        "attachments": [part.get_filename() for part in message.iter_attachments()],
    }
