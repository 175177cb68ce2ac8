"""Three-way merge: what the national text changed, beside what a territory had already changed. Pure functions.

`before` is the national article that the adaptation was based on, `after` the new one, `own` the adaptation's.
The unit is the sentence: where both sides touched one sentence, or the same place, nobody but the promoters can
say what it should be, and `Proposal.is_conflict` says so.
"""

import dataclasses
import difflib
import re

from .differences import MOST_EFFORT, effort

_SENTENCES = re.compile(r"\n\s*|[^.!?…\n]*[.!?…]+(?:\s?[»\"’)])*|[^.!?…\n]+")


class Conflict(Exception):
    """Both sides changed the same words."""


def sentences(text):
    """``text`` cut after each sentence, without the spaces between; an end of line is a piece of its own."""
    pieces = (piece if piece.startswith("\n") else piece.strip() for piece in _SENTENCES.findall(text))
    return [piece for piece in pieces if piece]


def joined(pieces):
    """What `sentences` cut, as a text: one space between two sentences, none around an end of line."""
    text = ""
    for piece in pieces:
        is_glued = not text or text[-1].isspace() or piece.startswith("\n")
        text += piece if is_glued else f" {piece}"
    return text


def merge_texts(before, own, after):
    """``before`` with the changes of both ``own`` and ``after``. Raises Conflict where they meet."""
    if own == after or after == before:
        return own
    if own == before:
        return after
    base = sentences(before)
    ours, theirs = _changes(base, sentences(own)), _changes(base, sentences(after))
    merged, place = [], 0
    for start, end, words in _woven(ours, theirs):
        merged += base[place:start]
        merged += words
        place = end
    return joined(merged + base[place:])


def _changes(base, other):
    """What ``other`` replaces in ``base``: a list of (start, end, sentences), in order."""
    if effort(base, other) > MOST_EFFORT:
        # Thousands of times the same sentence: people decide, the page answers.
        raise Conflict
    changes = []
    for what, i1, i2, j1, j2 in difflib.SequenceMatcher(None, base, other, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        if i2 - i1 == j2 - j1:
            # As many sentences on both sides: each is a change of its own, which may be nobody else's.
            changes += [(i1 + n, i1 + n + 1, [other[j1 + n]]) for n in range(i2 - i1)]
        else:
            changes.append((i1, i2, other[j1:j2]))
    return changes


def _woven(ours, theirs):
    changes = sorted(ours + theirs, key=lambda change: change[:2])
    kept = []
    for change in changes:
        if kept and change == kept[-1]:
            continue
        if kept and _meet(kept[-1], change):
            raise Conflict
        kept.append(change)
    return kept


def _meet(one, other):
    """Whether two changes concern the same words, or add sentences at one place: these have no order of their own.

    Sentences added beside one that the other side only rewrote do: before it, or after it.
    """
    if other[0] != one[1]:
        return other[0] < one[1]
    adds = [start == end for start, end, _words in (one, other)]
    rewrites = [end - start == len(words) for start, end, words in (one, other)]
    return any(adds) and not any(rewrites)


CHANGED, ADDED, REMOVED = "changed", "added", "removed"


@dataclasses.dataclass(frozen=True)
class Proposal:
    """What could become of one article. ``article`` holds the fields to write, and is None where it would go.

    ``situation``: CHANGED, ADDED or REMOVED, by the national text. In a conflict the proposal is the national side.
    """

    situation: str
    treatment: str
    article: dict | None
    is_conflict: bool = False


FIELDS = ("kind", "title", "text", "plain_language")


def propose(before, own, after):
    """The `Proposal` for one article that differs between ``before`` and ``after`` (either may be None).

    ``own`` is the row of the adaptation, or None where it has none.
    """
    if after is None:
        return _proposal_without(own)
    if before is None or own is None:
        taken = own is not None and not _same(own, after)
        return Proposal(ADDED, "kept", _words(after), is_conflict=taken)
    if own.treatment == "left_out":
        return Proposal(CHANGED, "left_out", _words(after))
    if own.treatment == "kept":
        return Proposal(CHANGED, "kept", _words(after))
    try:
        merged = _words(after) | {
            "title": merge_texts(before.title, own.title, after.title),
            "text": merge_texts(before.text, own.text, after.text),
        }
    except Conflict:
        return Proposal(CHANGED, "kept", _words(after), is_conflict=True)
    if own.plain_language != before.plain_language:
        merged["plain_language"] = own.plain_language
    is_national = (merged["title"], merged["text"]) == (after.title, after.text)
    return Proposal(CHANGED, "kept" if is_national else "adapted", merged)


def _proposal_without(own):
    """The national text dropped the article: so may the adaptation, unless it had made it its own."""
    is_own = own is not None and own.treatment in {"adapted", "added"}
    return Proposal(REMOVED, "", None, is_conflict=is_own)


def _words(article):
    return {name: getattr(article, name) for name in FIELDS}


def _same(one, other):
    return (one.title, one.text) == (other.title, other.text)
