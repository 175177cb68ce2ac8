"""The guide on paper and on a reader: PDF/UA-1 by Typst, EPUB 3 by EbookLib. Kept until its content changes."""

import hashlib
import json
import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from ebooklib import epub

from maillage.ui.pdf import compile_pdf

from .pictures import drawn

TEMPLATE = Path(__file__).parent / "typst" / "guide.typ"
MOST_KEPT = 40
"""Editions kept on disk; the oldest go."""


def _fingerprint(document, kind):
    def told(thing):
        return [thing.pk, thing.file_hash] if hasattr(thing, "file_hash") else str(thing)

    look = TEMPLATE.read_bytes() if kind == "pdf" else b""
    words = json.dumps(document, default=told, sort_keys=True).encode()
    return hashlib.sha256(look + kind.encode() + words).hexdigest()[:32]


def edition(document, kind):
    """Bytes of ``document`` as "pdf" or "epub": the file that was kept for the same content, or a new one."""
    folder = Path(settings.PRIVATE_ROOT) / "guide"
    kept = folder / f"{_fingerprint(document, kind)}.{kind}"
    if kept.is_file():
        return kept.read_bytes()
    content = {"pdf": as_pdf, "epub": as_epub}[kind](document)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as stream:
        stream.write(content)
    Path(stream.name).replace(kept)
    _drop_oldest(folder)
    return content


def _drop_oldest(folder):
    files = sorted(folder.glob("*.*"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in files[MOST_KEPT:]:
        file.unlink(missing_ok=True)


def as_pdf(document):
    """PDF/UA-1 bytes. Typst reads one folder: the template and the pictures are put there."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(TEMPLATE, folder / "guide.typ")
        return compile_pdf(folder / "guide.typ", _with_files(document, folder))


def _with_files(thing, folder):
    """The same tree where each picture is the name of a file of ``folder``; one that is gone becomes its words."""
    if isinstance(thing, list):
        return [_with_files(one, folder) for one in thing]
    if not isinstance(thing, dict):
        return thing
    if thing.get("kind") == "picture":
        content = drawn(thing["image"])
        if content is None:
            return {"kind": "text", "runs": [{"t": thing["alt"], "b": False, "i": True, "href": ""}]}
        name = f"{thing['image'].pk}.jpg"
        (folder / name).write_bytes(content)
        return {**thing, "image": name}
    return {key: _with_files(value, folder) for key, value in thing.items()}


def as_epub(document):
    """EPUB 3 bytes: a page a chapter, a navigation, the pictures with their words, what access it gives."""
    book = epub.EpubBook()
    book.set_identifier(f"urn:uuid:{_uuid_of(document)}")
    book.set_title(document["title"])
    book.set_language(document["lang"])
    book.add_author(document["author"])
    book.add_metadata("DC", "description", document["description"])
    for name, value in (
        ("schema:accessMode", "textual"),
        ("schema:accessModeSufficient", "textual"),
        ("schema:accessibilityFeature", "structuralNavigation"),
        ("schema:accessibilityFeature", "alternativeText"),
        ("schema:accessibilityFeature", "tableOfContents"),
        ("schema:accessibilityHazard", "none"),
        ("schema:accessibilitySummary", document["notice"]),
    ):
        book.add_metadata(None, "meta", value, {"property": name})
    seen = _add_pictures(book, document)
    opening = {"title": document["title"], "slug": "avant-propos", "summary": document["subtitle"], "blocks": []}
    opening["blocks"] = [
        {"kind": "note", "blocks": [_paragraph(document["notice"])]},
        *document["intro"],
        *document["closing"],
    ]
    pages = []
    for part in [opening, *document["parts"]]:
        page = epub.EpubHtml(title=part["title"], file_name=f"{part['slug']}.xhtml", lang=document["lang"])
        page.content = render_to_string(
            "editorial/epub/chapter.xhtml", {"part": part, "seen": seen, "lang": document["lang"]}
        )
        book.add_item(page)
        pages.append(page)
    book.toc = pages
    book.add_item(epub.EpubNcx())
    book.add_item(epub.EpubNav(title=document["contents"]))
    book.spine = ["nav", *pages]
    with tempfile.NamedTemporaryFile(suffix=".epub") as stream:
        epub.write_epub(stream.name, book, {"raise_exceptions": True})
        return Path(stream.name).read_bytes()


def _paragraph(words):
    return {"kind": "text", "runs": [{"t": words, "b": False, "i": False, "href": ""}]}


def _uuid_of(document):
    digest = hashlib.sha256(json.dumps(document, default=str, sort_keys=True).encode()).hexdigest()
    return f"{digest[:8]}-{digest[8:12]}-4{digest[13:16]}-a{digest[17:20]}-{digest[20:32]}"


def _add_pictures(book, thing, seen=None):
    """Each picture of the tree once; the keys of those that are there."""
    seen = set() if seen is None else seen
    if isinstance(thing, list):
        for one in thing:
            _add_pictures(book, one, seen)
    elif isinstance(thing, dict):
        if thing.get("kind") == "picture" and thing["image"].pk not in seen:
            content = drawn(thing["image"])
            if content is not None:
                seen.add(thing["image"].pk)
                name = f"image-{thing['image'].pk}.jpg"
                book.add_item(epub.EpubImage(uid=name[:-4], file_name=name, media_type="image/jpeg", content=content))
        for value in thing.values():
            _add_pictures(book, value, seen)
    return seen
