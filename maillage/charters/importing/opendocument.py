"""OpenDocument texts (.odt), opened by odfdo; its elements are walked one by one, none is skipped in silence."""

from django.utils.translation import gettext as _
from lxml.etree import LxmlError
from odfdo import Document

from . import sniffing
from .articles import LONGEST_TEXT
from .blocks import Block, Reading, add_what_is_missing, one_line
from .packages import Package

BROKEN = (KeyError, ValueError, TypeError, AttributeError, IndexError, RecursionError, OSError, LxmlError)
MACROS = ("basic/", "scripts/")
BOLD = {"strong_20_emphasis", "strong", "bold"}
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
INDEXES = {
    f"text:{name}"
    for name in (
        "table-of-content",
        "illustration-index",
        "table-index",
        "object-index",
        "user-index",
        "alphabetical-index",
        "bibliography",
    )
}
TECHNICAL = {
    "text:sequence-decls",
    "office:forms",
    "text:variable-decls",
    "text:user-field-decls",
    "text:index-source",
}
PARAGRAPHS = ("}p", "}h")
SPACES = ("}s", "}tab", "}line-break")
UNSEEN = ("}note-citation", "}creator", "}date", "}date-string", "}sender-initials")
"""Words that the file holds beside a paragraph's own: the number of a note, who made a comment and when."""


def read(content):
    package = Package(content)
    if any(name.lower().startswith(MACROS) for name in package.names):
        raise sniffing.with_macros()
    _refuse_a_password(package)
    try:
        body = Document(package.for_reading()).body
        text = body.text_recursive
        walker = _Walker(_automatic_styles(package.xml["content.xml"]))
        if len(text) <= LONGEST_TEXT:
            walker.walk(body)
    except BROKEN as error:
        raise sniffing.broken() from error
    if len(text) > LONGEST_TEXT:
        raise sniffing.too_long()
    if any(name.startswith("Object ") or name.startswith("ObjectReplacements/") for name in package.names):
        walker.remarks.append(_("Objet incorporé ignoré (tableur, dessin, autre fichier)."))
    walker.warnings += _headers_and_footers(package)
    reading = Reading(walker.blocks, walker.warnings, walker.remarks)
    return add_what_is_missing(reading, list(_raw_paragraphs(package.xml["content.xml"])))


def _refuse_a_password(package):
    manifest = package.xml.get("META-INF/manifest.xml")
    if manifest is None or "content.xml" not in package.xml:
        raise sniffing.broken()
    if any(element.tag.endswith("}encryption-data") for element in manifest.iter()):
        raise sniffing.protected()


def _headers_and_footers(package):
    styles = package.xml.get("styles.xml")
    for element in () if styles is None else styles.iter():
        if element.tag.endswith(
            ("}header", "}footer", "}header-first", "}footer-first", "}header-left", "}footer-left")
        ):
            text = one_line(" ".join(element.itertext()))
            if text:
                yield _("En-tête ou pied de page laissé de côté : « %(text)s »") % {"text": text}


def _raw_paragraphs(root):
    """The words of each paragraph of the file, whatever it stands in, without those of a paragraph inside it."""
    for element in root.iter():
        if element.tag.endswith(PARAGRAPHS):
            text = _raw_text(element)
            if text.strip():
                yield text


def _raw_text(element):
    text = element.text or ""
    for child in element:
        if child.tag.endswith((*SPACES, "}frame", "}desc")):
            text += " "
        if not child.tag.endswith((*PARAGRAPHS, *UNSEEN)):
            text += _raw_text(child)
        text += child.tail or ""
    return text


class _Walker:
    def __init__(self, styles):
        self.styles = styles
        self.blocks, self.warnings, self.remarks = [], [], []
        self.notes, self.number, self.list_depth = [], 0, 0

    def walk(self, element):
        for child in element.children:
            self._one(child)

    def _one(self, element):
        tag = element.tag
        if tag in {"text:p", "text:h"}:
            self._paragraph(element)
        elif tag == "text:list":
            self._list(element)
        elif tag == "table:table":
            self._table(element)
        elif tag == "text:tracked-changes":
            self._left(element, _("Passage supprimé par le suivi des modifications, laissé de côté : « %(text)s »"))
        elif tag in INDEXES:
            self._left(element, _("Table des matières laissée de côté : « %(text)s »"))
        elif tag == "text:section-source":
            target = one_line(element.get_attribute_string("xlink:href") or "")[:200]
            self.remarks.append(
                _("Lien vers un fichier extérieur, ignoré et jamais ouvert : %(target)s") % {"target": target}
            )
        elif tag not in TECHNICAL:
            self.walk(element)

    def _left(self, element, sentence):
        text = one_line(" ".join(self._texts(element)))
        if text:
            self.warnings.append(sentence % {"text": text})

    def _texts(self, element):
        """Every piece of text below, in reading order."""
        if element.text:
            yield element.text
        for child in element.children:
            yield from self._texts(child)
            if child.tail:
                yield child.tail

    def _paragraph(self, element, item=""):
        text = _lines(self._inline(element))
        notes, self.notes = self.notes, []
        if not text:
            return
        level = min(6, max(1, int(element.get_attribute_string("text:outline-level") or 1)))
        if self._is_title(element):
            level = 1
        is_heading = element.tag == "text:h" or self._is_title(element)
        level = level if is_heading and not item else 0
        self.blocks.append(
            Block(item + text, level, self._is_bold(element), notes, self._is_title(element), bool(item))
        )

    def _style(self, element):
        """(name, is bold): the named style, in small letters, behind the one of ``element``."""
        name = element.get_attribute_string("text:style-name") or ""
        parent, is_bold = self.styles.get(name, (name.lower(), False))
        return parent, is_bold or parent in BOLD

    def _is_title(self, element):
        return self._style(element)[0] in {"title", "titre"}

    def _is_bold(self, element):
        """By the style of the paragraph, or of the one span that holds all of it."""
        if self._style(element)[1]:
            return True
        children = element.children
        if (element.text or "").strip() or len(children) != 1 or (children[0].tail or "").strip():
            return False
        return children[0].tag == "text:span" and self._style(children[0])[1]

    def _inline(self, element):
        """The text of a paragraph; footnotes are set aside, frames come after, comments are named."""
        text = element.text or ""
        for child in element.children:
            text += self._inline_child(child) + (child.tail or "")
        return text

    def _inline_child(self, child):
        tag = child.tag
        if tag == "text:note":
            return self._note(child)
        if tag in {"text:s"}:
            return " " * min(50, int(child.get_attribute_string("text:c") or 1))
        if tag in {"text:tab", "text:line-break"}:
            return " " if tag == "text:tab" else "\n"
        if tag == "office:annotation":
            self._left(child, _("Commentaire laissé de côté : « %(text)s »"))
            return ""
        if tag == "draw:frame":
            self._frame(child)
            return ""
        if tag == "text:a":
            return self._link(child)
        return self._inline(child)

    def _link(self, child):
        shown, target = self._inline(child), child.get_attribute_string("xlink:href") or ""
        is_new = target.startswith(("http://", "https://")) and target.rstrip("/") != shown.strip().rstrip("/")
        return f"{shown} ({target})" if is_new else shown

    def _note(self, note):
        self.number += 1
        body = [child for child in note.children if child.tag == "text:note-body"]
        number = self.number
        text = one_line(" ".join(self._inline(part) for element in body for part in element.children))
        self.notes.append(f"[{number}] {text}")
        return f"[{number}]"

    def _frame(self, frame):
        boxes = [child for child in frame.children if child.tag == "draw:text-box"]
        for box in boxes:
            self.walk(box)
        if any(child.tag == "draw:image" for child in frame.children):
            near = one_line(self.blocks[-1].text) if self.blocks else ""
            self.remarks.append(_("Image ignorée, près de « %(where)s ».") % {"where": near[:60]})
        for child in frame.children:
            about = one_line(" ".join(self._texts(child))) if child.tag in {"svg:title", "svg:desc"} else ""
            if about:
                self.warnings.append(_("Description d’une image ignorée : %(about)s") % {"about": about})

    def _list(self, element):
        self.list_depth += 1
        for item in element.children:
            marker = "  " * (self.list_depth - 1) + "– "
            for child in item.children:
                if child.tag in {"text:p", "text:h"}:
                    is_numbered_heading = child.tag == "text:h"
                    self._paragraph(child, item="" if is_numbered_heading else marker)
                    marker = " " * len(marker)
                else:
                    self._one(child)
        self.list_depth -= 1

    def _table(self, table):
        rows = []
        for row in _below(table, "table:table-row"):
            cells = [one_line(self._inline_cell(cell)) for cell in row.children if cell.tag == "table:table-cell"]
            if any(cells):
                rows.append(" | ".join(cells).rstrip(" |"))
        notes, self.notes = self.notes, []
        if rows:
            text = "\n".join(rows)
            self.blocks.append(Block(text, notes=notes))
            self.remarks.append(
                _("Tableau mis en texte, une ligne par rangée : « %(start)s »") % {"start": one_line(text)[:60]}
            )

    def _inline_cell(self, cell):
        return " ".join(
            self._inline(part) if part.tag in {"text:p", "text:h"} else self._inline_cell(part)
            for part in cell.children
        )


def _below(element, tag):
    """The nearest elements named ``tag`` under ``element``."""
    for child in element.children:
        if child.tag == tag:
            yield child
        else:
            yield from _below(child, tag)


def _lines(text):
    return "\n".join(" ".join(line.split()) for line in text.strip().splitlines())


def _automatic_styles(root):
    """{name: (its parent, in small letters; whether it is bold)} of the styles that a file makes as one writes."""
    found = {}
    for style in root.iter(f"{STYLE}style"):
        weights = [properties.get(f"{FO}font-weight") for properties in style.iter(f"{STYLE}text-properties")]
        found[style.get(f"{STYLE}name")] = (style.get(f"{STYLE}parent-style-name") or "").lower(), "bold" in weights
    return found
