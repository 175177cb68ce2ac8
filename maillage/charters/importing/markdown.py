"""Markdown and plain text, read by markdown-it-py."""

import html as entities
import re

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from . import html, sniffing
from .articles import LONGEST_TEXT
from .blocks import Block, Reading, add_what_is_missing

MARKDOWN_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+\S|^\S.*\n(={3,}|-{3,})[ \t]*$", re.MULTILINE)
MARKER = re.compile(r"^[\s>]*(?:\d+[.)]\s)?")


def read(content):
    """A text with Markdown headings is Markdown; any other is plain, and keeps every sign as it is."""
    text, warnings = _decode(content)
    if len(text) > LONGEST_TEXT:
        raise sniffing.too_long()
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n\n")
    reading = _markdown(text) if MARKDOWN_HEADING.search(text) else _plain(text)
    reading.warnings += warnings
    return reading


def _decode(content):
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        warning = _("Ce texte n’est pas en UTF-8 : il a été lu comme un ancien texte Windows. Vérifiez les accents.")
        return content.decode("cp1252", "replace"), [warning]
    if "\x00" in text:
        raise sniffing.wrong_type()
    return text, []


def _markdown(text):
    try:
        written = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    except RecursionError as error:
        raise sniffing.trapped() from error
    lines = [MARKER.sub("", entities.unescape(line)) for line in text.splitlines()]
    return add_what_is_missing(html.read(written), [line for line in lines if line.strip()])


def _plain(text):
    paragraphs = re.split(r"\n[ \t]*\n", text)
    return Reading(
        [
            Block("\n".join(line.rstrip() for line in part.strip("\n").splitlines()))
            for part in paragraphs
            if part.strip()
        ]
    )
