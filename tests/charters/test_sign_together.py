"""Many confirmations at once: one row, one mail, one register entry, on both databases."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from maillage.charters import actions, register
from maillage.charters.models import RegisterEntry, Signature, SignatureRequest
from maillage.messaging.models import Message
from tests.factories.charters import national, request_for
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True)


def all_at_once(work, arguments):
    """Run ``work`` in one thread for each of ``arguments``; returns what each gave, or the error it raised."""
    barrier, results = threading.Barrier(len(arguments)), [None] * len(arguments)

    def run(place, argument):
        try:
            barrier.wait(timeout=30)
            results[place] = work(argument)
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(arguments)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return results


def register_is_whole():
    entries = RegisterEntry.objects.order_by("sequence")
    return register.verify([register.line_of(entry.body, entry.hash) for entry in entries]).is_whole


def test_twenty_confirmations_of_one_link_sign_once():
    national()
    organisation = OrganisationFactory()
    request_for(national(), organisation=organisation, email="amina@exemple.org")
    body = Message.objects.get().body
    address = next(line for line in body.splitlines() if "confirmer" in line).removeprefix("http://testserver")

    answers = all_at_once(lambda _: Client().post(address), range(20))

    assert [answer.status_code for answer in answers] == [302] * 20
    assert {answer.headers["Location"] for answer in answers} == {address}
    assert Signature.objects.count() == 1
    assert RegisterEntry.objects.count() == 1
    assert Message.objects.filter(kind="signature_received").count() == 1


def test_twenty_people_signing_for_one_organisation_leave_one_signature():
    version, organisation, now = national(), OrganisationFactory(), timezone.now()
    prepared = [
        request_for(version, organisation=organisation, email=f"personne-{number}@exemple.org")
        for number in range(20)
    ]

    results = all_at_once(lambda request: actions.confirm_signature(request, at=now), prepared)

    assert sum(isinstance(result, Signature) for result in results) == 1
    refusals = [result for result in results if not isinstance(result, Signature)]
    assert all(isinstance(r, (actions.AlreadySigned, actions.NotTheirOrganisation)) for r in refusals), refusals
    assert Signature.objects.count() == RegisterEntry.objects.count() == 1
    assert Message.objects.filter(kind="signature_received").count() == 1
    assert organisation.memberships.count() == 1
    assert SignatureRequest.objects.exclude(confirmed_at=None).count() == 1


def test_twenty_organisations_signing_at_once_make_one_whole_chain():
    version, now = national(), timezone.now()
    prepared = [request_for(version, email=f"personne-{number}@exemple.org") for number in range(20)]

    results = all_at_once(lambda request: actions.confirm_signature(request, at=now), prepared)

    assert all(isinstance(result, Signature) for result in results), results
    assert list(RegisterEntry.objects.order_by("sequence").values_list("sequence", flat=True)) == list(range(1, 21))
    assert register_is_whole()
