"""When the national text moves: an adaptation sees what changed beside its words, and its promoters decide."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from maillage.charters import actions
from maillage.charters.models import Article, NationalChange
from maillage.messaging.models import Message
from tests.factories.charters import ARTICLES, adaptation_draft, adopted, national

pytestmark = pytest.mark.django_db

WHY, TALK, WITH = ARTICLES
SECOND = [
    {**WHY, "text": "Nous choisissons de coopérer. Chaque année."},
    {**WITH, "text": "Nous décidons avec les habitants et les habitantes."},
    {"key": "rendre-compte", "kind": "commitment", "title": "Rendre compte", "text": "Nous rendons compte."},
]
"""`pourquoi` changed, `dialogue` gone, `avec` changed where Les Tilleuls had adapted it, `rendre-compte` new."""


@pytest.fixture
def adaptation(jardins, bruno, elsa, tilleuls, now):
    national(at=now)
    version = adopted(promoter=jardins, actor=elsa, territory=tilleuls, at=now)
    national(articles=SECOND, at=now + datetime.timedelta(days=1))
    return version.adaptation


@pytest.fixture
def draft(adaptation, elsa, now):
    return actions.revise_adaptation(adaptation, actor=elsa, at=now + datetime.timedelta(days=2))


def change(draft, key):
    return NationalChange.objects.get(version=draft, key=key)


def words(draft):
    return {article.key: (article.treatment, article.text) for article in draft.articles.all()}


def test_promoters_are_told_and_the_adopted_text_does_not_move(adaptation, bruno, elsa, amina):
    letters = Message.objects.filter(kind="national_text_changed")
    assert {letter.recipient for letter in letters} == {bruno.email, elsa.email}
    assert adaptation.versions.get().based_on.number == 1


def test_before_any_draft_the_page_shows_what_would_change(sign_in, adaptation, bruno):
    page = sign_in(bruno).get(reverse("charters:national-changes", args=[adaptation.slug])).content.decode()

    assert "Le texte national et vous avez changé la même phrase" in page
    assert "celles et ceux qui vivent aux Tilleuls" in page
    assert "et les habitantes" in page
    assert "Accepter la proposition" not in page, "nothing can be decided without a draft"


def test_a_new_version_lists_every_change_and_moves_no_word(draft):
    assert draft.based_on.number == 2
    assert {change.key for change in draft.national_changes.pending()} == {
        "pourquoi",
        "avec",
        "rendre-compte",
        "dialogue",
    }
    assert words(draft)["pourquoi"] == ("kept", WHY["text"])
    assert "rendre-compte" not in words(draft)


def test_what_meets_nobodys_words_is_accepted_at_once_and_the_conflict_waits(draft, elsa, now):
    assert actions.accept_changes_without_conflict(draft, actor=elsa, at=now) == 3

    assert words(draft)["pourquoi"] == ("kept", SECOND[0]["text"])
    assert words(draft)["rendre-compte"] == ("kept", "Nous rendons compte.")
    assert "dialogue" not in words(draft)
    assert [change.key for change in draft.national_changes.pending()] == ["avec"]


def test_a_new_article_comes_where_the_nation_puts_it(draft, elsa, now):
    actions.accept_change(change(draft, "rendre-compte"), actor=elsa, at=now)

    assert [article.key for article in draft.articles.all()][-1] == "rendre-compte"


def test_keeping_our_words_needs_a_reason_where_there_was_none(draft, elsa, now):
    with pytest.raises(actions.ReasonMissing):
        actions.keep_own_words(change(draft, "pourquoi"), actor=elsa, at=now)

    actions.keep_own_words(change(draft, "pourquoi"), actor=elsa, at=now, reason="Une année est trop court.")
    assert words(draft)["pourquoi"] == ("adapted", WHY["text"])
    assert words(draft)["avec"][0] == "adapted"


def test_an_article_that_the_nation_dropped_can_stay_as_ours(draft, elsa, now):
    actions.keep_own_words(change(draft, "dialogue"), actor=elsa, at=now)

    assert words(draft)["dialogue"] == ("added", TALK["text"])


def test_a_new_article_can_be_left_out_visibly(draft, elsa, now):
    actions.keep_own_words(change(draft, "rendre-compte"), actor=elsa, at=now, reason="Déjà fait ailleurs.")

    assert words(draft)["rendre-compte"] == ("left_out", "Nous rendons compte.")


def test_a_conflict_is_rewritten(draft, elsa, now):
    words_of_ours = {"title": WITH["title"], "text": "Avec toutes et tous.", "actor": elsa, "at": now}
    with pytest.raises(actions.ReasonMissing):
        actions.rewrite_change(change(draft, "avec"), **words_of_ours)
    actions.rewrite_change(change(draft, "avec"), reason="C’est ici que nous vivons.", **words_of_ours)

    assert words(draft)["avec"] == ("adapted", "Avec toutes et tous.")
    assert draft.articles.get(key="avec").reason == "C’est ici que nous vivons."


def test_taking_the_national_words_ends_the_adaptation_of_the_article(draft, elsa, now):
    actions.accept_change(change(draft, "avec"), actor=elsa, at=now)

    assert words(draft)["avec"] == ("kept", SECOND[1]["text"])


def test_a_change_is_decided_once(draft, elsa, now):
    actions.accept_change(change(draft, "pourquoi"), actor=elsa, at=now)

    with pytest.raises(actions.AlreadyDecided):
        actions.keep_own_words(change(draft, "pourquoi"), actor=elsa, at=now, reason="Non.")


def test_only_promoters_decide(draft, amina, fatou, now):
    for person in (amina, fatou):
        with pytest.raises(PermissionDenied):
            actions.accept_change(change(draft, "pourquoi"), actor=person, at=now)


def test_an_article_waits_for_the_decision_before_anything_else(draft, elsa, now):
    article = draft.articles.get(key="pourquoi")
    with pytest.raises(actions.texts.ValidationError):
        actions.change_article(article, actor=elsa, at=now, treatment="adapted", text="Autre", reason="Ici.")


def test_adopting_waits_for_every_decision(draft, elsa, now):
    at = now + datetime.timedelta(days=3)
    actions.open_to_remarks(draft, until=timezone.localdate(at) + datetime.timedelta(days=9), actor=elsa, at=at)
    decision = {
        "adopted_on": timezone.localdate(at),
        "adopted_by": "réunion",
        "signatures_needed": 1,
        "review_on": timezone.localdate(at) + datetime.timedelta(days=300),
        "actor": elsa,
        "at": at,
    }
    with pytest.raises(actions.NotReadyForAdoption):
        actions.adopt_adaptation(draft, **decision)

    actions.accept_changes_without_conflict(draft, actor=elsa, at=at)
    actions.accept_change(change(draft, "avec"), actor=elsa, at=at)
    assert actions.adopt_adaptation(draft, **decision).is_open_for_signature


def test_a_draft_in_progress_follows_when_its_promoters_say_so(jardins, elsa, tilleuls, now):
    national(at=now)
    draft = adaptation_draft(promoter=jardins, actor=elsa, territory=tilleuls, at=now)
    national(articles=SECOND, at=now)
    assert draft.based_on.number == 1

    assert actions.bring_national_changes(draft, actor=elsa, at=now) == 4
    with pytest.raises(actions.NothingToBring):
        actions.bring_national_changes(draft, actor=elsa, at=now)


def test_two_national_versions_in_a_row_are_decided_against_the_words_first_adapted(draft, elsa, now):
    actions.accept_change(change(draft, "rendre-compte"), actor=elsa, at=now)
    third = [{**SECOND[0], "text": "Nous choisissons."}, SECOND[1], SECOND[2]]
    national(articles=third, at=now + datetime.timedelta(days=3))
    actions.bring_national_changes(draft, actor=elsa, at=now + datetime.timedelta(days=4))

    still = change(draft, "pourquoi")
    assert (still.before.text, still.after.text) == (WHY["text"], "Nous choisissons.")
    assert change(draft, "rendre-compte").decision == "accepted", "what was decided and did not change again stays so"


def test_the_promoters_decide_on_the_page(sign_in, draft, bruno):
    client, slug = sign_in(bruno), draft.adaptation.slug
    page = reverse("charters:national-changes", args=[slug])
    assert "4 articles attendent votre décision" in client.get(page).content.decode()

    client.post(reverse("charters:accept-all-changes", args=[slug]))
    assert "1 article attend votre décision" in client.get(page).content.decode()
    form = client.get(reverse("charters:rewrite-change", args=[slug, "avec"])).content.decode()
    assert "celles et ceux qui vivent aux Tilleuls" in form
    client.post(
        reverse("charters:rewrite-change", args=[slug, "avec"]),
        {"title": "Avec", "text": "Toutes et tous.", "plain_language": "", "reason": "Nos mots."},
    )
    assert "Tout est décidé" in client.get(page).content.decode()


def test_a_missing_reason_is_asked_and_nothing_is_decided(sign_in, draft, bruno):
    client, slug = sign_in(bruno), draft.adaptation.slug
    keep = reverse("charters:keep-own-words", args=[slug, "pourquoi"])

    asked = client.post(keep)
    assert asked.status_code == 409
    assert "Pourquoi cet article s’écarte-t-il du texte national" in asked.content.decode()
    assert change(draft, "pourquoi").decided_at is None
    client.post(keep, {"reason": "Une année est trop court."})
    assert change(draft, "pourquoi").decision == "kept"


def test_a_summary_left_behind_is_flagged_until_somebody_looks(draft, elsa, sign_in, now):
    article = draft.articles.get(key="avec")
    Article.objects.filter(pk=article.pk).update(plain_language="Avec vous.")
    actions.accept_change(change(draft, "avec"), actor=elsa, at=now)
    article = actions.change_article(
        draft.articles.get(key="avec"),
        actor=elsa,
        at=now,
        treatment="adapted",
        text="Autrement.",
        reason="Ici.",
        plain_language="Avec vous.",
    )
    assert not article.plain_language_is_behind, "a summary written with the words is with them"

    article = actions.change_article(article, actor=elsa, at=now, text="Tout autrement.")
    assert article.plain_language_is_behind
    client, slug = sign_in(elsa), draft.adaptation.slug
    edit = reverse("charters:workshop-edit-article", args=[slug, "avec"])
    assert "Il est toujours juste" in client.get(edit).content.decode()
    client.post(reverse("charters:workshop-plain-language", args=[slug, "avec"]))
    assert not draft.articles.get(key="avec").plain_language_is_behind
