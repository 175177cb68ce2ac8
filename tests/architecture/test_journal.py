"""What is written down: every verb has words, and an entry says who and when."""

import re
from pathlib import Path

import pytest
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from maillage.journal.actions import record
from tests.factories.organisations import OrganisationFactory

ROOT = Path(__file__).resolve().parent.parent.parent


def verbs():
    """Each verb that the code records, with the app that does."""
    for path in sorted((ROOT / "maillage").rglob("*.py")):
        for verb in re.findall(r"\brecord\(\s*[\"']([\w.]+)[\"']", path.read_text()):
            yield verb, path.relative_to(ROOT / "maillage").parts[0]


def test_every_verb_is_declared_by_its_app():
    registry.scan_for_actions()
    assert {verb for verb, _app in verbs() if not registry.action_exists(verb)} == set()
    assert {(verb, app) for verb, app in verbs() if verb.partition(".")[0] != app} == set()


@pytest.mark.django_db
@pytest.mark.parametrize(("person", "expected"), [("amina", "amina"), ("djibril", None)])
def test_an_entry_says_who_did_what_and_when(request, now, person, expected):
    actor, organisation = request.getfixturevalue(person), OrganisationFactory()
    record("organisations.create", organisation, actor=actor, at=now, source="paper")
    entry = ModelLogEntry.objects.for_instance(organisation).get()
    assert (entry.action, entry.timestamp, entry.data) == ("organisations.create", now, {"source": "paper"})
    assert (entry.user and entry.user.first_name.lower()) == expected


@pytest.mark.django_db
def test_the_program_itself_may_be_the_one_who_did(now):
    organisation = OrganisationFactory()
    record("organisations.create", organisation, actor=None, at=now)
    assert ModelLogEntry.objects.for_instance(organisation).get().user is None
