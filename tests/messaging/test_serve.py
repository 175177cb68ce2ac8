"""The serving command as an operator meets it: it answers, it sends, it stops and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from maillage.messaging.actions import queue_email
from maillage.messaging.models import Message
from tests.harness.serving import ROOT, database_url, start_server

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def served(data_folder, smtp):
    """The server, on a port of its own; (process, address). Killed if the test left it."""
    process, address = start_server(
        data_folder,
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=str(smtp),
        EMAIL_USE_TLS="no",
        OUTBOX_EVERY_SECONDS="0.1",
    )
    yield process, address
    if process.poll() is None:
        process.kill()
    process.wait()
    process.stdout.close()


def children_of(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_there(pid):
    """Runs, or has ended without anybody noticing (a zombie)."""
    return Path(f"/proc/{pid}").exists()


def wait_until(condition, seconds=15):
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, "it did not happen"
        time.sleep(0.05)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at processes in /proc")
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_it_answers_sends_what_waits_and_stops_leaving_nothing(served, sink, now, ending):
    process, address = served
    with urllib.request.urlopen(f"{address}charte/registre.ndjson", timeout=10) as answer:  # noqa: S310
        assert answer.status == 200

    message = queue_email("messages/greeting", to="a@exemple.org", context={"name": "A"}, at=now)
    wait_until(Message.objects.filter(pk=message.pk, sent_at__isnull=False).exists)
    assert [mail["To"] for mail in sink.received] == ["a@exemple.org"]

    children = children_of(process.pid)
    assert len(children) == 3, "two web workers and the outbox"
    process.send_signal(ending)
    assert process.wait(20) == 0
    assert [pid for pid in children if is_there(pid)] == []
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", int(address.rstrip("/").rpartition(":")[2]))) != 0


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at processes in /proc")
def test_the_sender_comes_back_when_it_dies(served, sink, now):
    process, _address = served
    wait_until(lambda: len(children_of(process.pid)) == 3)
    # Whichever dies comes back; the outbox was the last to be born.
    os.kill(max(children_of(process.pid)), signal.SIGKILL)
    message = queue_email("messages/greeting", to="a@exemple.org", context={"name": "A"}, at=now)
    wait_until(Message.objects.filter(pk=message.pk, sent_at__isnull=False).exists)
    assert len(children_of(process.pid)) == 3


def test_a_port_in_use_is_said_in_a_sentence(data_folder):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        run = subprocess.run(
            [sys.executable, "manage.py", "serve", "--port", str(port)],
            cwd=ROOT,
            env={**os.environ, "MAILLAGE_VAR": str(data_folder), "DATABASE_URL": database_url()},
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert run.returncode == 1
    assert f"Le port {port} n’est pas libre" in run.stderr
    assert "Traceback" not in run.stderr
