"""Writing down what was done."""

import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail.log_actions import LogContext, registry

from maillage.journal.actions import record

pytestmark = pytest.mark.django_db


def test_what_was_done_stands_in_the_history_of_its_object(entraide, amina, now):
    record("organisations.confirm", entraide, actor=amina, at=now, why="seen")

    (entry,) = registry.get_logs_for_instance(entraide)
    assert (entry.action, entry.user, entry.timestamp, entry.data) == (
        "organisations.confirm",
        amina,
        now,
        {"why": "seen"},
    )
    assert entry.label == entraide.name


def test_the_program_and_visitors_are_nobody(entraide, now):
    for actor in (None, AnonymousUser()):
        assert record("organisations.create", entraide, actor=actor, at=now).user is None


def test_lines_of_one_action_of_the_back_office_stay_together(entraide, amina, now):
    with LogContext(user=amina) as around:
        entry = record("organisations.create", entraide, actor=None, at=now)
    assert (entry.user, entry.uuid) == (amina, around.uuid)


def test_a_verb_that_no_app_declares_is_refused(entraide, amina, now):
    with pytest.raises(LookupError, match="invented"):
        record("organisations.invented", entraide, actor=amina, at=now)
