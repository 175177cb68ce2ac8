"""Links and private files: reused, somebody else's, too old, or of what has changed since."""

import datetime

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from maillage.charters import actions
from maillage.charters.links import RENEWAL, renewal_link
from maillage.charters.models import Signature
from maillage.organisations.models import TerritoryRole
from maillage.privacy.actions import forget_person
from tests.factories.accounts import UserFactory
from tests.factories.organisations import TerritoryRoleFactory
from tests.harness.people import PERSONAS

from .scene import build_scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(request):
    return build_scene(request)


def signed_in(user):
    client = Client()
    if user.is_authenticated:
        client.force_login(user)
    return client


def look(client, address):
    """The answer, read to its end."""
    answer = client.get(address)
    if answer.streaming:
        list(answer.streaming_content)
    return answer


def status(client, address):
    return look(client, address).status_code


def renew(link):
    return Client().post(reverse("charters:renew", args=[link]))


def renewed(scene):
    return Signature.objects.get(pk=scene["national_signature"].pk).renewed_at


def test_a_renewal_link_serves_once(scene):
    assert renew(scene["renewal_link"]).status_code == 200
    first = renewed(scene)
    assert first
    assert renew(scene["renewal_link"]).status_code == 200
    assert renewed(scene) == first


def test_a_renewal_link_of_somebody_who_left_or_never_was_there_renews_nothing(scene):
    signature = scene["national_signature"]
    for stranger in (scene["hugo"], scene["fatou"], UserFactory(is_active=False)):
        assert renew(renewal_link(signature, stranger)).status_code == 404
    scene["bruno"].memberships.update(until=timezone.localdate())
    assert renew(scene["renewal_link"]).status_code == 404
    assert renewed(scene) is None


def test_a_forged_renewal_link_is_nothing(scene):
    signature, bruno = scene["national_signature"], scene["bruno"]
    content = [signature.token, str(bruno.uuid), signature.renew_by.isoformat()]
    for link in (
        signing.dumps(content),
        signing.dumps(content, salt="autre"),
        signing.dumps(content, key="une autre", salt=RENEWAL),
        signing.dumps([1, 2], salt=RENEWAL),
        signing.dumps("x", salt=RENEWAL),
        scene["renewal_link"][:-1],
        scene["renewal_link"].replace(":", ";"),
    ):
        assert renew(link).status_code == 404, link
    assert renewed(scene) is None


def test_a_renewal_link_after_withdrawing_or_forgetting(scene, now):
    link = scene["renewal_link"]
    other = Signature.objects.get(version=scene["adopted"])
    link_of_other = renewal_link(other, scene["bruno"])
    actions.withdraw_signature(scene["national_signature"], actor=scene["bruno"], at=now)
    assert renew(link).status_code == 200
    assert renewed(scene) is None
    forget_person(scene["bruno"], actor=None, at=now, nobody_can_take_over=True)
    assert renew(link_of_other).status_code == 404
    assert Signature.objects.get(pk=other.pk).renewed_at is None


def test_a_link_to_sign_after_the_organisation_is_gone(scene, now):
    address = reverse("charters:confirm-signature", args=[scene["confirm_token"]])
    scene["one"].archived_at = now
    scene["one"].save()
    assert Client().post(address).status_code == 409
    assert not scene["one"].signatures.exists()


def test_a_link_to_sign_after_a_merge_signs_for_the_one_that_stays_once(scene, now):
    address = reverse("charters:confirm-signature", args=[scene["confirm_token"]])
    actions.merge_organisations(scene["jardins"], scene["one"], actor=scene["elsa"], at=now)
    assert Client().post(address).status_code == 409
    assert not scene["jardins"].signatures.filter(version=scene["second"]).exists()


def test_the_certificate_of_a_link_ends_with_the_signature(scene, now):
    address = reverse("charters:confirm-signature", args=[scene["confirm_token"]])
    certificate = reverse("charters:certificate-of-link", args=[scene["confirm_token"]])
    assert Client().get(certificate).status_code == 404
    Client().post(address)
    assert Client().get(certificate).status_code == 200
    actions.close_organisation(scene["one"], actor=scene["elsa"], at=now, dissolved_on=timezone.localdate(now))
    assert Client().get(certificate).status_code == 404


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_opens_a_private_file(request, persona):
    scene = build_scene(request)
    signature, client = scene["national_signature"], signed_in(scene[persona])
    private = {
        reverse("charters:certificate", args=[signature.token]): {"bruno", "elsa"},
        reverse("charters:gathering-scan", args=[scene["gathering"].uuid]): {"elsa"},
        reverse("privacy:export", args=[scene["amina"].uuid]): {"amina"},
        reverse("privacy:export-organisation", args=[scene["entraide"].uuid]): {"amina"},
    }
    for address, opened_by in private.items():
        answer = look(client, address)
        opened = answer.status_code == 200 and "html" not in answer["Content-Type"]
        assert opened == (persona in opened_by), (address, answer.status_code)


def test_a_private_file_closes_with_the_role(scene, now):
    elsa = scene["elsa"]
    scan = reverse("charters:gathering-scan", args=[scene["gathering"].uuid])
    certificate = reverse("charters:certificate", args=[scene["national_signature"].token])
    client = signed_in(elsa)
    assert status(client, scan) == status(client, certificate) == 200
    TerritoryRole.objects.filter(user=elsa).update(until=timezone.localdate(now))
    assert status(client, scan) == 404
    assert status(client, certificate) in {403, 404}


def test_a_coordinator_of_elsewhere_opens_no_sheet_of_here(scene, ailleurs):
    other = UserFactory()
    TerritoryRoleFactory(user=other, territory=ailleurs)
    client = signed_in(other)
    assert client.get(reverse("charters:gathering-scan", args=[scene["gathering"].uuid])).status_code == 404
    assert client.get(reverse("charters:gathering", args=[scene["gathering"].uuid])).status_code == 404


def test_the_code_read_aloud_serves_once_in_time_and_to_who_typed(scene, ailleurs):
    prepared, now = scene["helped"], scene["now"]
    with pytest.raises(actions.WrongCode):
        actions.confirm_by_code(
            prepared, code=scene["code"], actor=scene["elsa"], at=now + datetime.timedelta(minutes=31)
        )
    other = UserFactory()
    TerritoryRoleFactory(user=other, territory=scene["tilleuls"])
    address = reverse("charters:help-sign", args=[prepared.uuid])
    assert signed_in(other).post(address, {"code": scene["code"]}).status_code == 404
    client = signed_in(scene["elsa"])
    assert client.post(address, {"code": scene["code"]}).status_code == 302
    first = scene["other"].signatures.get()
    assert client.post(address, {"code": scene["code"]}).status_code == 302
    assert scene["other"].signatures.get() == first


def test_five_wrong_codes_end_the_code(scene):
    address, client = reverse("charters:help-sign", args=[scene["helped"].uuid]), signed_in(scene["elsa"])
    for wrong in ("", "000000", "٣٣٣٣٣٣", "é", "000 001", "1" * 10, "000002", "000003"):
        assert client.post(address, {"code": wrong}).status_code == 200
    client.post(address, {"code": scene["code"]})
    assert not scene["other"].signatures.exists()
