"""Our commitments, year by year: noted, printed, taken away; read by nobody else. And what waits, what is new."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from maillage.evaluation import actions
from maillage.evaluation.models import CommitmentState
from maillage.evaluation.queries import news_for, waiting_for
from tests.factories.charters import current_national, signed
from tests.factories.evaluation import closed_with, opened
from tests.factories.organisations import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now().replace(month=6, day=15, hour=9, minute=0, second=0, microsecond=0)


@pytest.fixture
def article(clock, entraide, amina):
    signed(organisation=entraide, email="amina@exemple.org", at=clock.moment)
    return current_national().articles.get(key="avec")


def noting(entraide, article, year):
    return reverse("evaluation:note", args=[entraide.slug, year, article.pk])


def test_note_where_we_are_with_what_shows_it(sign_in, entraide, amina, article, now):
    client = sign_in(amina)
    client.post(
        noting(entraide, article, now.year),
        {"state": "done", "note": "=Fête", "proofs": "/groupes/\nhttps://exemple.org/fete", "edition": 0},
    )
    own = reverse("evaluation:commitments-of", args=[entraide.slug, now.year])
    shown = client.get(own).content.decode()
    assert "fait" in shown
    assert 'href="https://exemple.org/fete"' in shown
    assert client.get(reverse("evaluation:commitments"))["Location"] == own
    table = client.get(reverse("evaluation:commitments-csv", args=[entraide.slug, now.year])).content.decode()
    assert "'=Fête" in table


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "//ailleurs.org", "http://exemple.org", "/\\ailleurs.org", "data:x", "https://[x"]
)
def test_a_proof_is_a_page_of_this_site_or_https(sign_in, entraide, amina, article, now, link):
    page = sign_in(amina).post(
        noting(entraide, article, now.year), {"state": "done", "note": "", "proofs": link, "edition": 0}
    )
    assert page.status_code == 200
    assert not CommitmentState.objects.exists()


def test_two_people_note_at_once(sign_in, entraide, amina, article, now):
    zoe, address = MembershipFactory(organisation=entraide).user, noting(entraide, article, now.year)
    sign_in(amina).post(address, {"state": "done", "note": "Amina", "proofs": "", "edition": 0})
    page = sign_in(zoe).post(address, {"state": "under_way", "note": "Zoé", "proofs": "", "edition": 0})
    assert page.status_code == 409
    assert "Amina" in page.content.decode()
    assert "Zoé" in page.content.decode()
    assert CommitmentState.objects.get().note == "Amina"


def test_nobody_else_reads_or_notes(sign_in, entraide, bruno, elsa, fatou, article, now):
    for user in (bruno, elsa, fatou):
        client = sign_in(user)
        for route in ("commitments-of", "commitments-csv"):
            assert client.get(reverse(f"evaluation:{route}", args=[entraide.slug, now.year])).status_code == 404
        assert client.get(noting(entraide, article, now.year)).status_code == 404
        with pytest.raises(PermissionDenied):
            actions.note_commitment(
                entraide, article, now.year, state="done", note="", proofs="", edition=0, actor=user, at=now
            )


def test_what_waits_is_for_who_can_do_it(entraide, amina, bruno, elsa, fatou, tilleuls, article, now):
    campaign = opened(tilleuls, actor=elsa, at=now)
    today = timezone.localdate(now)
    assert [line.title for line in waiting_for(amina, today=today)] == ["Entraide du Parc"]
    assert [waiting_for(user, today=today) for user in (bruno, elsa, fatou)] == [[], [], []]
    actions.close_campaign(campaign, actor=elsa, at=now)
    assert waiting_for(amina, today=today) == []
    assert [line.url for line in waiting_for(elsa, today=today)] == [campaign.get_absolute_url()]


def test_news_stay_behind_the_wall_until_they_are_shared(tilleuls, amina, elsa, fatou, hugo, now):
    campaign = closed_with(5, territory=tilleuls, actor=elsa, at=now)
    since, until = now - datetime.timedelta(days=1), now + datetime.timedelta(days=1)
    told = {user.first_name: len(news_for(user, since=since, until=until)) for user in (amina, elsa, fatou, hugo)}
    assert told == {"Amina": 1, "Elsa": 1, "Fatou": 0, "Hugo": 0}
    actions.share_synthesis(campaign, actor=elsa, at=now)
    assert len(news_for(fatou, since=since, until=until)) == 1


def test_what_waits_costs_the_same_with_more(
    tilleuls, ailleurs, entraide, amina, elsa, article, now, django_assert_max_num_queries
):
    opened(tilleuls, actor=elsa, at=now)
    with django_assert_max_num_queries(6):
        waiting_for(amina, today=timezone.localdate(now))
    with django_assert_max_num_queries(6):
        news_for(amina, since=now - datetime.timedelta(days=1), until=now + datetime.timedelta(days=1))
