"""What the readers have in common: paragraphs and headings in reading order, with what was left aside."""

import collections
import dataclasses
import re

from django.utils.translation import gettext as _

WORD = re.compile(r"\w+", re.UNICODE)


@dataclasses.dataclass
class Block:
    """A paragraph, a list item, a table; or a heading, if ``level`` is 1 to 6."""

    text: str
    level: int = 0
    is_bold: bool = False
    """Wholly in bold: in a file without headings, it stands for one."""
    notes: list = dataclasses.field(default_factory=list)
    """Its footnotes, to be kept under the article where they are called."""
    is_title: bool = False
    """A heading that its file calls the title of the whole document."""
    is_item: bool = False
    """Of a list: it stands right under the item before."""


@dataclasses.dataclass
class Reading:
    """What a reader found: blocks, and sentences for people.

    ``warnings`` hold the words that were left aside; ``remarks`` speak of what is elsewhere, or has no words.
    """

    blocks: list
    warnings: list = dataclasses.field(default_factory=list)
    remarks: list = dataclasses.field(default_factory=list)


def words(text):
    return collections.Counter(WORD.findall(text.casefold()))


def missing(paragraphs, kept):
    """Those of ``paragraphs`` (texts of the file) whose words are not all in the text ``kept``."""
    remaining = words(kept)
    lost = []
    for paragraph in paragraphs:
        wanted = words(paragraph)
        if all(remaining[word] >= number for word, number in wanted.items()):
            remaining.subtract(wanted)
        else:
            lost.append(paragraph)
    return lost


def add_what_is_missing(reading, paragraphs):
    """Name in a warning every paragraph of the file that no block holds: nothing is lost without a word."""
    kept = "\n".join("\n".join([block.text, *block.notes]) for block in reading.blocks)
    for paragraph in missing(paragraphs, kept + "\n" + "\n".join(reading.warnings)):
        reading.warnings.append(_("Passage non repris : « %(text)s »") % {"text": one_line(paragraph)})
    return reading


def one_line(text):
    return " ".join(text.split())
