"""Deciding together: by consent, by vote, noted; read again later."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from maillage.groups import actions
from maillage.groups.models import Decision, Vote, VoteOption
from maillage.groups.queries import waiting_for
from maillage.messaging.models import Message
from tests.factories.groups import ResidentSeatFactory
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db


def proposed(group, actor, at, **fields):
    given = {"kind": "consent", "title": "Un local partagé", "proposal": "Louer le rez-de-chaussée du C."}
    return actions.open_decision(group, actor=actor, at=at, **{**given, **fields})


def voted(group, actor, at, **fields):
    day = timezone.localdate(at) + datetime.timedelta(days=5)
    return proposed(group, actor, at, kind="vote", closes_on=day, **fields)


def test_a_proposal_goes_by_consent_from_questions_to_a_decision(sign_in, group, amina, bruno, jardins):
    page = sign_in(amina)
    answer = page.post(
        reverse("groups:propose", args=[group.slug]),
        {"kind": "consent", "title": "Un local", "proposal": "Louer le rez-de-chaussée du C."},
        follow=True,
    )
    assert "La proposition est devant le groupe." in answer.text
    decision = Decision.objects.get()
    where = {"slug": group.slug, "pk": decision.pk}

    def url(name, **more):
        return reverse(f"groups:{name}", kwargs={**where, **more})

    page.post(url("move-on"), {"stage": "clarifications"})
    page.post(url("move-on"), {"stage": "reactions"})
    sign_in(bruno).post(url("speak"), {"who": f"o{jardins.pk}", "text": "Pas sans ascenseur."})
    assert Message.objects.filter(kind="objection_made", recipient=amina.email).exists()
    refused = page.post(url("decide"), {"outcome": "adopted", "words": ""}, follow=True)
    assert "Une objection tient encore" in refused.text
    statement = decision.statements.get()
    refused = page.post(url("settle-statement", statement=statement.pk), {"was_integrated": "yes", "answer": "Oui"})
    assert "écrivez-la à nouveau" in refused.text
    page.post(
        url("settle-statement", statement=statement.pk),
        {
            "was_integrated": "yes",
            "answer": "On ajoute.",
            "proposal": "Louer le rez-de-chaussée du C, avec ascenseur.",
        },
    )
    page.post(url("decide"), {"outcome": "adopted", "words": "On loue."})
    shown = sign_in(bruno).get(decision.get_absolute_url()).text
    assert "adoptée" in shown
    assert ", avec ascenseur" in shown.partition("<ins>")[2].partition("</ins>")[0]
    assert "On ajoute." in shown
    assert Message.objects.filter(kind="decided").count() == 2


def test_moving_on_twice_moves_once(group, amina, now):
    decision = proposed(group, amina, now)
    for _ in range(2):
        actions.move_on(decision, stage="clarifications", actor=amina, at=now)
    decision.refresh_from_db()
    assert decision.stage == "reactions"


def test_nothing_is_adopted_before_objections_were_asked(group, amina, now):
    with pytest.raises(ValidationError, match="pas encore demandé"):
        actions.decide(proposed(group, amina, now), outcome="adopted", words="", actor=amina, at=now)


def test_a_resident_objects_and_may_take_it_back(group, amina, chloe, now):
    seat = ResidentSeatFactory(group=group, user=chloe)
    decision = proposed(group, amina, now)
    for stage in ("clarifications", "reactions"):
        actions.move_on(decision, stage=stage, actor=amina, at=now)
    statement = actions.speak(decision, seat=seat, text="Trop loin.", actor=chloe, at=now)
    with pytest.raises(PermissionDenied):
        actions.withdraw_statement(statement, actor=amina, at=now)
    actions.withdraw_statement(statement, actor=chloe, at=now)
    assert actions.decide(decision, outcome="adopted", words="", actor=amina, at=now).outcome == "adopted"


def test_an_open_vote_may_change_and_counts_once(group, amina, bruno, entraide, jardins, now, clock):
    decision = voted(group, amina, now)
    pour, contre, _abstention = decision.options.all()
    actions.cast_vote(decision, organisation=entraide, option=contre, actor=amina, at=now)
    actions.cast_vote(decision, organisation=entraide, option=pour, actor=amina, at=now)
    actions.cast_vote(decision, organisation=jardins, option=pour, actor=bruno, at=now)
    closed = actions.close_vote(decision, actor=amina, at=now)
    assert closed.outcome == "adopted"
    assert [count for _option, count in actions.count_voices(closed)] == [2, 0, 0]


def test_a_secret_vote_keeps_no_trace_of_who_said_what(sign_in, group, amina, bruno, entraide, jardins, now):
    decision = voted(group, amina, now, is_secret=True, options=["Le mardi", "Le jeudi"])
    first, second = decision.options.all()[:2]
    actions.cast_vote(decision, organisation=entraide, option=first, actor=amina, at=now)
    actions.cast_vote(decision, organisation=jardins, option=first, actor=bruno, at=now)
    with pytest.raises(actions.AlreadyVoted):
        actions.cast_vote(decision, organisation=jardins, option=second, actor=bruno, at=now)
    assert set(Vote.objects.values_list("option", flat=True)) == {None}
    assert VoteOption.objects.get(pk=first.pk).secret_count == 2
    # Not a word of the result before it is closed.
    page = sign_in(amina).get(decision.get_absolute_url()).text
    assert "Ont voté : 2 sur 2" in page.replace("\xa0", " ")
    assert "Les voix</h2>" not in page
    assert actions.close_vote(decision, actor=amina, at=now).closing_words == "Le mardi"


def test_the_quorum_is_the_one_of_the_day_when_the_vote_opened(group, amina, entraide, now, clock):
    actions.edit_group(group, quorum=2, actor=amina, at=now)
    group.refresh_from_db()
    decision = voted(group, amina, now)
    actions.edit_group(group, quorum=1, actor=amina, at=now)
    actions.cast_vote(decision, organisation=entraide, option=decision.options.first(), actor=amina, at=now)
    assert actions.follow_votes(at=clock.advance(days=4)) == 0
    assert actions.follow_votes(at=clock.advance(days=2)) == 1
    decision.refresh_from_db()
    assert decision.outcome == "no_quorum"
    assert actions.follow_votes(at=clock.advance(days=1)) == 0


def test_a_tie_is_not_adopted(group, amina, bruno, entraide, jardins, now):
    decision = voted(group, amina, now)
    pour, contre, _abstention = decision.options.all()
    actions.cast_vote(decision, organisation=entraide, option=pour, actor=amina, at=now)
    actions.cast_vote(decision, organisation=jardins, option=contre, actor=bruno, at=now)
    assert actions.close_vote(decision, actor=amina, at=now).outcome == "rejected"


def test_a_vote_is_not_counted_early_unless_everybody_has_voted(group, amina, entraide, now):
    decision = voted(group, amina, now)
    actions.cast_vote(decision, organisation=entraide, option=decision.options.first(), actor=amina, at=now)
    with pytest.raises(ValidationError, match="Tout le monde n’a pas voté"):
        actions.close_vote(decision, actor=amina, at=now)


def test_the_voice_of_who_left_does_not_stand_for_a_silent_member(group, amina, bruno, entraide, jardins, now):
    group.members.create(organisation=OrganisationFactory(), since=timezone.localdate(now))
    decision = voted(group, amina, now)
    pour = decision.options.first()
    actions.cast_vote(decision, organisation=entraide, option=pour, actor=amina, at=now)
    actions.cast_vote(decision, organisation=jardins, option=pour, actor=bruno, at=now)
    actions.end_member(group.members.get(organisation=jardins), actor=bruno, at=now)
    with pytest.raises(ValidationError, match="Tout le monde"):
        actions.close_vote(decision, actor=amina, at=now)


def test_who_has_not_voted_is_written_to_two_days_before(group, amina, bruno, entraide, clock):
    decision = voted(group, amina, clock.moment)
    actions.cast_vote(decision, organisation=entraide, option=decision.options.first(), actor=amina, at=clock.moment)
    for _ in range(5):
        actions.follow_votes(at=clock.advance(days=1))
    assert [m.recipient for m in Message.objects.filter(kind="vote_closes_soon")] == [bruno.email]


def test_nobody_votes_for_an_association_that_is_not_theirs(group, bruno, amina, entraide, now):
    decision = voted(group, amina, now)
    with pytest.raises(PermissionDenied):
        actions.cast_vote(decision, organisation=entraide, option=decision.options.first(), actor=bruno, at=now)


def test_the_log_is_searched_without_accents_and_taken_away(sign_in, group, amina, now):
    actions.note_decision(group, title="Fête d’été", text="Le 12 juin.", actor=amina, at=now)
    actions.note_decision(group, title="Salle du mercredi", text="=1+1", actor=amina, at=now)
    url = reverse("groups:decisions", args=[group.slug])
    found = sign_in(amina).get(url, {"q": "FETE ete"}).text
    assert "Fête d’été" in found
    assert "Salle du mercredi" not in found
    assert "Aucune décision ne répond" in sign_in(amina).get(url, {"q": "rien de tel"}).text
    taken = b"".join(
        sign_in(amina).get(reverse("groups:decisions-csv", args=[group.slug])).streaming_content
    ).decode()
    assert "'=1+1" in taken


def test_a_partner_reads_what_is_shared_and_not_what_was_said(sign_in, group, amina, fatou, jardins, bruno, now):
    decision = proposed(group, amina, now)
    actions.speak(decision, organisation=jardins, text="Que dira la préfecture ?", actor=bruno, at=now)
    actions.decide(decision, outcome="set_aside", words="Pas cette année.", actor=amina, at=now)
    assert sign_in(fatou).get(decision.get_absolute_url()).status_code == 404
    actions.share_decision(decision, shared=True, actor=amina, at=now)
    page = sign_in(fatou).get(decision.get_absolute_url()).text
    assert "Pas cette année." in page
    assert "Que dira la préfecture" not in page
    assert decision.title in sign_in(fatou).get(reverse("groups:decisions", args=[group.slug])).text


def test_a_decision_replaces_another_only_once_adopted(sign_in, group, amina, now):
    first = actions.note_decision(group, title="Le mardi", text="Tous les mardis.", actor=amina, at=now)
    second = proposed(group, amina, now, title="Le jeudi", replaces=first)
    log = reverse("groups:decisions", args=[group.slug])
    assert "remplacée" not in sign_in(amina).get(log).text
    for stage in ("clarifications", "reactions"):
        actions.move_on(second, stage=stage, actor=amina, at=now)
    actions.decide(second, outcome="adopted", words="", actor=amina, at=now)
    assert "remplacée" in sign_in(amina).get(log).text
    assert "Le jeudi" in sign_in(amina).get(first.get_absolute_url()).text


def test_what_waits_says_the_vote_until_one_s_association_has_voted(group, amina, entraide, now):
    decision = voted(group, amina, now)
    today = timezone.localdate(now)
    assert decision.title in {line.title for line in waiting_for(amina, today=today)}
    actions.cast_vote(decision, organisation=entraide, option=decision.options.first(), actor=amina, at=now)
    assert decision.title not in {line.title for line in waiting_for(amina, today=today)}


def test_what_waits_says_a_proposal_again_at_each_stage(group, amina, bruno, jardins, now):
    decision, today = proposed(group, amina, now), timezone.localdate(now)
    asked = actions.speak(decision, organisation=jardins, text="Combien ?", actor=bruno, at=now)
    assert decision.title not in {line.title for line in waiting_for(bruno, today=today)}
    actions.settle_statement(asked, answer="Dix.", actor=amina, at=now)
    actions.move_on(decision, stage="clarifications", actor=amina, at=now)
    assert decision.title in {line.title for line in waiting_for(bruno, today=today)}


def test_the_log_costs_the_same_for_one_and_three(sign_in, group, amina, now):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost():
        client = sign_in(amina)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("groups:decisions", args=[group.slug]))
        return len(queries)

    actions.note_decision(group, title="Un", text="Un.", actor=amina, at=now)
    once = cost()
    for number in range(2):
        actions.note_decision(group, title=f"N{number}", text="Deux.", actor=amina, at=now)
    assert cost() == once


def test_a_vote_has_two_answers_at_least(group, amina, now):
    with pytest.raises(ValidationError, match="de deux à huit"):
        voted(group, amina, now, options=["Seule"])
    with pytest.raises(ValidationError, match="dernier jour"):
        proposed(group, amina, now, kind="vote")
