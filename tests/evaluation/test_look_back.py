"""Looking back, a page at a time: by the link of the e-mail or signed in, alone or two at once."""

import datetime
import re

import pytest
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from maillage.charters.models import Signature
from maillage.evaluation import actions
from maillage.evaluation.links import LOOK_BACK, look_back_link
from maillage.evaluation.models import CommitmentState, LookBack, PrincipleAnswer
from maillage.messaging.models import Message
from tests.factories.charters import signed
from tests.factories.evaluation import answered, asked, opened
from tests.factories.organisations import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now().replace(month=6, day=15, hour=9, minute=0, second=0, microsecond=0)


@pytest.fixture
def mine(clock, tilleuls, entraide, amina, elsa):
    """Amina's association is asked to look back, since today."""
    signed(organisation=entraide, email="amina@exemple.org", at=clock.moment)
    return asked(opened(tilleuls, actor=elsa, at=clock.moment), entraide)


def mailed_link():
    body = Message.objects.get(kind="invited", recipient="amina@exemple.org").body
    return re.search(r"https?://[^/]+(/bilans/lien/\S+/)", body)[1]


def test_a_member_answers_from_the_mail_without_a_password(client, mine):
    link = mailed_link()
    page = client.get(link)
    assert "Commencer" in page.content.decode()
    assert not PrincipleAnswer.objects.exists()

    answer = client.post(f"{link}1/", {"state": "under_way", "note": "Deux réunions.", "edition": 0})
    assert answer["Location"] == f"{link}2/"
    brakes = {"brakes": ["time"], "levers": ["trust"], "brakes_words": "Trop court", "edition": 0}
    client.post(f"{link}2/", brakes)
    client.post(f"{link}3/", {"change": "Se voir plus", "need": "Une salle", "edition": 1})
    client.post(link)

    mine.refresh_from_db()
    assert mine.finished_at
    assert mine.change == "Se voir plus"
    assert mine.brakes_words == "Trop court"
    assert set(mine.mentions.values_list("side", "family")) == {("brake", "time"), ("lever", "trust")}
    assert "Merci" in client.get(link).content.decode()


def test_what_was_answered_starts_the_year_of_commitments(mine, amina, now):
    answered(mine, user=amina, at=now)
    noted = CommitmentState.objects.get()
    assert (noted.state, noted.year) == ("under_way", now.year)


def test_a_forged_link_opens_nothing(client, mine, bruno, amina, elsa):
    for link in (
        "nimporte",
        look_back_link(mine, amina)[:-2],
        look_back_link(mine, bruno),
        look_back_link(mine, elsa),
        signing.dumps([str(mine.uuid), "x"], salt="charters.renewal"),
        signing.dumps({"a": 1}, salt=LOOK_BACK),
        signing.dumps([str(mine.uuid), "pas un uuid"], salt=LOOK_BACK),
    ):
        assert client.get(reverse("evaluation:by-link", args=[link])).status_code == 404
        assert client.post(reverse("evaluation:step-by-link", args=[link, 1]), {}).status_code == 404


def test_a_link_dies_with_the_membership_and_says_nothing_after_the_end(client, mine, amina, elsa, now):
    answered(mine, user=amina, at=now, change="Nos mots à nous")
    link = mailed_link()
    actions.close_campaign(mine.campaign, actor=elsa, at=now)
    page = client.get(link)
    assert page.status_code == 200
    assert "Nos mots à nous" not in page.content.decode()
    assert client.get(f"{link}3/").status_code == 302
    amina.memberships.update(until=timezone.localdate(now))
    assert client.get(link).status_code == 404


def test_the_second_of_two_people_sees_the_difference(sign_in, mine, entraide, amina):
    zoe = MembershipFactory(organisation=entraide).user
    address = reverse("evaluation:step", args=[mine.uuid, 1])
    sign_in(amina).post(address, {"state": "done", "note": "Vu par Amina", "edition": 0})
    second = sign_in(zoe)
    page = second.post(address, {"state": "not_started", "note": "Vu par Zoé", "edition": 0})
    shown = page.content.decode()
    assert page.status_code == 409
    assert "Vu par Amina" in shown
    assert "Vu par Zoé" in shown
    assert mine.answers.get().note == "Vu par Amina"

    second.post(address, {"state": "not_started", "note": "Les deux", "edition": 1})
    assert mine.answers.get().note == "Les deux"


def test_the_second_of_two_people_sees_the_difference_of_brakes_and_words(sign_in, mine, entraide, amina):
    zoe = MembershipFactory(organisation=entraide).user
    address = reverse("evaluation:step", args=[mine.uuid, 2])
    sign_in(amina).post(address, {"brakes": ["money"], "brakes_words": "Amina", "edition": 0})
    page = sign_in(zoe).post(address, {"brakes": ["time"], "brakes_words": "Zoé", "edition": 0})
    assert page.status_code == 409
    assert "Amina" in page.content.decode()
    assert mine.mentions.get().family == "money"


def test_nobody_answers_for_another_association(sign_in, mine, bruno, elsa, fatou, now):
    for user in (bruno, elsa, fatou):
        assert sign_in(user).get(reverse("evaluation:look-back", args=[mine.uuid])).status_code == 404
        with pytest.raises(PermissionDenied):
            actions.finish_look_back(mine, actor=user, at=now)


def test_the_coordinator_reads_what_is_shared_and_only_that(sign_in, mine, amina, elsa, now):
    answered(mine, user=amina, at=now, change="Nos mots à nous")
    address = reverse("evaluation:read", args=[mine.uuid])
    assert sign_in(elsa).get(address).status_code == 404
    page = sign_in(elsa).get(mine.campaign.get_absolute_url()).content.decode()
    assert "Entraide du Parc" in page
    assert "Nos mots à nous" not in page

    actions.save_pages(mine, edition=1, is_shared=True, actor=amina, at=now)
    assert "Nos mots à nous" in sign_in(elsa).get(address).content.decode()


def test_renewing_is_offered_at_the_end_when_it_is_due(sign_in, mine, amina, now):
    answered(mine, user=amina, at=now)
    client, address = sign_in(amina), reverse("evaluation:look-back", args=[mine.uuid])
    assert "Renouveler la signature" not in client.get(address).content.decode()
    Signature.objects.update(renew_by=timezone.localdate(now) + datetime.timedelta(days=9))
    assert "Renouveler la signature" in client.get(address).content.decode()


def test_each_is_invited_once_reminded_once_and_the_end_comes_by_itself(clock, mine, elsa, tilleuls):
    assert Message.objects.filter(kind="invited").count() == 1
    assert actions.follow_campaigns(at=clock.moment) == {"invited": 0, "reminded": 0, "closed": 0}
    assert actions.follow_campaigns(at=clock.advance(days=3))["reminded"] == 1
    assert actions.follow_campaigns(at=clock.advance(hours=5))["reminded"] == 0
    assert actions.follow_campaigns(at=clock.advance(days=6))["closed"] == 1
    assert actions.follow_campaigns(at=clock.moment) == {"invited": 0, "reminded": 0, "closed": 0}


def test_who_signs_meanwhile_is_invited_the_next_day(clock, mine, jardins, bruno):
    signed(organisation=jardins, email="bruno@exemple.org", at=clock.moment)
    assert actions.follow_campaigns(at=clock.advance(days=1))["invited"] == 1
    assert LookBack.objects.filter(organisation=jardins).exists()


def test_an_answer_page_costs_the_same_with_more_answers(sign_in, mine, amina, django_assert_max_num_queries):
    client = sign_in(amina)
    with django_assert_max_num_queries(25):
        assert client.get(reverse("evaluation:step", args=[mine.uuid, 1])).status_code == 200
