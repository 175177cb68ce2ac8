"""A consent has a last day: what comes before it, what it stops, what silence does."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from maillage.groups import actions
from maillage.groups.queries import waiting_for
from maillage.messaging.models import Message
from tests.factories.groups import ResidentSeatFactory

pytestmark = pytest.mark.django_db


def proposed(group, actor, at, *, days=10, asked=False, **fields):
    """A proposal whose last day is in ``days``; ``asked``: objections are asked for at once."""
    day = timezone.localdate(at) + datetime.timedelta(days=days)
    words = {"kind": "consent", "title": "Un local partagé", "proposal": "Louer le rez-de-chaussée du C."}
    decision = actions.open_decision(group, actor=actor, at=at, closes_on=day, **{**words, **fields})
    for stage in ("clarifications", "reactions") if asked else ():
        decision = actions.move_on(decision, stage=stage, actor=actor, at=at)
    return decision


def titles(user, at):
    return {line.title for line in waiting_for(user, today=timezone.localdate(at))}


def sent(kind):
    return sorted(Message.objects.filter(kind=kind).values_list("recipient", flat=True))


@pytest.fixture
def silent_group(group, amina, now):
    return actions.edit_group(group, silence_is_consent=True, actor=amina, at=now)


def test_two_days_before_who_has_said_nothing_is_written_to_once(group, amina, bruno, chloe, entraide, clock):
    ResidentSeatFactory(group=group, user=chloe)
    decision = proposed(group, amina, clock.moment, asked=True)
    actions.speak(decision, organisation=entraide, agrees=True, actor=amina, at=clock.moment)
    assert actions.follow_consents(at=clock.advance(days=7)) == 0
    assert sent("consent_closes_soon") == []
    for _ in range(2):
        actions.follow_consents(at=clock.advance(days=1))
    assert sent("consent_closes_soon") == sorted([bruno.email, chloe.email])


def test_after_the_last_day_nobody_answers_and_nothing_decides_by_itself(
    sign_in, group, amina, bruno, jardins, clock
):
    decision = proposed(group, amina, clock.moment, asked=True)
    assert "le silence ne vaut pas accord" in sign_in(bruno).get(decision.get_absolute_url()).text
    late = clock.advance(days=11)
    for _ in range(2):
        assert actions.follow_consents(at=late) == 0
    decision.refresh_from_db()
    assert decision.is_open
    assert sent("consent_ended") == [amina.email]
    for words in ({"text": "Trop cher."}, {"agrees": True}):
        with pytest.raises(ValidationError, match="dernier jour est passé"):
            actions.speak(decision, organisation=jardins, actor=bruno, at=late, **words)
    page = sign_in(bruno).get(decision.get_absolute_url()).text
    assert "on n’y répond plus" in page
    assert "Dire une objection" not in page
    assert decision.title not in titles(bruno, late)
    assert decision.title in titles(amina, late)
    assert actions.decide(decision, outcome="adopted", words="Oui.", actor=amina, at=late).outcome == "adopted"


def test_who_animates_gives_more_time_and_everybody_speaks_again(sign_in, group, amina, bruno, jardins, clock):
    decision = proposed(group, amina, clock.moment)
    late = clock.advance(days=11)
    actions.follow_consents(at=late)
    with pytest.raises(ValidationError, match="donnez d’abord un nouveau dernier jour"):
        actions.move_on(decision, stage="clarifications", actor=amina, at=late)
    day = timezone.localdate(late) + datetime.timedelta(days=8)
    with pytest.raises(PermissionDenied):
        actions.give_more_time(decision, closes_on=day, actor=bruno, at=late)
    url = reverse("groups:more-time", args=[group.slug, decision.pk])
    assert "le groupe le sait" in sign_in(amina).post(url, {"closes_on": day}, follow=True).text
    assert len(sent("more_time_given")) == 2
    actions.speak(decision, organisation=jardins, text="Combien ?", actor=bruno, at=late)
    # Past again: told again.
    actions.follow_consents(at=clock.advance(days=9))
    assert len(sent("consent_ended")) == 2


def test_a_last_day_does_not_come_nearer_and_that_of_a_vote_does_not_move(group, amina, now):
    decision, today = proposed(group, amina, now), timezone.localdate(now)
    with pytest.raises(ValidationError, match="plus tardif"):
        actions.give_more_time(decision, closes_on=today + datetime.timedelta(days=2), actor=amina, at=now)
    vote = proposed(group, amina, now, kind="vote")
    with pytest.raises(ValidationError, match="d’un vote"):
        actions.give_more_time(vote, closes_on=today + datetime.timedelta(days=30), actor=amina, at=now)


def test_where_silence_is_consent_nobody_s_objection_adopts(sign_in, silent_group, amina, bruno, clock):
    decision = proposed(silent_group, amina, clock.moment, asked=True)
    assert "le silence vaut accord" in sign_in(bruno).get(decision.get_absolute_url()).text
    assert actions.follow_consents(at=clock.advance(days=10)) == 0
    assert actions.follow_consents(at=clock.advance(days=1)) == 1
    decision.refresh_from_db()
    assert decision.outcome == "adopted"
    assert "le silence vaut accord" in decision.closing_words
    assert actions.follow_consents(at=clock.advance(days=1)) == 0
    assert len(sent("decided")) == 2


@pytest.mark.parametrize("case", ["an objection", "not asked", "asked too late", "rule given up before"])
def test_silence_adopts_nothing_when(silent_group, amina, bruno, jardins, clock, case):
    group = silent_group
    if case == "rule given up before":
        group = actions.edit_group(group, silence_is_consent=False, actor=amina, at=clock.moment)
    decision = proposed(group, amina, clock.moment, asked=case != "not asked", days=2 if "late" in case else 10)
    if case == "an objection":
        actions.speak(decision, organisation=jardins, text="Trop cher.", actor=bruno, at=clock.moment)
    # The rule is the one of the day when the proposal was opened.
    actions.edit_group(group, silence_is_consent=True, actor=amina, at=clock.moment)
    assert actions.follow_consents(at=clock.advance(days=11)) == 0
    decision.refresh_from_db()
    assert decision.is_open
    assert sent("consent_ended") == [amina.email]


def test_to_have_no_objection_is_said_in_one_gesture_and_shown(sign_in, group, amina, bruno, jardins, entraide, now):
    decision = proposed(group, amina, now, asked=True)
    url = reverse("groups:agree", args=[group.slug, decision.pk])
    for _ in range(2):
        answer = sign_in(bruno).post(url, {"who": f"o{jardins.pk}"}, follow=True)
    page = " ".join(answer.text.split())
    assert decision.statements.count() == 1
    assert f"Pas d’objection (1)</strong><br>{jardins.name}" in page
    assert f"N’ont encore rien dit (1)</strong><br>{entraide.name}" in page
    assert decision.title not in titles(bruno, now)
    assert "Avez-vous une objection" not in page
    assert "Avez-vous une objection" in sign_in(amina).get(decision.get_absolute_url()).text
    # Who objects afterwards takes it back; who objects says so first.
    actions.speak(decision, organisation=jardins, text="Trop cher.", actor=bruno, at=now)
    assert decision.statements.filter(kind="no_objection", withdrawn_at=None).count() == 0
    with pytest.raises(ValidationError, match="retirez-la d’abord"):
        actions.speak(decision, organisation=jardins, agrees=True, actor=bruno, at=now)


def test_nobody_agrees_before_objections_are_asked_for_nor_objects_without_words(group, amina, bruno, jardins, now):
    decision = proposed(group, amina, now)
    with pytest.raises(ValidationError, match="pas encore demandé"):
        actions.speak(decision, organisation=jardins, agrees=True, actor=bruno, at=now)
    with pytest.raises(ValidationError, match="quelques mots"):
        actions.speak(decision, organisation=jardins, text=" ", actor=bruno, at=now)


def test_who_proposes_is_named_answers_questions_and_integrates_objections(
    sign_in, group, amina, bruno, jardins, entraide, now
):
    page = sign_in(bruno)
    sent_form = {"who": f"o{jardins.pk}", "kind": "consent", "title": "Un local", "proposal": "Louer le C."}
    page.post(reverse("groups:propose", args=[group.slug]), sent_form)
    decision = group.decisions.get()
    assert f"proposée par {jardins.name}" in sign_in(amina).get(decision.get_absolute_url()).text
    asked = actions.speak(decision, organisation=entraide, text="Combien ?", actor=amina, at=now)
    url = reverse("groups:settle-statement", args=[group.slug, decision.pk, asked.pk])
    assert f"statement-{asked.pk}" in {line.key for line in waiting_for(bruno, today=timezone.localdate(now))}
    assert "La réponse est notée" in page.post(url, {"answer": "Dix."}, follow=True).text
    for stage in ("clarifications", "reactions"):
        actions.move_on(decision, stage=stage, actor=amina, at=now)
    objected = actions.speak(decision, organisation=entraide, text="Trop loin.", actor=amina, at=now)
    assert sent("objection_made") == [amina.email, bruno.email]
    refused = page.post(
        reverse("groups:settle-statement", args=[group.slug, decision.pk, objected.pk]),
        {"was_integrated": "no", "answer": "Non."},
    )
    assert "seule l’animation du groupe" in refused.text
    actions.settle_statement(
        objected, was_integrated=True, proposal="Louer le A.", answer="Plus près.", actor=bruno, at=now
    )
    decision.refresh_from_db()
    assert decision.proposal == "Louer le A."


def test_the_animation_alone_proposes_in_nobody_s_name(sign_in, group, elsa, amina, bruno, jardins):
    sent_form = {"who": "", "kind": "consent", "title": "Un local", "proposal": "Louer le C."}
    sign_in(amina).post(reverse("groups:propose", args=[group.slug]), sent_form)
    decision = group.decisions.get()
    assert decision.proposer is None
    sign_in(bruno).post(reverse("groups:propose", args=[group.slug]), {**sent_form, "title": "Autre"})
    assert group.decisions.get(title="Autre").proposer == jardins
    assert "proposée le" in sign_in(elsa).get(decision.get_absolute_url()).text
