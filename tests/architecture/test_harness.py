"""The harness catches what it promises to catch."""

import threading

import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from maillage.organisations.models import Organisation
from tests.factories.organisations import OrganisationFactory
from tests.harness.client import html_faults, only_reads
from tests.harness.people import PERSONAS

GOOD = '<!doctype html><html lang="fr"><head><title>Titre</title></head><body><h1>Un</h1></body></html>'


def test_a_good_page_has_no_fault():
    assert html_faults(GOOD) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (' lang="fr"', ""),
        ("Titre", " "),
        ("<h1>Un</h1>", ""),
        ("<h1>Un</h1>", "<h1>Un</h1><h1>Deux</h1>"),
        ("<h1>Un</h1>", '<h1 style="color:red">Un</h1>'),
        ("<h1>Un</h1>", '<h1 onclick="x()">Un</h1>'),
        ("<h1>Un</h1>", "<h1>{{ un }}</h1>"),
        ("<h1>Un</h1>", "<h1>{% un %}</h1>"),
        ("<h1>Un</h1>", "<h1>Un</h1><script>alert(1)</script>"),
        ("<h1>Un</h1>", "<h1>Un</h1><style>h1 {color: red}</style>"),
        ("<title>Titre</title></head><body>", "</head><body><svg><title>Carte</title></svg>"),
    ],
)
def test_a_fault_is_seen(before, after):
    assert before in GOOD
    assert len(html_faults(GOOD.replace(before, after))) == 1


@pytest.mark.parametrize(
    "fragment",
    [
        "<li>Un</li>",
        '<script src="/static/a.js" type="module"></script>',
        '<script type="application/json">{"a": 1}</script>',
        "",
    ],
)
def test_a_fragment_needs_no_title(fragment):
    assert html_faults(fragment) == []


def test_reading_may_write_sessions_only(db):
    with connection.execute_wrapper(only_reads):
        Session.objects.filter(session_key="a").delete()
        assert Organisation.objects.count() == 0
        with pytest.raises(AssertionError, match="wrote"):
            OrganisationFactory()


@pytest.mark.parametrize("persona", PERSONAS)
def test_each_persona_stands(db, request, persona):
    assert (request.getfixturevalue(persona).is_authenticated) == (persona != "djibril")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_commits_is_seen_by_other_threads_and_gone_afterwards(turn):
    from wagtail.models import Page

    assert (Organisation.objects.count(), Page.objects.filter(depth=1).count()) == (0, 1)
    OrganisationFactory()
    seen = []

    def look():
        seen.append(Organisation.objects.count())
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [1]
