"""No form of ours floods a mailbox, or writes to somebody whom the wall keeps out."""

import datetime

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from config.settings import limits
from maillage.charters import actions
from maillage.charters.actions.signatures import TooSoon
from maillage.messaging.models import Message
from tests.factories.charters import adaptation_draft, national, request_for
from tests.factories.organisations import MembershipFactory, OrganisationFactory

from .doors import DOORS
from .own_doors import OF_ONES_OWN
from .scene import build_scene

pytestmark = pytest.mark.django_db
TO_ONESELF = {
    # One message to who acts and was sent the link, or to the people of their own organisation: once each.
    "charters:confirm-signature",
    "charters:new-version",
    "charters:renew",
    "charters:close-organisation",
    "privacy:forget",
    "organisations:take-over",
    # One published version, one message each.
    "charters:publish-national",
}


@pytest.fixture
def limited(settings):
    settings.LIMITS = limits.LIMITS


def test_every_address_that_sends_has_a_limit(request):
    """Each door, opened by somebody who may: what writes to the outbox is limited, or said to be harmless."""
    scene, sending = build_scene(request), set()
    for name, door in DOORS.items():
        if not door.may or name == "privacy:forget":
            continue
        scene["persona"] = sorted(door.may)[-1] if "djibril" not in door.may else "djibril"
        client = Client()
        if scene[scene["persona"]].is_authenticated:
            client.force_login(scene[scene["persona"]])
        kept, before = transaction.savepoint(), Message.objects.count()
        client.post(reverse(name, kwargs=door.where(scene)), door.data(scene))
        if Message.objects.count() > before:
            sending.add(name)
        transaction.savepoint_rollback(kept)
    limited = {route for limit in limits.LIMITS.values() if limit["counts"] == "POST" for route in limit["routes"]}
    assert sending - limited - TO_ONESELF == set()
    assert {
        "charters:propose-adaptation",
        "organisations:members",
        "charters:gathering",
        "directory:write",
    } <= sending
    assert limited & OF_ONES_OWN


def test_a_mailbox_gets_twenty_links_an_hour_however_they_are_asked(now):
    version = national(at=now - datetime.timedelta(days=1))
    requests = [request_for(version, email="visee@exemple.org", at=now) for _ in range(15)]
    for turn in range(1, 6):
        for prepared in requests:
            try:
                actions.send_link_again(prepared, at=now + datetime.timedelta(minutes=3 * turn))
            except TooSoon:
                continue
    assert Message.objects.filter(recipient="visee@exemple.org").count() == 20
    with pytest.raises(TooSoon):
        request_for(version, email="visee@exemple.org", at=now + datetime.timedelta(minutes=30))
    later = now + datetime.timedelta(minutes=80)
    actions.send_link_again(requests[0], at=later)


def test_a_newcomer_does_not_write_to_everybody(limited, clock, chloe):
    """Not confirmed by anybody, she adds people to her own organisation: a few."""
    mine = OrganisationFactory(claimed=True)
    MembershipFactory(user=chloe, organisation=mine, manager=True)
    client, address = Client(), reverse("organisations:members", args=[mine.uuid])
    client.force_login(chloe)
    for number in range(300):
        client.post(address, {"email": f"tiers-{number}@exemple.org", "role": "member"})
        clock.advance(minutes=4)
    assert Message.objects.filter(kind="member_added").count() <= 40


def test_one_mailbox_is_not_invited_again_and_again(limited, clock, amina, entraide):
    client, address = Client(), reverse("organisations:hand-over", args=[entraide.uuid])
    client.force_login(amina)
    for _ in range(60):
        client.post(address, {"email": "visee@exemple.org", "function": "présidence"})
        clock.advance(minutes=15)
    assert Message.objects.filter(recipient="visee@exemple.org").count() <= 10


def test_an_idea_is_not_shouted(limited, clock, amina, bruno, entraide, tilleuls):
    client = Client()
    client.force_login(amina)
    for number in range(100):
        data = {
            "name": f"Idée {number}",
            "territories": [tilleuls.slug],
            "organisation": entraide.pk,
            "words": "Encore.",
        }
        client.post(reverse("charters:propose-adaptation"), data)
        clock.advance(seconds=10)
    assert Message.objects.filter(recipient=bruno.email).count() <= 60


def test_the_answer_to_a_remark_does_not_cross_the_wall(now, jardins, elsa, tilleuls, entraide, amina, prefecture):
    """Amina made it; she works for the prefect since."""
    draft = adaptation_draft(promoter=jardins, actor=elsa, territory=tilleuls, opened=True)
    remark = actions.make_remark(draft, organisation=entraide, text="Entre nous.", author=amina, at=now)
    MembershipFactory(user=amina, organisation=prefecture)
    remark = type(remark).objects.get(pk=remark.pk)
    actions.answer_remark(remark, answer="Entre nous aussi.", actor=elsa, at=now)
    assert not Message.objects.filter(recipient=amina.email, kind="remark_answered").exists()


def test_a_name_makes_no_header(now):
    name = "Les Amis\r\nBcc: tiers@exemple.org\nX-Autre: 1"
    organisation = OrganisationFactory(name=name)
    request_for(national(), organisation=organisation, email="a@exemple.org", first_name="A\nBcc: x@exemple.org")
    for message in Message.objects.all():
        assert "\n" not in message.subject
        assert "\r" not in message.subject
        assert len(message.subject) <= 250
