"""Doors of the watch: see `doors.py`. Elsa coordinates, Gaël edits."""

from django.core.files.uploadedfile import SimpleUploadedFile

from .door import SIGNED_IN, Door, _sent, _uuid

TEAM = frozenset({"elsa", "gael"})
TYPED = {"url": "https://exemple.org/une-porte", "title": "Une porte", "status": "to_read"}


def _file(scene):
    text = b'<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n<DT><A HREF="https://exemple.org/z">Z</A>\n</DL><p>\n'
    return {"file": SimpleUploadedFile("a.html", text, content_type="text/html")}


DOORS = {
    "watch:add": Door(TEAM, sees=SIGNED_IN, data=_sent(**TYPED)),
    "watch:change": Door(TEAM, sees=SIGNED_IN, where=_uuid("watched"), data=_sent(**TYPED)),
    "watch:drop": Door(TEAM, sees=SIGNED_IN, where=_uuid("watched")),
    "watch:bring": Door(TEAM, sees=SIGNED_IN, data=_file),
    "watch:undo": Door(TEAM, sees=SIGNED_IN, where=_uuid("bookmarks_brought")),
}
