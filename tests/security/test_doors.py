"""Every address that takes a POST, as everybody: whoever may not changes nothing, whoever may does."""

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from tests.architecture.test_access import address, routes
from tests.harness.people import PERSONAS

from .doors import DOORS
from .own_doors import OF_ONES_OWN
from .scene import build_scene
from .test_reading_changes_nothing import checksum

pytestmark = pytest.mark.django_db


def test_every_address_that_takes_a_post_is_declared(gael):
    client = Client()
    taking = set()
    for name, _pattern in routes(get_resolver().url_patterns):
        client.force_login(gael)
        if client.post(address(name)[0]).status_code != 405:
            taking.add(name)
    assert taking - set(DOORS) - OF_ONES_OWN == set(), "takes a POST, and says nowhere who may"
    assert set(DOORS) | OF_ONES_OWN <= taking, "declared, and takes no POST"


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_may_not_changes_nothing(request, persona):
    scene = {**build_scene(request), "persona": persona}
    client = Client()
    if scene[persona].is_authenticated:
        client.force_login(scene[persona])
    before, wrong = checksum(), []
    for name, door in DOORS.items():
        cache.clear()
        cookies = client.cookies.copy()
        kept = transaction.savepoint()
        answer = client.post(reverse(name, kwargs=door.where(scene)), door.data(scene))
        if trouble := what_is_wrong(door, persona, answer, before):
            wrong.append(f"{name}: {trouble}")
        transaction.savepoint_rollback(kept)
        client.cookies = cookies
    assert not wrong, "\n".join(wrong)


def what_is_wrong(door, persona, answer, before):
    """In words; nothing where it opened, or was refused, as declared."""
    leads_to_sign_in = answer.status_code == 302 and answer["Location"].startswith(reverse("account_login"))
    if persona in door.may:
        if answer.status_code not in {200, 302} or leads_to_sign_in:
            return f"refused ({answer.status_code})"
        return "" if door.only_shows or checksum() != before else "nothing changed: is what is sent complete?"
    if checksum() != before:
        return f"changed the database ({answer.status_code})"
    if persona == "djibril":
        return "" if leads_to_sign_in else f"not led to sign in ({answer.status_code})"
    if persona in door.told:
        return "" if answer.status_code in {200, 302, 409} else f"{answer.status_code}, not told"
    expected = 403 if persona in door.sees else 404
    return "" if answer.status_code == expected else f"{answer.status_code}, not {expected}"
