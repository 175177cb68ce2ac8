"""Word-level differences between two texts, and article by article between two versions."""

import dataclasses
import difflib
import re
from collections import Counter

# An elision keeps its apostrophe (« d’ », « l’ »): cutting there would show half a word as kept.
_WORDS = re.compile(r"\s+|\w+[’']?|[^\w\s]", re.UNICODE)

_SENTENCES = re.compile(r"[^.!?…\n]*[.!?…\n]+\s*|[^.!?…\n]+")
MOST_EFFORT = 1_000_000
"""Pairs of equal words: a third of a second. Without a ceiling, ten thousand words and a page takes half a minute."""

SAME, REMOVED, ADDED = "same", "removed", "added"


def word_differences(before, after):
    """The runs of ``before`` and ``after``, in reading order: a list of (SAME | REMOVED | ADDED, text).

    Words are never cut. The texts come back as they are: escaping is the template's duty. Very long texts are
    compared where they differ alone, by sentences, or not at all: a page never lasts.
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if effort(old, new) <= MOST_EFFORT:
        return _without_islands(_runs(old, new))
    start, end = _shared(old, new)
    rest = old[start : len(old) - end], new[start : len(new) - end]
    for cut in (list, lambda words: _SENTENCES.findall("".join(words)), lambda words: ["".join(words)]):
        pieces = [cut(words) for words in rest]
        if effort(*pieces) <= MOST_EFFORT:
            break
    whole = [(SAME, "".join(old[:start])), *_runs(*pieces), (SAME, "".join(old[len(old) - end :]))]
    return _without_islands([run for run in whole if run[1]])


def effort(old, new):
    """How much work comparing these two lists is: the pairs of equal words."""
    there = Counter(new)
    return sum(number * there[word] for word, number in Counter(old).items())


def _shared(old, new):
    """How many words both begin with, and how many both end with."""
    most = min(len(old), len(new))
    start = next((place for place in range(most) if old[place] != new[place]), most)
    left = most - start
    return start, next((place for place in range(left) if old[-1 - place] != new[-1 - place]), left)


def _runs(old, new):
    runs = []
    for operation, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if operation == "equal":
            runs.append((SAME, "".join(old[i1:i2])))
            continue
        if i2 > i1:
            runs.append((REMOVED, "".join(old[i1:i2])))
        if j2 > j1:
            runs.append((ADDED, "".join(new[j1:j2])))
    return runs


def _without_islands(runs):
    """Join changes that only a space keeps apart: 'a b' → 'c d' reads as one change, not two."""
    joined = []
    for index, (kind, text) in enumerate(runs):
        between = 0 < index < len(runs) - 1
        if kind == SAME and between and not text.strip():
            joined += [(REMOVED, text), (ADDED, text)]
        else:
            joined.append((kind, text))
    ordered, removed, added = [], "", ""
    for kind, text in [*joined, (SAME, "")]:
        if kind == REMOVED:
            removed += text
        elif kind == ADDED:
            added += text
        else:
            ordered += [(k, t) for k, t in ((REMOVED, removed), (ADDED, added), (SAME, text)) if t]
            removed = added = ""
    return ordered


@dataclasses.dataclass(frozen=True)
class ArticleDifference:
    """One article of two versions: ``before`` or ``after`` is None where it does not stand."""

    before: object
    after: object

    @property
    def article(self):
        return self.after or self.before

    @property
    def title(self):
        if self.before is None or self.after is None:
            return [(SAME, self.article.title)]
        return word_differences(self.before.title, self.after.title)

    @property
    def text(self):
        if self.before is None:
            return [(ADDED, self.after.text)]
        if self.after is None:
            return [(REMOVED, self.before.text)]
        return word_differences(self.before.text, self.after.text)

    @property
    def status(self):
        """added, left_out, changed or same."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "left_out"
        same = (self.before.title, self.before.text) == (self.after.title, self.after.text)
        return "same" if same else "changed"


def compare_versions(before, after):
    """Every article of the two lists of articles ``before`` and ``after``, in the order of ``after``; what
    ``after`` left out comes where it stood.
    """
    standing = {article.key: article for article in after if article.treatment != "left_out"}
    former = {article.key: article for article in before if article.treatment != "left_out"}
    rows = []
    for article in before:
        if article.key in former and article.key not in standing:
            rows.append((article.position, 0, ArticleDifference(article, None)))
    for article in standing.values():
        rows.append((article.position, 1, ArticleDifference(former.get(article.key), article)))
    return [difference for *_place, difference in sorted(rows, key=lambda row: row[:2])]


def changed_keys(before, after):
    """The keys under which two versions (dicts of articles by key) do not say the same: those of ``after`` in
    order, then those that went.
    """
    changed = [key for key, article in after.items() if key not in before or not _says_same(before[key], article)]
    return changed + [key for key in before if key not in after]


def _says_same(one, other):
    return all(getattr(one, name) == getattr(other, name) for name in ("kind", "title", "text", "plain_language"))


@dataclasses.dataclass(frozen=True)
class ArticleBesideParent:
    """One article of an adaptation (``own``), the national one (``parent``, None where added), and what differs."""

    own: object
    parent: object

    @property
    def difference(self):
        if self.own.treatment == "left_out":
            return ArticleDifference(self.own, None)
        return ArticleDifference(self.parent or self.own, self.own)


def beside_parent(articles, parent):
    """Each of ``articles`` (of an adaptation) with the article of the same key in the version ``parent``."""
    parents = {article.key: article for article in parent.articles.all()}
    return [ArticleBesideParent(article, parents.get(article.key)) for article in articles]
