"""The search tells nothing of a row that one may not see: not its name, not a number, not its being there."""

import re

import pytest
from django.urls import reverse

from maillage.organisations.audiences import anybody
from maillage.search.models import Entry
from maillage.search.queries import groups_for
from maillage.search.sources import SOURCES
from tests.architecture.test_wall import ROWS
from tests.factories.cooperations import CooperationFactory
from tests.factories.editorial import case_study
from tests.harness.people import PERSONAS

pytestmark = pytest.mark.django_db
CASES = [
    pytest.param(source, row, id=f"{source.kind}-{row.make.__name__}")
    for source in SOURCES
    for row in ROWS.get(source.model._meta.label, ())
]


def again(somebody):
    """The same person, in another request."""
    return type(somebody).objects.get(pk=somebody.pk) if somebody.is_authenticated else anybody()


@pytest.mark.parametrize(("source", "row"), CASES)
def test_a_row_is_found_by_those_who_may_see_it_and_nobody_else(request, indexed, source, row):
    people = {name: request.getfixturevalue(name) for name in PERSONAS}
    made = row.make(request)
    indexed()
    title = source.tell(made).title
    # A draft is found by nobody: neither those who may read it on its own page.
    findable = source.rows().filter(pk=made.pk).exists()
    found_by = set()
    for name, somebody in people.items():
        groups = groups_for(again(somebody), title)
        if any(hit.url == source.tell(made).url for group in groups for hit in group.hits):
            found_by.add(name)
    assert found_by == (row.seen_by if findable else set()), row.why


def test_a_hidden_row_changes_no_page_by_a_byte(request, indexed, sign_in, tilleuls, entraide):
    """Page for page, byte for byte: whoever may not see it cannot tell whether it is there."""
    outsiders = [request.getfixturevalue(name) for name in ("djibril", "fatou", "hugo", "chloe")]
    for number in range(4):
        CooperationFactory(title=f"Cantine {number}", published=True)
    indexed()
    before = {somebody: seen(sign_in(somebody)) for somebody in outsiders}
    for _number in range(30):
        CooperationFactory(title="Cantine", aim="cantine", territories=[tilleuls], partners=[entraide])
    case_study(title="Cantine", slug="cantine-cachee")
    indexed()
    assert Entry.objects.filter(kind="cooperation").count() == 34
    for somebody in outsiders:
        assert seen(sign_in(somebody)) == before[somebody]


def seen(client):
    pages = [client.get(reverse("search:search"), {"q": "cantine", **more}) for more in ({}, {"kind": "cooperation"})]
    # Each page draws its own nonce and token.
    return [re.sub(r'(nonce|value)="[^"]*"', "", page.content.decode()) for page in pages]


def test_what_is_hidden_pushes_out_nothing_that_one_sees(indexed, monkeypatch, amina, tilleuls, ailleurs):
    monkeypatch.setattr("maillage.search.queries.MOST", 3)
    mine = CooperationFactory(title="Cantine des Tilleuls", territories=[tilleuls])
    for _number in range(8):
        CooperationFactory(title="Cantine", territories=[ailleurs])
    indexed()
    (group,) = groups_for(again(amina), "cantine")
    assert [hit.url for hit in group.hits] == [mine.get_absolute_url()]
    assert (group.total, group.has_more) == (1, False)


def test_a_stale_entry_shows_nothing(indexed, client):
    """The index said that everybody may see it; the row says no: the row is right, before any mending."""
    one = CooperationFactory(title="Cantine", published=True)
    indexed()
    type(one).objects.filter(pk=one.pk).update(published_at=None)
    assert "Rien ne correspond" in client.get("/recherche/", {"q": "cantine"}).content.decode()
    assert "Rien ne correspond" in client.get("/recherche/?q=cantine&kind=cooperation").content.decode()
