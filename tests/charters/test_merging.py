"""Three-way merge of texts: pure functions."""

import types

import pytest

from maillage.charters import merging
from maillage.charters.merging import Conflict, joined, merge_texts, propose, sentences

BASE = "Nous nous réunissons. Nous tenons un agenda. Nous décidons ensemble."


def article(text, *, treatment="", title="Titre", plain=""):
    return types.SimpleNamespace(kind="principle", title=title, text=text, plain_language=plain, treatment=treatment)


@pytest.mark.parametrize(
    "text",
    [
        BASE,
        "",
        "Sans point",
        "Une liste :\n- un\n- deux\n\nFin. Ou presque",
        "« Oui ! » dit-elle. Alors ? Rien…",
        "Elle coûte 3,5 €. Point.",
    ],
)
def test_cutting_a_text_in_sentences_loses_nothing(text):
    assert joined(sentences(text)) == text


def test_changes_in_different_sentences_are_both_kept():
    own = BASE.replace("Nous nous réunissons.", "Nous nous réunissons chaque mois.")
    after = BASE.replace("Nous décidons ensemble.", "Nous décidons avec les habitants.")

    assert merge_texts(BASE, own, after) == (
        "Nous nous réunissons chaque mois. Nous tenons un agenda. Nous décidons avec les habitants."
    )


def test_a_sentence_that_both_changed_is_a_conflict():
    own = BASE.replace("un agenda", "un agenda affiché")
    after = BASE.replace("un agenda", "un agenda public")

    with pytest.raises(Conflict):
        merge_texts(BASE, own, after)


def test_sentences_that_both_add_at_one_place_are_a_conflict():
    with pytest.raises(Conflict):
        merge_texts(BASE, BASE + " Ici aussi.", BASE + " Partout.")


def test_a_sentence_added_beside_one_that_the_other_side_rewrote_is_kept_with_it():
    own = BASE.replace("Nous tenons un agenda.", "Nous tenons un agenda. Il est affiché.")

    after = BASE.replace("un agenda", "un calendrier")
    assert "Nous tenons un calendrier. Il est affiché. Nous décidons" in merge_texts(BASE, own, after)
    after = BASE.replace("ensemble", "à voix égales")
    assert "un agenda. Il est affiché. Nous décidons à voix égales." in merge_texts(BASE, own, after)


def test_a_sentence_added_at_the_end_leaves_the_one_before_alone():
    own = BASE.replace("ensemble", "à voix égales")

    assert merge_texts(BASE, own, BASE + " Chaque mois.").endswith("Nous décidons à voix égales. Chaque mois.")


def test_one_side_that_removes_what_the_other_changed_is_a_conflict():
    with pytest.raises(Conflict):
        merge_texts(BASE, BASE.replace("Nous tenons un agenda. ", ""), BASE.replace("un agenda", "un planning"))


def test_two_sentences_side_by_side_each_keep_their_change():
    own = BASE.replace("un agenda", "un agenda affiché")
    after = BASE.replace("ensemble", "à voix égales")

    assert (
        merge_texts(BASE, own, after)
        == "Nous nous réunissons. Nous tenons un agenda affiché. Nous décidons à voix égales."
    )


def test_the_same_change_on_both_sides_is_no_conflict():
    both = BASE.replace("un agenda", "un agenda partagé")

    assert merge_texts(BASE, both, both) == both


def test_one_same_change_and_one_of_ours_are_both_kept():
    both = BASE.replace("un agenda", "un agenda partagé")
    own = both.replace("Nous nous réunissons.", "Nous mangeons.")

    assert merge_texts(BASE, own, both) == own


def test_a_kept_article_is_proposed_the_new_words():
    proposal = propose(article("Avant."), article("Avant.", treatment="kept"), article("Après."))

    assert (proposal.treatment, proposal.article["text"], proposal.is_conflict) == ("kept", "Après.", False)


def test_an_adapted_article_is_proposed_both_changes_and_keeps_its_plain_summary():
    own = article(BASE.replace("Nous nous réunissons.", "Nous mangeons."), treatment="adapted", plain="Les nôtres")
    proposal = propose(article(BASE), own, article(BASE.replace("ensemble", "à voix égales"), plain="Nationale"))

    assert proposal.article["text"] == "Nous mangeons. Nous tenons un agenda. Nous décidons à voix égales."
    assert proposal.article["plain_language"] == "Les nôtres"
    assert proposal.treatment == "adapted"


def test_an_adapted_article_that_the_nation_now_says_alike_is_kept():
    own = article("Nous mangeons.", treatment="adapted")

    assert propose(article("Avant."), own, article("Nous mangeons.")).treatment == "kept"


def test_an_article_left_out_stays_left_out():
    proposal = propose(article("Avant."), article("Avant.", treatment="left_out"), article("Après."))

    assert (proposal.treatment, proposal.article["text"], proposal.is_conflict) == ("left_out", "Après.", False)


def test_an_article_that_the_nation_drops_goes_unless_it_was_adapted():
    kept = propose(article("Avant."), article("Avant.", treatment="kept"), None)
    adapted = propose(article("Avant."), article("Ici.", treatment="adapted"), None)

    assert (kept.situation, kept.article, kept.is_conflict) == (merging.REMOVED, None, False)
    assert adapted.is_conflict


def test_a_new_national_article_under_the_key_of_one_of_ours_is_a_conflict():
    assert propose(None, article("Le nôtre.", treatment="added"), article("Le leur.")).is_conflict
    assert not propose(None, None, article("Le leur.")).is_conflict
