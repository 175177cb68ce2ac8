"""Every address that answers to GET, as everybody: the database is afterwards what it was before."""

import hashlib

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from tests.architecture.test_access import PLAUSIBLE, routes
from tests.harness.people import PERSONAS

pytestmark = pytest.mark.django_db
NOT_LOOKED_AT = {Session._meta.db_table}
"""Sessions are a reader's own: a language, a message already shown."""


def checksum():
    """Of every row of every table."""
    digest = hashlib.sha256()
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)} - NOT_LOOKED_AT
    with connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            digest.update(table.encode())
            for row in sorted(map(repr, cursor.fetchall())):
                digest.update(row.encode())
    return digest.hexdigest()


def arguments(town):
    """What stands in addresses, by its name: rows that exist."""
    version, signature = town["version"], town["signature"]
    organisation = signature.organisation
    territory = organisation.territories.first()
    return {
        "slug": [version.adaptation.slug, town["draft"].adaptation.slug, organisation.slug],
        "uuid": [organisation.uuid, signature.request.uuid],
        "token": [signature.token],
        "code": [territory.slug],
        "key": [version.articles.first().key],
        "number": [1],
        "before": [1],
        "after": [1],
        "pk": [organisation.memberships.first().pk],
        "digest": ["0" * 12],
    }


def addresses(town):
    known = arguments(town)
    for name, pattern in routes(get_resolver().url_patterns):
        most = max([len(known.get(key, PLAUSIBLE)) for key in pattern.converters] or [1])
        for turn in range(most):
            values = {key: (known.get(key, PLAUSIBLE) * most)[turn] for key in pattern.converters}
            try:
                yield name, reverse(name, kwargs=values)
            except NoReverseMatch:
                continue
    yield from (("back office", f"/gestion/{page}") for page in ("", "account/", "reports/site-history/", "pages/"))


@pytest.mark.parametrize("persona", PERSONAS)
def test_reading_changes_nothing(request, town, persona):
    somebody = request.getfixturevalue(persona)
    client = Client()
    if somebody.is_authenticated:
        client.force_login(somebody)
    tried = set()
    before = checksum()
    for name, address in addresses(town):
        for method in (client.get, client.head, client.options):
            answer = method(address)
            assert answer.status_code < 500, address
            if answer.streaming:
                list(answer.streaming_content)
        tried.add(name)
        assert checksum() == before, f"reading {address} as {persona} changed the database"
    assert len(tried) > 60
