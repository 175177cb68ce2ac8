"""What waits for somebody in the texts of their groups, and what is new there."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from maillage.accounts.models import User
from maillage.drafting import actions
from maillage.drafting.queries import news_for, waiting_for
from tests.factories.drafting import amendment_to, group_of, seat_in, workshop_of
from tests.harness.people import PERSONAS

pytestmark = pytest.mark.django_db


def fresh(user):
    return User.objects.get(pk=user.pk)


def waiting(user, now):
    return [(str(line.what), line.detail) for line in waiting_for(fresh(user), today=now.date())]


ANSWER, SPEAK = "Amendements qui attendent votre réponse", "Texte à écrire ensemble"


def test_who_animates_answers_and_the_others_speak(
    workshop, amendment, amina, bruno, jardins, elsa, chloe, group, now
):
    seat_in(group, user=chloe)
    asked = (SPEAK, "1 amendement attend votre avis")
    assert waiting(bruno, now) == [(ANSWER, "1 amendement"), asked]
    assert waiting(elsa, now) == [(ANSWER, "1 amendement")], "she coordinates, and has no voice of her own"
    assert waiting(chloe, now) == [asked]
    assert waiting(amina, now) == [], "she has proposed, and nothing else waits"
    actions.take_stance(amendment, kind="support", organisation=jardins, actor=bruno, at=now)
    assert waiting(bruno, now) == [(ANSWER, "1 amendement")]
    actions.refuse_amendment(amendment, answer="Non.", actor=bruno, at=now)
    assert waiting(bruno, now) == []
    assert waiting(chloe, now) == [(SPEAK, "")], "nothing was heard from her seat yet"


def test_after_the_day_nobody_is_asked_to_speak(workshop, amendment, chloe, group, bruno, now):
    seat_in(group, user=chloe)
    actions.change_closing_day(workshop, closes_on=now.date(), actor=bruno, at=now)
    later = now + datetime.timedelta(days=2)
    assert waiting(chloe, later) == []
    assert waiting(bruno, later) == [(ANSWER, "1 amendement")]


def test_news_of_the_window_alone(workshop, amendment, amina, bruno, now):
    window = {"since": now - datetime.timedelta(days=7), "until": now + datetime.timedelta(minutes=1)}
    assert [str(line.what) for line in news_for(fresh(bruno), **window)] == [
        "Texte ouvert au groupe",
        "Amendements proposés",
    ]
    assert [str(line.what) for line in news_for(fresh(amina), **window)] == ["Texte ouvert au groupe"], "not her own"
    later = now + datetime.timedelta(days=1)
    actions.refuse_amendment(amendment, answer="Non.", actor=bruno, at=later)
    window = {"since": now + datetime.timedelta(minutes=1), "until": later + datetime.timedelta(days=1)}
    (line,) = news_for(fresh(amina), **window)
    assert (str(line.what), line.detail) == ("Amendements qui ont leur réponse", "1 amendement")
    again = news_for(fresh(amina), since=window["since"], until=later + datetime.timedelta(days=9))
    assert [one.key for one in again] == [line.key], "the same thing has the same key"


@pytest.mark.parametrize("persona", PERSONAS)
def test_the_wall(request, workshop, amendment, persona, now):
    user = request.getfixturevalue(persona)
    user = fresh(user) if user.is_authenticated else AnonymousUser()
    told = [*waiting_for(user, today=now.date()), *news_for(user, since=now - datetime.timedelta(1), until=now)]
    if persona not in {"amina", "bruno", "elsa"}:
        assert told == []


def many(number, jardins, entraide, bruno, amina, tilleuls, now):
    for rank in range(number):
        group = group_of(entraide, territory=tilleuls, facilitator=jardins, slug=f"groupe-{number}-{rank}")
        made = workshop_of(
            group, promoter=jardins, actor=bruno, territory=tilleuls, at=now, name=f"Texte {number} {rank}"
        )
        for _ in range(number):
            amendment_to(made, actor=amina, organisation=entraide, at=now)
            actions.make_comment(made, text="Oui.", organisation=jardins, actor=bruno, at=now, article_key="avec")


@pytest.mark.parametrize("number", [1, 3])
def test_as_many_queries_however_many_there_are(
    sign_in, django_assert_num_queries, jardins, entraide, bruno, amina, tilleuls, now, number
):
    many(number, jardins, entraide, bruno, amina, tilleuls, now)
    user = fresh(bruno)
    with django_assert_num_queries(10):
        assert waiting_for(user, today=now.date())
    user = fresh(amina)
    with django_assert_num_queries(5):
        assert news_for(user, since=now - datetime.timedelta(1), until=now + datetime.timedelta(1))
    made = amina.memberships.get().organisation.group_memberships.first().group.workshops.get()
    group, address = made.group, made.get_absolute_url()
    pages = {
        f"/groupes/{group.slug}/textes/": 7,
        address: 21,
        f"{address}articles/avec/": 15,
        f"{address}histoire/": 15,
    }
    hers = sign_in(amina)
    for page, count in pages.items():
        with django_assert_num_queries(count):
            hers.get(page)
