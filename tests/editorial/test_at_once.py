"""A story told, answered and published by many hands at the same moment: once."""

import pytest

from maillage.charters.actions import merge_organisations
from maillage.cooperations.models import CaseStudyDraft
from maillage.editorial import actions
from maillage.editorial.models import Assent, CaseStudy
from maillage.messaging.models import Message
from tests.charters.test_sign_together import all_at_once
from tests.factories.cooperations import CooperationFactory
from tests.factories.editorial import agree_to_all, case_study

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 8


def test_told_once(tilleuls, entraide, jardins, amina, now):
    made = CooperationFactory(partners=[entraide, jardins], territories=[tilleuls], stage="assessed")
    story = CaseStudyDraft.objects.create(cooperation=made, prepared_at=now)
    all_at_once(lambda _: actions.tell_cooperation(story, actor=amina, at=now), range(MANY))
    assert CaseStudy.objects.filter(cooperation=made).count() == 1


def test_asked_once(entraide, gael, amina, now):
    case = case_study(names=[entraide])
    all_at_once(lambda _: actions.ask_assents(case, actor=gael, at=now), range(MANY))
    assert Message.objects.filter(kind="assent_asked").count() == 1


def test_one_answer_counts(entraide, amina, gael, now):
    case = case_study(names=[entraide])
    agree_to_all(case, state="asked")
    asked = case.assents.get()

    def answer(agrees):
        return actions.answer_assent(asked, agrees=agrees, fingerprint=asked.fingerprint, actor=amina, at=now)

    results = all_at_once(answer, [True, False] * (MANY // 2))
    assert sum(isinstance(result, Assent) for result in results) == 1


def test_an_organisation_that_became_another_still_agrees(entraide, jardins, elsa, gael, now, amina):
    case = case_study(names=[entraide, jardins])
    agree_to_all(case)
    merge_organisations(jardins, entraide, actor=elsa, at=now)
    words = case.get_latest_revision_as_object()
    assert {state for _name, state in words.assent_states()} == {"agreed"}
    assert actions.publish_case(case, actor=gael, at=now).live
