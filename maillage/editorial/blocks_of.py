"""What is written, as plain blocks that the page, the PDF and the EPUB draw each in its way.

A block is a dict: `kind` text | list | heading | note | quote | picture | table | lines, and its content. Runs are
pieces of a line: `t` the words, `b` bold, `i` italic, `href`.
"""

import re

from django.conf import settings
from django.utils.translation import gettext as _
from lxml import etree, html
from wagtail.rich_text import expand_db_html

SAFE = re.compile(r"^(https?://|mailto:|/)", re.IGNORECASE)


def run(words, **marks):
    return {"t": words, "b": False, "i": False, "href": "", **marks}


def paragraph(words):
    return {"kind": "text", "runs": [run(words)]}


def of_plain(text):
    """Blocks of a text typed without marks: paragraphs, and lists where lines begin with a dash."""
    blocks, items, lines = [], [], []

    def flush():
        nonlocal items, lines
        if lines:
            blocks.append(paragraph("\n".join(lines)))
        if items:
            blocks.append({"kind": "list", "ordered": False, "entries": [[run(item)] for item in items]})
        items, lines = [], []

    for line in text.replace("\r", "").split("\n"):
        found = re.match(r"\s*[-•*–]\s+(.*)", line)
        if found and not lines:
            items.append(found[1])
        elif found:
            flush()
            items.append(found[1])
        elif line.strip():
            if items:
                flush()
            lines.append(line.strip())
        else:
            flush()
    flush()
    return blocks


def of_body(body):
    """Blocks of the body of a page."""
    blocks = []
    for block in body or []:
        blocks += _of_block(block.block_type, block.value)
    return blocks


def _of_block(kind, value):
    if kind == "heading":
        return [{"kind": "heading", "text": value}]
    if kind == "note":
        return [{"kind": "note", "blocks": of_plain(value)}]
    if kind == "quote":
        return [{"kind": "quote", "text": value["words"], "who": value["who"]}]
    if kind == "picture":
        image = value["image"]
        if image is None:
            return []
        alt = "" if getattr(image, "decorative", False) else getattr(image, "contextual_alt_text", "") or image.title
        under = " ".join(filter(None, [value["caption"], value["credit"] and _("Photo : %s") % value["credit"]]))
        return [{"kind": "picture", "image": image, "alt": alt, "caption": under}]
    return of_rich(str(getattr(value, "source", value)))


def of_rich(source):
    """Blocks of rich text: nothing passes but paragraphs, lists, bold, italic and links."""
    try:
        root = html.fragment_fromstring(expand_db_html(source or ""), create_parent="div")
    except etree.ParserError:
        return []
    blocks = []
    for node in root:
        if node.tag in {"ul", "ol"}:
            items = [_runs(item) for item in node.iter("li")]
            blocks.append({"kind": "list", "ordered": node.tag == "ol", "entries": [item for item in items if item]})
        elif isinstance(node.tag, str) and node.tag not in {"script", "style"}:
            runs = _runs(node)
            if any(one["t"].strip() for one in runs):
                blocks.append({"kind": "text", "runs": runs})
    return blocks


def _runs(node, **marks):
    runs = [run(node.text, **marks)] if node.text else []
    for child in node:
        if child.tag in {"script", "style"} or not isinstance(child.tag, str):
            pass
        elif child.tag == "br":
            runs.append(run("\n", **marks))
        else:
            inside = dict(marks)
            if child.tag in {"b", "strong"}:
                inside["b"] = True
            if child.tag in {"i", "em"}:
                inside["i"] = True
            if child.tag == "a" and SAFE.match(child.get("href") or ""):
                address = child.get("href")
                inside["href"] = settings.SITE_ADDRESS + address if address.startswith("/") else address
            runs += _runs(child, **inside)
        if child.tail:
            runs.append(run(child.tail, **marks))
    return runs


def sources_of(page):
    """The sources of a page as a list; [] without any."""
    items = [[run(words, href=address)] for words, address in page.source_lines]
    if not items:
        return []
    return [
        {"kind": "heading", "text": _("Sources"), "quiet": True},
        {"kind": "list", "ordered": False, "entries": items},
    ]
