"""Many of a group at the same moment: nothing typed is lost, nothing is decided twice, on both databases."""

import pytest
from django.utils import timezone

from maillage.charters.actions import ConflictingEdit
from maillage.charters.models import CharterVersion
from maillage.drafting import actions
from maillage.drafting.models import Amendment, Comment, Stance, Workshop
from maillage.messaging.models import Message
from tests.charters.test_sign_together import all_at_once
from tests.factories.accounts import UserFactory
from tests.factories.charters import adaptation_draft
from tests.factories.drafting import amendment_to
from tests.factories.organisations import MembershipFactory

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 12


def errors(results):
    return [result for result in results if isinstance(result, Exception)]


def test_twelve_propose_and_comment_and_nothing_is_lost(workshop, entraide, now):
    people = [UserFactory() for _ in range(MANY)]
    for person in people:
        MembershipFactory(user=person, organisation=entraide)
    mark = workshop.version.articles.get(key="avec").mark

    def say(number):
        mine = Workshop.objects.get(pk=workshop.pk)
        said = {"organisation": entraide, "actor": people[number], "at": timezone.now(), "article_key": "avec"}
        actions.make_comment(mine, text=f"Le mot de {number}.", **said)
        actions.propose_amendment(
            mine, kind="change", title="Avec", text=f"Les mots de {number}.", reason="Ici.", mark=mark, **said
        )

    assert errors(all_at_once(say, range(MANY))) == []
    assert Comment.objects.count() == Amendment.objects.count() == MANY
    assert len(set(Amendment.objects.values_list("text", flat=True))) == MANY


def test_twelve_stances_of_one_organisation_are_one(workshop, amendment, bruno, jardins):
    def say(number):
        mine = Amendment.objects.get(pk=amendment.pk)
        kind = "support" if number % 2 else "object"
        return actions.take_stance(
            mine, kind=kind, words="Ou bien.", organisation=jardins, actor=bruno, at=timezone.now()
        )

    assert errors(all_at_once(say, range(MANY))) == []
    assert Stance.objects.count() == 1


def test_one_answer_and_one_letter(workshop, amendment, bruno, elsa):
    """Accepting and refusing, by two people, at once."""

    def decide(number):
        mine = Amendment.objects.get(pk=amendment.pk)
        if number % 2:
            return actions.refuse_amendment(mine, answer="Non.", actor=bruno, at=timezone.now())
        return actions.accept_amendment(mine, actor=elsa, at=timezone.now(), reason="Ici.")

    refusals = errors(all_at_once(decide, range(MANY)))
    assert len(refusals) == MANY - 1
    assert all(isinstance(refusal, actions.AlreadyAnswered) for refusal in refusals), refusals
    assert Message.objects.filter(kind="amendment_answered").count() == 1
    amendment.refresh_from_db()
    text = workshop.version.articles.get(key="avec").text
    assert (text == amendment.text) is (amendment.state == "accepted")


def test_two_amendments_of_one_article_accepted_at_once(workshop, amina, entraide, elsa):
    """The second decides on words that they did not read: they are told, and nobody's words are overwritten."""
    both = [
        amendment_to(workshop, actor=amina, organisation=entraide, text=f"Nous décidons, {word}.")
        for word in ("ici", "ensemble")
    ]
    mark = workshop.version.articles.get(key="avec").mark

    def accept(one):
        mine = Amendment.objects.get(pk=one.pk)
        return actions.accept_amendment(mine, actor=elsa, at=timezone.now(), mark=mark, reason="Ici.")

    results = all_at_once(accept, both)
    (told,) = errors(results)
    assert isinstance(told, ConflictingEdit)
    (accepted,) = [result for result in results if isinstance(result, Amendment)]
    assert workshop.version.articles.get(key="avec").text == accepted.text
    assert Amendment.objects.waiting().count() == 1


def test_opened_once(group, jardins, bruno, tilleuls):
    draft = adaptation_draft(promoter=jardins, actor=bruno, territory=tilleuls)

    def open_it(_):
        mine = CharterVersion.objects.get(pk=draft.pk)
        return actions.open_workshop(mine, group=group, actor=bruno, at=timezone.now())

    refusals = errors(all_at_once(open_it, range(MANY)))
    assert len(refusals) == MANY - 1
    assert all(isinstance(refusal, actions.AlreadyOpen) for refusal in refusals), refusals
    assert Workshop.objects.count() == 1


def test_nobody_speaks_after_the_closing(workshop, amina, entraide, bruno):
    def act(number):
        mine = Workshop.objects.get(pk=workshop.pk)
        if number == 0:
            return actions.close_workshop(mine, actor=bruno, at=timezone.now(), words="Merci.")
        return amendment_to(mine, actor=amina, organisation=entraide, text=f"Les mots de {number}.")

    results = all_at_once(act, range(MANY))
    assert all(isinstance(refusal, actions.WorkshopClosed) for refusal in errors(results)), results
    assert not Amendment.objects.waiting().exists(), "whoever spoke before has been answered"
