import asyncio
import socket
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings
from django.test import override_settings

from maillage.messaging import kinds


@pytest.fixture(autouse=True)
def letters(monkeypatch):
    """The texts of the news "greeting", which only these tests know."""
    monkeypatch.setitem(kinds.KINDS, "messages/greeting", kinds.SAYS_ITSELF)
    templates = [{**settings.TEMPLATES[0], "DIRS": [Path(__file__).parent / "templates"]}]
    with override_settings(TEMPLATES=templates):
        yield


class Sink:
    """A mail server that keeps what it takes; answers ``refusal``, where there is one, to the command named."""

    def __init__(self):
        self.received, self.sessions = [], set()
        self.refusal = {}

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.sessions.add(session.peer)
        if "RCPT" in self.refusal:
            return self.refusal["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if "DATA" in self.refusal:
            return self.refusal["DATA"]
        self.received.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 taken"


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def smtp(free_port):
    """The settings of a site whose mail server listens on a port of this machine."""
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=free_port,
        EMAIL_HOST_USER="",
        EMAIL_USE_TLS=False,
        EMAIL_TIMEOUT=5,
    ):
        yield free_port


@pytest.fixture
def sink(smtp):
    handler = Sink()
    loop = asyncio.new_event_loop()
    controller = Controller(handler, hostname="127.0.0.1", port=smtp, loop=loop)
    controller.start()
    yield handler
    controller.stop()
    loop.close()
