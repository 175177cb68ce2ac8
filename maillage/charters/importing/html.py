"""Blocks from the HTML that mammoth and markdown-it write. It is never shown: only its text is kept."""

import html.parser
import re

from django.utils.translation import gettext as _

from .blocks import Block, Reading, one_line

HEADINGS = {f"h{level}": level for level in range(1, 7)}
CONTAINERS = {"p", "li", "pre", *HEADINGS}
NOTE = re.compile(r"(?:footnote|endnote)-\d+$")


def read(content):
    """The `Reading` of an HTML fragment: headings, paragraphs, lists, tables as lines, footnotes where called."""
    reader = _Reader()
    reader.feed(content)
    reader.close()
    reader.end_block()
    return reader.reading()


class _Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.blocks, self.warnings, self.remarks = [], [], []
        self.text, self.bold_text, self.level, self.is_title = "", "", 0, False
        self.bold = 0
        self.lists, self.item = [], ""
        self.rows, self.depth = None, 0
        self.notes, self.note, self.calls = {}, None, []
        self.links = []

    # What opens.

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag in CONTAINERS and self.rows is None:
            self._open(tag, attributes)
        elif tag in {"ul", "ol"}:
            self.end_block()
            self.lists.append(int(attributes.get("start") or 1) if tag == "ol" else None)
        elif tag in {"table", "tr", "td", "th"}:
            self._open_table(tag)
        elif tag in {"strong", "b"}:
            self.bold += 1
        elif tag == "br":
            self.text += "\n"
        elif tag == "a":
            self._open_link(attributes)
        elif tag == "img":
            self._image(attributes)

    def _open(self, tag, attributes):
        if not (tag == "p" and self.item):
            self.end_block()
        if tag == "li":
            if self.note is None and NOTE.search(attributes.get("id") or ""):
                self.note = attributes["id"]
                return
            self.item = self._marker()
        self.level = HEADINGS.get(tag, 0)
        self.is_title = attributes.get("class") == "title"

    def _open_table(self, tag):
        if tag == "table":
            self.end_block()
            self.depth += 1
            self.rows = self.rows or []
        elif tag == "tr":
            self._close_cell()
            self.rows.append([])

    def _marker(self):
        indent = "  " * (len(self.lists) - 1)
        number = self.lists[-1] if self.lists else None
        if number is None:
            return f"{indent}– "
        self.lists[-1] += 1
        return f"{indent}{number}. "

    def _open_link(self, attributes):
        target = attributes.get("href") or ""
        if NOTE.search(target) and target.startswith("#"):
            self.calls.append(target[1:])
            target = ""
        self.links.append((target, len(self.text)))

    def _image(self, attributes):
        near = one_line(self.text) or (one_line(self.blocks[-1].text) if self.blocks else "")
        self.remarks.append(_("Image ignorée, près de « %(where)s ».") % {"where": near[:60]})
        about = one_line(" ".join(filter(None, (attributes.get("alt"), attributes.get("src")))))
        if about:
            self.warnings.append(_("Description d’une image ignorée : %(about)s") % {"about": about})

    # What is inside, and what closes.

    def handle_data(self, data):
        self.text += data
        if self.bold:
            self.bold_text += data

    def handle_endtag(self, tag):
        if tag in {"strong", "b"}:
            self.bold = max(0, self.bold - 1)
        elif tag == "a" and self.links:
            self._close_link()
        elif tag in {"td", "th"}:
            self._close_cell()
        elif tag == "table":
            self._close_table()
        elif tag in CONTAINERS and self.rows is not None:
            self.text += " "
        elif tag in {"ul", "ol"}:
            self.end_block()
            if self.lists:
                self.lists.pop()
        elif tag in CONTAINERS:
            self.end_block()
            if tag == "li":
                self.item, self.note = "", None

    def _close_link(self):
        target, start = self.links.pop()
        shown = self.text[start:].strip()
        if shown == "↑":  # the way back from a footnote
            self.text = self.text[:start]
        elif target.startswith(("http://", "https://")) and target.rstrip("/") != shown.rstrip("/"):
            self.text += f" ({target})"

    def _close_cell(self):
        if self.rows and one_line(self.text):
            self.rows[-1].append(one_line(self.text))
            self.text = ""

    def _close_table(self):
        self._close_cell()
        self.depth -= 1
        if self.depth:
            return
        rows, self.rows, self.text = self.rows, None, ""
        lines = [" | ".join(cells).strip() for cells in rows]
        text = "\n".join(line for line in lines if line.strip(" |"))
        if text:
            self.blocks.append(Block(text, notes=self._called()))
            self.remarks.append(
                _("Tableau mis en texte, une ligne par rangée : « %(start)s »") % {"start": one_line(text)[:60]}
            )
        self.bold_text = ""

    def end_block(self):
        """Close the block under way, if it says anything."""
        if self.rows is not None:
            return
        text = "\n".join(" ".join(line.split()) for line in self.text.strip().splitlines())
        is_bold = bool(text) and one_line(self.bold_text) == one_line(text)
        level, item, is_title = self.level, self.item, self.is_title
        self.text, self.bold_text, self.level = "", "", 0
        if not text:
            return
        if self.note is not None:
            self.notes[self.note] = " ".join(filter(None, (self.notes.get(self.note), text)))
            return
        if item:
            text, self.item = item + text, " " * len(item)
        self.blocks.append(Block(text, level, is_bold and not item, self._called(), is_title, bool(item)))

    def _called(self):
        calls, self.calls = self.calls, []
        return calls

    def reading(self):
        """Put every footnote under the block that calls it; one that nobody calls goes under the last block."""
        called = set()
        for number, block in enumerate(self.blocks):
            keys = [key for key in block.notes if key in self.notes]
            called.update(keys)
            self.blocks[number].notes = [self._note(key) for key in keys]
        orphans = [self._note(key) for key in self.notes if key not in called]
        if orphans and self.blocks:
            self.blocks[-1].notes += orphans
        return Reading(self.blocks, self.warnings, self.remarks)

    def _note(self, key):
        number = list(self.notes).index(key) + 1
        return f"[{number}] {self.notes[key]}"
