"""Two hundred people sign at once while the server is killed, twice: what was acknowledged is there, once."""

import io
import os
import signal
import time
from collections import Counter

import pytest
from django.core.management import call_command

from maillage.charters.models import RegisterEntry, Signature, SignatureRequest
from maillage.messaging.models import Message
from tests.factories.charters import national
from tests.harness.serving import start_server
from tools.bench.crowd import Crowd, prepare

pytestmark = pytest.mark.django_db(transaction=True)

ALONE, TWO_PEOPLE = 140, 20
"""Associations of which one person signs, and those of which two do; twenty people press their button twice."""
TWICE = 20


class Killed:
    """A server that is killed with all its processes, and started again at the same address."""

    def __init__(self, data_folder):
        # The sender rests: sealing certificates would only slow the signers.
        self.options = {"data_folder": data_folder, "OUTBOX_EVERY_SECONDS": "3600"}
        self.process, self.address = start_server(**self.options)

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)
        self.process.stdout.close()

    def start_again(self):
        port = int(self.address.rstrip("/").rpartition(":")[2])
        self.process, self.address = start_server(port=port, **self.options)


@pytest.fixture
def server(data_folder):
    national()
    server = Killed(data_folder)
    yield server
    server.kill()


def wait_for_answers(crowd, number):
    limit = time.monotonic() + 30
    while len(crowd.answers) < number:
        assert time.monotonic() < limit, f"{len(crowd.answers)} answers only"
        time.sleep(0.01)


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="kills groups of processes")
def test_every_acknowledged_signature_is_there_once(server):
    alone = prepare(ALONE)
    together = prepare(TWO_PEOPLE, people_each=2)
    links = [*alone, *together, *alone[:TWICE]]
    assert len(links) == 200
    # Sorted from their ends, links of one association are asked for at the same time.
    crowd = Crowd(server.address, sorted(links, key=lambda link: link[::-1]), people=200, patience=50)
    crowd.start()
    for answers in (40, 120):
        wait_for_answers(crowd, answers)
        server.kill()
        acknowledged = {token for (_rank, token), status in crowd.answers.copy().items() if status == 302}
        assert acknowledged <= signed_links(alone + together), "an answer was given before the signature was kept"
        server.start_again()
    crowd.join(60)

    assert crowd.unanswered, "nobody met a dead server: nothing was tried"
    assert len(crowd.answers) == 200
    statuses = Counter(status for (_rank, token), status in crowd.answers.items() if token in alone)
    assert statuses == {302: ALONE + TWICE}
    statuses = Counter(status for (_rank, token), status in crowd.answers.items() if token in together)
    # The second person of an association is told that it has signed, or that it is represented already.
    assert statuses == {302: TWO_PEOPLE, 409: TWO_PEOPLE}

    assert Signature.objects.standing().count() == ALONE + TWO_PEOPLE
    assert Signature.objects.values("organisation").distinct().count() == ALONE + TWO_PEOPLE
    assert SignatureRequest.objects.exclude(signature=None).count() == ALONE + TWO_PEOPLE
    sequences = list(RegisterEntry.objects.order_by("sequence").values_list("sequence", flat=True))
    assert sequences == list(range(1, ALONE + TWO_PEOPLE + 1))
    assert Message.objects.filter(kind="signature_received").count() == ALONE + TWO_PEOPLE
    said = io.StringIO()
    call_command("verify_register", stdout=said)
    assert "Registre authentique" in said.getvalue()
    call_command("check_data", stdout=io.StringIO())


def signed_links(tokens):
    """Those of ``tokens`` whose signature is in the database."""
    from maillage.charters.actions import digest

    kept = set(SignatureRequest.objects.exclude(signature=None).values_list("token_sha256", flat=True))
    return {token for token in tokens if digest(token) in kept}
