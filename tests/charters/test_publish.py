"""Writing and publishing the national text."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from maillage.charters import actions
from maillage.charters.models import CharterVersion
from maillage.charters.queries import version_discords
from maillage.charters.working_text import read_working_text
from tests.factories.charters import editor, national

pytestmark = pytest.mark.django_db


def test_publishing_puts_it_in_force_and_replaces_the_one_before(now):
    first, second = national(at=now), national(at=now)
    first.refresh_from_db()
    assert first.superseded_at == now
    assert second.in_force_at == now
    assert CharterVersion.objects.national().current().get() == second


def test_the_next_version_starts_from_the_one_in_force(now):
    first = national()
    draft = actions.draft_national_version(actor=editor(), at=now, title="Charte")
    assert draft.number == 2
    assert [a.key for a in draft.articles.all()] == [a.key for a in first.articles.all()]


def test_one_draft_at_a_time(now):
    national(publish=False)
    with pytest.raises(actions.DraftInProgress):
        national(publish=False)


def test_an_empty_text_is_not_published(now):
    draft = national(publish=False, articles=[])
    with pytest.raises(ValidationError, match="aucun article"):
        actions.publish_national_version(draft, actor=editor(), at=now)


@pytest.mark.parametrize("persona", ["amina", "chloe", "djibril", "elsa", "fatou", "ines"])
def test_only_editors_write_the_national_text(request, persona, now):
    somebody = request.getfixturevalue(persona)
    with pytest.raises(PermissionDenied):
        actions.draft_national_version(actor=somebody, at=now, title="Putsch", articles=[])
    draft = national(publish=False)
    with pytest.raises(PermissionDenied):
        actions.publish_national_version(draft, actor=somebody, at=now)


def test_a_text_changed_behind_our_back_is_found(now):
    version = national()
    assert list(version_discords()) == []
    version.articles.filter(key="avec").update(text="Sans les habitants.")
    assert "national/1" in next(version_discords())


def test_the_working_text_has_four_values_and_four_principles_and_says_what_it_is(client, now):
    title, articles = read_working_text()
    kinds = [article["kind"] for article in articles]
    assert (kinds.count("value"), kinds.count("principle")) == (4, 4)
    version = national(title=title, articles=articles)
    assert version.is_working_text
    assert all(article["plain_language"] for article in articles)
