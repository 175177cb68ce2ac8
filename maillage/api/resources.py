"""A resource, and how it is answered: a page in JSON, or the whole as a CSV file. Always read as a visitor."""

import dataclasses
import hashlib
import tempfile
from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response

from maillage.charters.exports import csv_lines

from . import cursors
from .columns import cells, header
from .schemas import LICENCE, LICENCE_ADDRESS, page_of

IN_MEMORY = 1_000_000
"""Bytes of a file; a larger one waits on the disk, without a name, while it is sent."""
A_BATCH = 1000
A_PIECE = 64_000
"""Bytes."""


@dataclasses.dataclass(frozen=True)
class Resource:
    """``rows``: from what is asked to a queryset already narrowed by the wall; ``line``: an instance as a dict of
    ``schema``; ``order``: the fields that no two rows share, by which pages follow each other.
    """

    name: str
    title: str
    about: str
    schema: type
    rows: Callable
    line: Callable
    order: tuple
    source: str
    route: str
    filters: type
    formats: tuple = ("json", "csv")

    @property
    def page_schema(self):
        return page_of(self.schema.__name__, self.schema)


def answer(request, resource, wanted):
    """The page that ``wanted`` asks for, as a dict; or the whole resource, as a file."""
    found = resource.rows(wanted).order_by(*resource.order)
    if wanted.format == "csv":
        return _file(request, resource, found)
    rows, following = page(request, resource, found, wanted)
    return {**about(resource), "total": found.count(), "suivant": following, "donnees": map(resource.line, rows)}


def about(resource):
    """What every answer carries: under which licence, from whom, which day."""
    return {
        "ressource": resource.name,
        "licence": LICENCE,
        "licence_adresse": LICENCE_ADDRESS,
        "source": f"{resource.source} ({settings.SITE_ADDRESS})",
        "date": timezone.localdate().isoformat(),
    }


def page(request, resource, found, wanted):
    """(the rows of the page, the address of the next one or None)."""
    following = cursors.after(found, resource.name, resource.order, wanted.curseur) if wanted.curseur else found
    rows = list(following[: wanted.limite + 1])
    if len(rows) <= wanted.limite:
        return rows, None
    rows = rows[: wanted.limite]
    cursor = cursors.write(resource.name, resource.order, rows[-1])
    asked = {name: value for name, value in wanted.dict(exclude_defaults=True).items() if name != "curseur"}
    return rows, f"{settings.SITE_ADDRESS}{request.path}?{urlencode({**asked, 'curseur': cursor})}"


def _file(request, resource, found):
    """Written whole before it is sent: a file that begins is a file that ends, and it has its ETag."""
    columns = (*header(resource.schema), "licence_du_fichier", "date_du_fichier")
    day = timezone.localdate().isoformat()
    rows = ((*cells(resource.schema, resource.line(row)), LICENCE, day) for row in found.iterator(chunk_size=A_BATCH))
    content, digest = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY), hashlib.sha256()  # noqa: SIM115
    for text in csv_lines(columns, rows):
        line = text.encode()
        digest.update(line)
        content.write(line)
    etag = f'"{digest.hexdigest()[:32]}"'
    if unchanged := get_conditional_response(request, etag=etag):
        content.close()
        return unchanged
    length = content.tell()
    response = StreamingHttpResponse(_Pieces(content), content_type="text/csv; charset=utf-8")
    response["Content-Length"] = str(length)
    response["Content-Disposition"] = f'attachment; filename="{resource.name}.csv"'
    response["ETag"] = etag
    return response


class _Pieces:
    """A file from its beginning, piece by piece; closed at its end, or when the reader goes away."""

    def __init__(self, content):
        self.content = content

    def __iter__(self):
        with self.content:
            self.content.seek(0)
            yield from iter(lambda: self.content.read(A_PIECE), b"")

    def close(self):
        self.content.close()
