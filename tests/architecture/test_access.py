"""Every address is declared public, member or staff, in `access.toml`; and each is tried."""

import re
import tomllib
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import URLPattern, get_resolver, reverse

from tests.harness.client import BACK_OFFICE

KINDS = {"public", "member", "staff"}
PLAUSIBLE = (uuid.UUID(int=1), 1, "a", "0" * 32, "2026-01-01")
"""Values that converters take: the address exists, the row does not."""


def routes(patterns, namespace="", path=""):
    """(name, pattern) of every address outside the back office."""
    for entry in patterns:
        here = f"{path}{entry.pattern}"
        if f"/{here}".startswith(BACK_OFFICE):
            continue
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name or f'(no name) {here}'}", entry.pattern
        else:
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from routes(entry.url_patterns, inner, here)


def declared():
    tables = tomllib.loads((Path(__file__).parent / "access.toml").read_text())
    for app, kinds in tables.items():
        assert set(kinds) <= KINDS, f"access.toml [{app}]: public, member or staff"
        for kind, names in kinds.items():
            yield from ((name, kind) for name in names)


def of_kind(*kinds):
    """Parameters: each address that is served here and declared of these kinds."""
    wanted = {name for name, kind in declared() if kind in kinds}
    return sorted(name for name, _pattern in routes(get_resolver().url_patterns) if name in wanted)


def test_every_address_is_declared_once():
    names = [name for name, _kind in declared()]
    served = {name for name, _pattern in routes(get_resolver().url_patterns)}
    assert sorted(names) == sorted(set(names)), "declared twice"
    assert served - set(names) == set(), "not declared in access.toml"
    assert set(names) - served == set(), "declared in access.toml, and gone"


def address(name):
    """The address of the route ``name``, its parameters invented, and whether it takes none."""
    pattern = next(pattern for found, pattern in routes(get_resolver().url_patterns) if found == name)
    arguments = {
        key: next(value for value in PLAUSIBLE if re.fullmatch(converter.regex, str(value)))
        for key, converter in pattern.converters.items()
    }
    return reverse(name, kwargs=arguments), not arguments


def is_refused(response):
    if response.status_code == 302:
        return reverse(settings.LOGIN_URL) in response["Location"]
    return response.status_code in {401, 403, 404, 405}


@pytest.mark.django_db
@pytest.mark.parametrize("name", of_kind("public"))
def test_a_public_page_refuses_nobody(client, name):
    path, _is_whole = address(name)
    response = client.get(path)
    # On an empty site a text, a row or a code may be missing: that is not a refusal.
    assert response.status_code in {200, 302, 400, 404, 405, 410}
    if not name.startswith(("account_", "mfa_")):
        assert response.status_code != 302 or not is_refused(response)


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", of_kind("member", "staff"))
def test_a_member_page_sends_a_resident_to_sign_in(client, name, method):
    path, is_whole = address(name)
    response = getattr(client, method)(path)
    assert is_refused(response), f"{method} {path} answers {response.status_code} to somebody not signed in"
    if is_whole and method == "post":
        assert response.status_code != 404


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", of_kind("staff"))
def test_a_staff_page_refuses_who_does_not_edit(sign_in, chloe, fatou, name, method):
    path, _is_whole = address(name)
    for person in (chloe, fatou):
        assert is_refused(getattr(sign_in(person), method)(path))


@pytest.mark.django_db
def test_the_back_office_refuses_who_does_not_edit(sign_in, djibril, chloe, fatou, amina):
    for person in (djibril, chloe, fatou, amina):
        assert sign_in(person).get(BACK_OFFICE).status_code in {302, 403}
