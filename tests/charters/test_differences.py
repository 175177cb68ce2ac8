"""What differs between two texts, word by word."""

import pytest

from maillage.charters.differences import word_differences


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("le quartier", "le quartier", [("same", "le quartier")]),
        ("", "neuf", [("added", "neuf")]),
        ("ancien", "", [("removed", "ancien")]),
        (
            "avec les habitants du quartier",
            "avec celles et ceux du quartier",
            [("same", "avec "), ("removed", "les habitants"), ("added", "celles et ceux"), ("same", " du quartier")],
        ),
        (
            "avant d’agir, et",
            "avant et pendant l’action, et",
            [("same", "avant "), ("removed", "d’agir"), ("added", "et pendant l’action"), ("same", ", et")],
        ),
        ("une fois", "une fois, deux fois", [("same", "une fois"), ("added", ", deux fois")]),
    ],
)
def test_words_are_never_cut(before, after, expected):
    assert word_differences(before, after) == expected


@pytest.mark.parametrize("before", ["a b  c\nd", "l’eau, l’air : tout !", "<script>alert(1)</script>", "é" * 50])
@pytest.mark.parametrize("after", ["a b c d", "l’eau et l’air", "", "x <b>y</b>"])
def test_both_texts_can_be_read_back(before, after):
    runs = word_differences(before, after)
    assert "".join(text for kind, text in runs if kind != "added") == before
    assert "".join(text for kind, text in runs if kind != "removed") == after
