"""Many hands on one page at the same moment: one is kept, the others are told; the end and an answer never cross."""

import pytest
from django.utils import timezone

from maillage.evaluation import actions
from maillage.evaluation.models import CommitmentState, PrincipleAnswer
from tests.charters.test_sign_together import all_at_once
from tests.factories.charters import signed
from tests.factories.evaluation import asked, opened

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 8


@pytest.fixture
def mine(tilleuls, entraide, amina, elsa):
    signed(organisation=entraide, email="amina@exemple.org")
    return asked(opened(tilleuls, actor=elsa), entraide)


def test_one_page_saved_by_many(mine, amina):
    article = mine.campaign.version.articles.get(key="avec")

    def save(number):
        values = {"state": "done", "note": f"Main {number}", "edition": 0}
        return actions.save_principle(mine, article, actor=amina, at=timezone.now(), **values)

    results = all_at_once(save, range(MANY))
    assert sum(isinstance(result, PrincipleAnswer) for result in results) == 1
    assert sum(isinstance(result, actions.SomebodyWrote) for result in results) == MANY - 1
    assert PrincipleAnswer.objects.get().edition == 1


def test_one_commitment_noted_by_many(mine, entraide, amina):
    article, year = mine.campaign.version.articles.get(key="avec"), timezone.localdate().year

    def note(number):
        values = {"state": "done", "note": f"Main {number}", "proofs": "", "edition": 0}
        return actions.note_commitment(entraide, article, year, actor=amina, at=timezone.now(), **values)

    results = all_at_once(note, range(MANY))
    assert sum(isinstance(result, CommitmentState) for result in results) == 1
    assert CommitmentState.objects.get().edition == 1
