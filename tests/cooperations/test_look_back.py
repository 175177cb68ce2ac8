"""Looking back on a cooperation, and its story."""

import pytest

from maillage.cooperations import actions
from tests.factories.cooperations import CooperationFactory
from tests.factories.organisations import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
SCALE = {"trust": "fully", "sharing": "rather", "load": "little", "residents": "no"}


@pytest.fixture
def cooperation(entraide, jardins, tilleuls, amina, bruno):
    return CooperationFactory(title="Le jardin du C", partners=[entraide, jardins], territories=[tilleuls])


def looked_back(cooperation, amina, now, *, residents):
    review = actions.open_review(cooperation, actor=amina, at=now)
    for _ in range(residents):
        actions.enter_resident_answer(review, actor=amina, at=now, **SCALE)
    return review


def answered_by(review, cooperation, now, *, partners):
    for number in range(partners):
        organisation = OrganisationFactory()
        user = MembershipFactory(organisation=organisation, manager=True).user
        cooperation.partners.create(organisation=organisation, state="accepted", since=now)
        words = "Trop de réunions." if number == 0 else ""
        actions.answer_review(review, organisation=organisation, actor=user, at=now, words=words, **SCALE)
