"""The weekly letter: on its day, to those who have something to read, each thing once; what fails is not lost."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from maillage.digest import gathering
from maillage.digest.actions import choose, letters, send_letters
from maillage.messaging.kinds import Category
from maillage.messaging.models import Message
from maillage.ui.lines import Line
from tests.factories.accounts import UserFactory
from tests.factories.charters import adaptation_draft, national, signed
from tests.factories.organisations import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
WEEK = datetime.timedelta(days=7)
ALL = [category for category in Category if category != Category.DUTY]


def letter_to(user):
    return Message.objects.filter(recipient=user.email, kind="letter").order_by("-pk").first()


@pytest.fixture
def signature(bruno, jardins, tuesday):
    """Bruno’s association signed on Monday: news for the others of the neighbourhood."""
    return signed(
        national(at=tuesday - WEEK), organisation=jardins, email=bruno.email, at=tuesday - datetime.timedelta(days=1)
    )


def test_amina_is_told_of_what_is_new(amina, signature, tuesday):
    send_letters(at=tuesday)
    letter = letter_to(amina)
    assert "DU NOUVEAU" in letter.body
    assert "Nouvelle signature — Les Jardins partagés" in letter.body
    assert "http" in letter.body
    assert "Vous recevez ce message parce que vous participez à Maillage" in letter.body
    assert letter.stop_url


def test_each_thing_is_told_once(amina, signature, tuesday):
    send_letters(at=tuesday)
    first = letter_to(amina)
    send_letters(at=tuesday + datetime.timedelta(minutes=5))
    send_letters(at=tuesday + WEEK)
    assert letter_to(amina) == first, "the next week has nothing new: it is silent"


def test_on_another_day_nothing_leaves(amina, signature, tuesday):
    assert send_letters(at=tuesday + datetime.timedelta(days=1)) == 0
    choose(amina, weekday=2, wanted=ALL, at=tuesday)
    send_letters(at=tuesday)
    assert letter_to(amina) is None
    send_letters(at=tuesday + datetime.timedelta(days=1))
    assert "Les Jardins partagés" in letter_to(amina).body


def test_whoever_wants_none_has_none(amina, signature, tuesday):
    choose(amina, weekday=1, wanted=[c for c in ALL if c != Category.LETTER], at=tuesday)
    send_letters(at=tuesday)
    assert letter_to(amina) is None


def test_whoever_takes_part_in_nothing_has_none(chloe, signature, tuesday):
    send_letters(at=tuesday)
    assert letter_to(chloe) is None


def test_what_waits_comes_first(amina, bruno, jardins, elsa, tilleuls, tuesday):
    national(at=tuesday - WEEK)
    adaptation_draft(promoter=jardins, actor=elsa, territory=tilleuls, at=tuesday - WEEK, opened=True)
    send_letters(at=tuesday)
    letter = letter_to(amina)
    assert letter.body.index("CE QUI VOUS ATTEND") < letter.body.index("Ouvert aux remarques")
    assert "attend" in letter.subject


def test_behind_the_wall_a_public_partner_is_told_nothing(fatou, jardins, elsa, tilleuls, tuesday):
    national(at=tuesday - WEEK)
    adaptation_draft(promoter=jardins, actor=elsa, territory=tilleuls, at=tuesday - WEEK, opened=True, name="Secrète")
    OrganisationFactory(claimed=True, name="À confirmer", territories=[tilleuls])
    send_letters(at=tuesday)
    letter = letter_to(fatou)
    assert letter is None or ("Secrète" not in letter.body and "À confirmer" not in letter.body)


def test_a_run_that_fails_forgets_nothing(amina, bruno, signature, tuesday, monkeypatch, caplog):
    def broken(user, *, since, until):
        if user == amina:
            raise RuntimeError("no luck")
        return []

    with monkeypatch.context() as today:
        today.setattr(letters, "news_for", broken)
        send_letters(at=tuesday)
    assert letter_to(amina) is None
    assert "failed" in caplog.text
    send_letters(at=tuesday + WEEK)
    assert "Les Jardins partagés" in letter_to(amina).body


def test_a_long_week_is_cut_and_says_so(amina, tuesday, monkeypatch):
    many = [Line("Nouvelle", f"Chose {n}", "/annuaire/", f"chose-{n}", tuesday.date()) for n in range(30)]
    monkeypatch.setattr(letters, "news_for", lambda user, **when: many)
    send_letters(at=tuesday)
    body = letter_to(amina).body
    assert body.count("Chose ") == letters.MOST_NEWS
    assert "Et 10 autres nouvelles dans votre espace" in body
    assert reverse("dashboard:my-space") in body


def test_a_line_that_waits_on_is_counted_not_told_again(amina, tuesday, monkeypatch):
    waits = Line("À faire", "Vieille chose", "/espace/", "vieille")
    lines = [waits]
    monkeypatch.setattr(
        letters, "waiting_for", lambda user, today: gathering.Waiting(late=[], soon=[], later=list(lines))
    )
    monkeypatch.setattr(letters, "news_for", lambda user, **when: [])
    send_letters(at=tuesday)
    lines.append(Line("À faire", "Chose neuve", "/espace/", "neuve"))
    send_letters(at=tuesday + WEEK)
    body = letter_to(amina).body
    assert "Chose neuve" in body
    assert "Vieille chose" not in body
    assert "1 autre chose vous attend" in body
    lines.clear()
    send_letters(at=tuesday + 10 * WEEK)
    amina.digest_preference.refresh_from_db()
    assert amina.digest_preference.told == {}, "what is gone is forgotten after a while"


def test_news_of_three_neighbours_ask_the_database_no_more_than_of_one(amina, tilleuls, tuesday):
    national(at=tuesday - WEEK)
    asked = []
    for number in (1, 2, 3):
        organisation = OrganisationFactory(name=f"Association {number}", territories=[tilleuls])
        person = MembershipFactory(organisation=organisation, manager=True).user
        signed(organisation=organisation, email=person.email, at=tuesday - datetime.timedelta(hours=number))
        with CaptureQueriesContext(connection) as queries:
            again = type(amina).objects.get(pk=amina.pk)
            told = gathering.news_for(again, since=tuesday - WEEK, until=tuesday)
        assert sum("signature" in line.key for line in told) == number
        asked.append(len(queries))
    assert asked[0] == asked[2], asked


def test_what_waits_is_not_news_as_well(amina, jardins, elsa, tilleuls, tuesday):
    national(at=tuesday - WEEK)
    adaptation_draft(promoter=jardins, actor=elsa, territory=tilleuls, at=tuesday - WEEK, opened=True)
    send_letters(at=tuesday)
    assert letter_to(amina).body.count("La charte aux Tilleuls") == 1


def test_an_address_that_nobody_proved_has_none(entraide, signature, tuesday):
    """A manager may have mistyped it: what associations write to each other does not go to a stranger."""
    typed = UserFactory(verified_address=False)
    MembershipFactory(user=typed, organisation=entraide)
    send_letters(at=tuesday)
    assert letter_to(typed) is None
    typed.last_login = tuesday
    typed.save()
    send_letters(at=tuesday)
    assert letter_to(typed)
