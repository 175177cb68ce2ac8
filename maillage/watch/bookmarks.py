"""The bookmark file that browsers and Shaarli write and read (NETSCAPE-Bookmark-file-1): tag soup, as it comes."""

import dataclasses
import datetime
import re
import warnings
from html import escape

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, NavigableString

from .addresses import canonical

HEAD = '<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">\n'
MOST_BYTES = 10_000_000
MOST_TAGS = 20
FIRST, LAST = 0, 4_102_444_800
"""Seconds since 1970 that a bookmark may say: until 2100."""


@dataclasses.dataclass(frozen=True)
class Bookmark:
    url: str
    title: str
    tags: list
    note: str
    added_at: datetime.datetime | None


@dataclasses.dataclass(frozen=True)
class Read:
    """``bookmarks`` read; ``refused``: [(line, why it is none)]; ``breaks_at``: the line where the file stops in the
    middle, None where it is whole.
    """

    bookmarks: list
    refused: list
    breaks_at: int | None


class NotBookmarks(ValueError):
    """The file is something else."""


def read(content):
    """`Read` of ``content`` (bytes). Raises NotBookmarks where there is no bookmark in it."""
    text = content.decode("utf-8-sig", errors="replace").replace("\x00", "")
    if "<A " not in text[:MOST_BYTES].upper():
        raise NotBookmarks
    whole, breaks_at = _whole(text)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        soup = BeautifulSoup(whole, "html.parser")
    found, refused = {}, []
    for link in soup.find_all("a"):
        url = canonical(link.get("href", ""))
        if not url:
            refused.append((link.sourceline, (link.get("href") or "")[:80]))
        elif url not in found:
            found[url] = _bookmark(link, url)
    if not found and not refused:
        raise NotBookmarks
    return Read(list(found.values()), refused, breaks_at)


def _whole(text):
    """(what can be read, the line where the file stops in the middle or None)."""
    last_open, last_close = text.rfind("<"), text.rfind(">")
    is_cut = last_open > last_close
    opened, closed = len(re.findall(r"<DL\b", text, re.IGNORECASE)), len(re.findall(r"</DL\b", text, re.IGNORECASE))
    opened_links = len(re.findall(r"<A\s", text, re.IGNORECASE))
    closed_links = len(re.findall(r"</A>", text, re.IGNORECASE))
    whole = text[:last_open] if is_cut else text
    if not is_cut and opened_links > closed_links:
        # Cut inside the words of the last link: its address may be whole, its title is not.
        whole = text[: [match.start() for match in re.finditer(r"<A\s", text, re.IGNORECASE)][-1]]
        is_cut = True
    breaks_at = text.count("\n") + 1 if is_cut or opened > closed else None
    return whole, breaks_at


def _bookmark(link, url):
    title = " ".join(link.get_text().split())[:250] or url[:250]
    after = link.find_next(["a", "dd", "h3"])
    note = ""
    if after is not None and after.name == "dd":
        note = "".join(part for part in after.children if isinstance(part, NavigableString)).strip()[:4000]
    return Bookmark(url, title, _tags(link), note, _moment(link.get("add_date", "")))


def _tags(link):
    said = [part.strip() for part in re.split(r"[,]", link.get("tags", "")) if part.strip()]
    # A folder is a word to find it by, as browsers mean it; the outermost is the file's own title.
    folder = link.find_parent("dl")
    heading = folder.find_previous("h3") if folder else None
    if heading is not None and not said:
        said.append(heading.get_text().strip())
    return clean_tags(said)


def clean_tags(said):
    """At most MOST_TAGS words, each once, in small letters."""
    kept = []
    for one in said:
        word = " ".join(str(one).lower().split())[:40].strip("#, ")
        if word and word not in kept:
            kept.append(word)
    return kept[:MOST_TAGS]


def _moment(text):
    if not re.fullmatch(r"\d{1,12}", text or ""):
        return None
    seconds = int(text)
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC) if FIRST < seconds < LAST else None


def write(links, *, title):
    """Lines of a bookmark file of ``links``."""
    yield f"{HEAD}<TITLE>{escape(title)}</TITLE>\n<H1>{escape(title)}</H1>\n<DL><p>\n"
    for link in links:
        tags = escape(",".join(link.tags))
        private = 0 if link.is_public else 1
        added = int(link.added_at.timestamp())
        yield (
            f'<DT><A HREF="{escape(link.url)}" ADD_DATE="{added}" PRIVATE="{private}" TAGS="{tags}">'
            f"{escape(link.title)}</A>\n"
        )
        if link.note:
            yield f"<DD>{escape(link.note)}\n"
    yield "</DL><p>\n"
