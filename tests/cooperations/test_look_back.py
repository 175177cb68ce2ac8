"""Looking back on a cooperation, and its story."""

import pytest
from django.urls import reverse
from django.utils import timezone

from maillage.cooperations import actions
from maillage.cooperations.models import Cooperation
from maillage.cooperations.queries import review_counts, waiting_for
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


def test_four_answers_show_no_number_and_five_do(sign_in, cooperation, amina, now):
    review = looked_back(cooperation, amina, now, residents=4)
    answered_by(review, cooperation, now, partners=4)
    actions.close_review(review, changes="Moins de réunions.", actor=amina, at=now)
    review.refresh_from_db()
    assert review_counts(review) == []
    page = sign_in(amina).get(reverse("cooperations:review", args=[cooperation.slug])).text
    assert "aucun nombre" in page
    assert "Trop de réunions." not in page


def test_sheets_of_residents_never_tell_a_partner_apart(sign_in, cooperation, amina, now):
    review = looked_back(cooperation, amina, now, residents=4)
    answered_by(review, cooperation, now, partners=5)
    assert review_counts(review) == [], "open: two looks would tell one answer apart"
    Cooperation.objects.update(stage="ended")
    actions.close_review(review, changes="", actor=amina, at=now)
    review.refresh_from_db()
    ((who, counted),) = review_counts(review)
    assert who == "partners"
    assert dict(counted[0][1])["oui, vraiment"] == 5
    page = sign_in(amina).get(reverse("cooperations:review", args=[cooperation.slug])).text
    assert "Trop de réunions." in page


def test_nothing_waits_in_what_is_over(cooperation, amina, bruno, now):
    actions.add_milestone(cooperation, title="Semer", due_on=timezone.localdate(now), actor=amina, at=now)
    actions.open_review(cooperation, actor=amina, at=now)
    actions.move_stage(cooperation, stage="stopped", words="Plus de lieu.", actor=amina, at=now)
    assert waiting_for(bruno, today=timezone.localdate(now)) == []


def test_its_story_is_prepared_and_nothing_typed_is_lost(sign_in, cooperation, amina, bruno, now):
    actions.add_finding(cooperation, side="lever", family="shared", words="Une salle commune.", actor=amina, at=now)
    page = sign_in(amina)
    prepare = reverse("cooperations:prepare-story", args=[cooperation.slug])
    assert "après son bilan" in page.post(prepare, follow=True).text
    Cooperation.objects.update(stage="assessed")
    page.post(prepare)
    url = reverse("cooperations:story", args=[cooperation.slug])
    assert "Une salle commune." in page.get(url).text
    assert sign_in(bruno).post(url, {"number": 0, "context": "Le quartier, dit Bruno."}).status_code == 302
    conflict = page.post(url, {"number": 0, "context": "Le quartier, dit Amina."})
    assert conflict.status_code == 409
    assert "dit Bruno." in conflict.text
    assert "dit Amina." in conflict.text
    assert page.post(url, {"number": 1, "context": "Le quartier, à deux."}).status_code == 302
    taken = page.get(reverse("cooperations:story-file", args=[cooperation.slug])).content.decode()
    assert "Le quartier, à deux." in taken
