"""What amendments would make of an article that has moved: pure functions."""

import dataclasses

import pytest

from maillage.charters.merging import Conflict
from maillage.drafting.models import Amendment
from maillage.drafting.proposals import gathered_words, merged_words


@dataclasses.dataclass
class Words:
    title: str
    text: str
    treatment: str = ""


BASE = Words("Titre", "Un.\r\nDeux. Trois.")


def change(text, title="Titre"):
    return Amendment(kind="change", base_title="Titre", base_text=BASE.text, title=title, text=text)


def test_words_that_have_not_moved_are_taken_as_they_are():
    assert merged_words(change("Un.\nDeux ! Trois."), BASE) == {"title": "Titre", "text": "Un.\nDeux ! Trois."}


def test_both_changes_stand_where_they_do_not_meet():
    now = Words("Autre titre", "Un.\nDeux. Trois et demi.")
    merged = merged_words(change("Un.\nDeux fois. Trois."), now)
    assert merged == {"title": "Autre titre", "text": "Un.\nDeux fois. Trois et demi."}


def test_one_sentence_changed_twice_is_for_people():
    with pytest.raises(Conflict):
        merged_words(change("Un.\nDeux fois. Trois."), Words("Titre", "Un.\nDeux ou plus. Trois."))


def test_as_many_as_do_not_meet_are_gathered_and_the_others_named():
    first, second, third = change("Un.\nDeux fois. Trois."), change("Un.\nDeux. Trois !"), change("Un.\nPeu. Trois.")
    words, left = gathered_words([first, second, third], BASE)
    assert words["text"] == "Un.\nDeux fois. Trois !"
    assert [id(one) for one in left] == [id(third)]
