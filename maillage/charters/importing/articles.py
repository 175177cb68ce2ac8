"""From paragraphs and headings to the articles of a charter."""

import dataclasses
import re

from django.utils.translation import gettext as _

from . import sniffing
from .blocks import Block, one_line

MOST_ARTICLES = 200
LONGEST_TEXT = 200_000
"""Characters, of a whole text."""
LONGEST_TITLE = 200
UNTITLED = "Texte importé"
"""A title that enters the text is in the language of the text, whatever the one of the page."""

KINDS = (
    ("preamble", r"pr[ée]ambule|introduction|pourquoi|contexte|avant[- ]propos"),
    ("value", r"valeurs?"),
    ("principle", r"principes?"),
    ("commitment", r"engage\w*"),
    (
        "implementation",
        r"mises? en (?:œuvre|oeuvre|pratique)|application|modalit[ée]s?|suivi|[ée]valuation|gouvernance",
    ),
)
"""The parts of a charter, and the words of a heading that announce them; the first that matches wins."""
LINE_AS_HEADING = re.compile(
    r"^(?:(?:article|engagement|principe|valeur|chapitre|titre|partie)\s+(?:n\s?[°º]\s*)?(?:\d+|[IVXLC]+)\b.*"
    r"|pr[ée]ambule|nos (?:valeurs|principes|engagements)|mise en (?:œuvre|oeuvre))\s*:?$",
    re.IGNORECASE,
)


@dataclasses.dataclass(frozen=True)
class ImportedArticle:
    """One future article: ``level`` of its heading in the file (1 to 6), and its ``kind`` as guessed."""

    level: int
    title: str
    text: str
    kind: str


@dataclasses.dataclass(frozen=True)
class ImportedText:
    """What a file gives: its title (or nothing), its articles in order, what was left aside in words for people."""

    title: str
    articles: list
    warnings: list


@dataclasses.dataclass
class _Part:
    """A heading and what stands under it, before the next one."""

    level: int
    title: str
    blocks: list = dataclasses.field(default_factory=list)
    kind: str = ""


def arrange(reading):
    """The `ImportedText` of a reader's `Reading`. Raises FileRefused where there is nothing, or too much."""
    blocks, warnings = reading.blocks, [*reading.warnings, *reading.remarks]
    if not blocks:
        raise sniffing.FileRefused(_("Ce fichier ne contient aucun texte."))
    if not any(block.level and not block.is_title for block in blocks) and _promote(blocks):
        warnings.append(
            _("Ce fichier n’a pas de titres de style « Titre 1 », « Titre 2 » : des lignes courtes en tiennent lieu.")
        )
    title, parts = _split(blocks)
    articles = list(_articles(parts, warnings))
    length = sum(len(article.text) + len(article.title) for article in articles)
    if not articles:
        raise sniffing.FileRefused(_("Ce fichier n’a qu’un titre : il ne contient aucun article."))
    if len(articles) > MOST_ARTICLES or length > LONGEST_TEXT:
        raise sniffing.too_long()
    if len(title) > LONGEST_TITLE:
        warnings.append(_("Titre du document raccourci. Le voici entier : « %(title)s »") % {"title": title})
        title = _cut(title)
    return ImportedText(title, articles, warnings)


def _promote(blocks):
    """Where a file has no heading, make some of the short lines that look like one; says whether it did."""
    found = [block for block in blocks if not block.level and _looks_like_a_heading(block)]
    for block in found:
        block.level = 2
    if found and found[0] is blocks[0] and len(blocks) > 1 and guess(blocks[0].text) != "preamble":
        blocks[0].level = 1
    return bool(found)


def _looks_like_a_heading(block):
    text = block.text
    if len(text) > 120 or "\n" in text or block.is_item or text.endswith((".", ";", ",")):
        return False
    return block.is_bold or bool(LINE_AS_HEADING.match(text)) or (text.isupper() and len(text) > 3)


def _split(blocks):
    """(title of the document, parts). The title is a first heading that no other equals in level."""
    levels = [block.level for block in blocks if block.level]
    title, rest = "", list(blocks)
    first = blocks[0]
    is_alone = first.level and levels.count(first.level) == 1 and first.level == min(levels) and len(levels) > 1
    if (is_alone or first.is_title) and not first.notes:
        title, rest = one_line(first.text), list(blocks[1:])
    parts = []
    for block in rest:
        if block.level:
            parts.append(_Part(block.level, one_line(block.text)))
            parts[-1].blocks += [Block(note) for note in block.notes]
            continue
        if not parts:
            parts.append(_Part(1, "Préambule" if levels else UNTITLED, kind="preamble"))
        parts[-1].blocks.append(block)
    return title, parts


def _articles(parts, warnings):
    above = []
    for number, part in enumerate(parts):
        above = [other for other in above if other.level < part.level]
        own = guess(part.title)
        part.kind = part.kind or next((other.kind for other in reversed(above) if other.kind), "") or own
        following = parts[number + 1] if number + 1 < len(parts) else None
        above.append(part)
        if not part.blocks and following is not None and following.level > part.level:
            warnings.append(
                _("Titre de partie, qui donne sa nature aux articles suivants sans être un article : « %(title)s »")
                % {"title": part.title}
            )
            continue
        text = _text(part.blocks)
        title = part.title
        if len(title) > LONGEST_TITLE:
            text, title = f"{title}\n\n{text}".strip(), _cut(title)
        if not text:
            warnings.append(
                _("Titre sans texte : « %(title)s ». Complétez l’article, ou ne l’importez pas.") % {"title": title}
            )
        yield ImportedArticle(part.level, title, text, part.kind or "commitment")


def _text(blocks):
    """Paragraphs apart by an empty line, items of a list one under the other, footnotes at the end."""
    text, notes, was_item = "", [], False
    for block in blocks:
        text += ("\n" if block.is_item and was_item else "\n\n") + block.text
        notes += block.notes
        was_item = block.is_item
    return "\n\n".join([text.strip("\n"), *notes]).strip("\n")


def _cut(title):
    return title[: LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"


def guess(title):
    """The kind of article that a heading announces, or nothing."""
    return next((kind for kind, words in KINDS if re.search(rf"\b(?:{words})\b", title, re.IGNORECASE)), "")
