"""Opening official files: a path or an address, plain or zipped, and telling what they are."""

import csv
import io
import json
import re
import time
import urllib.error
import urllib.request
import zipfile
import zlib
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path

from django.utils.translation import gettext as _

from .records import some
from .refusals import FileRefused

MOST_BYTES = 200_000_000
"""A whole file, and a zip's member once unpacked: the official ones are below a fifth of that."""
TIMEOUT_SECONDS = 30
WHOLE_DOWNLOAD_SECONDS = 600
CHUNK = 1 << 18
WANTED_MEMBER = "wgs84.geojson"

NEIGHBOURHOODS = "neighbourhoods"
COMMUNES = "communes"
POPULATION = "population"


@dataclass(frozen=True)
class OfficialFile:
    """What was found in a file: features, rows of communes, or (line number, row) pairs of a population table."""

    kind: str
    name: str
    rows: list
    column: str = ""
    """The name of the population column (`population_2020`)."""


def open_official(place, *, most_bytes=MOST_BYTES):
    """Read ``place``, a path or an http(s) address, and tell what it is.

    Raises FileRefused, in French, where it cannot be read, is too large, is cut, or is nothing known here.
    """
    place = str(place)
    if "://" in place:
        data, name = _download(place, most_bytes)
    else:
        data, name = _read_path(Path(place), most_bytes)
    if data[:4] == b"PK\x03\x04":
        data, name = _unzip(data, most_bytes)
    text = _decode(data)
    if text[:1] in {"{", "["}:
        return _recognise(_parse(text), name)
    return _population_table(text, name)


def _too_large(most_bytes):
    return FileRefused(
        _("Le fichier dépasse %(limit)d Mo : ce n’est sans doute pas le bon.") % {"limit": most_bytes // 1_000_000}
    )


def _read_path(path, most_bytes):
    try:
        if path.stat().st_size > most_bytes:
            raise _too_large(most_bytes)
        return path.read_bytes(), path.name
    except FileNotFoundError:
        raise FileRefused(_("Il n’y a pas de fichier %(path)s.") % {"path": path}) from None
    except OSError as error:
        raise FileRefused(
            _("Le fichier %(path)s ne peut pas être lu : %(reason)s.")
            % {"path": path, "reason": error.strerror or error}
        ) from None


def opener():
    """Only http and https, redirections included: neither file: nor ftp: nor data:."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPRedirectHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPErrorProcessor,
        urllib.request.UnknownHandler,
    ):
        opener.add_handler(handler())
    return opener


def _download(address, most_bytes):
    if not re.match(r"https?://[^/]", address, re.IGNORECASE):
        raise FileRefused(_("Une adresse commence par https:// ou http://."))
    try:
        request = urllib.request.Request(address, headers={"User-Agent": "Maillage"})  # noqa: S310  checked above
        with opener().open(request, timeout=TIMEOUT_SECONDS) as response:
            return _body(response, most_bytes), address.split("?")[0].rstrip("/").rsplit("/", 1)[-1]
    except urllib.error.HTTPError as error:
        reason = _("elle répond « %(status)d »") % {"status": error.code}
    except (OSError, HTTPException, ValueError) as error:
        late = isinstance(error, TimeoutError) or isinstance(getattr(error, "reason", None), TimeoutError)
        reason = _("elle ne répond pas à temps") if late else str(getattr(error, "reason", error))
    raise FileRefused(
        _("L’adresse %(address)s ne peut pas être lue : %(reason)s. Réessayez, ou donnez un fichier téléchargé.")
        % {"address": address, "reason": reason}
    )


def _body(response, most_bytes):
    deadline = time.monotonic() + WHOLE_DOWNLOAD_SECONDS
    promised = response.headers.get("Content-Length")
    received = bytearray()
    while chunk := response.read(CHUNK):
        received += chunk
        if len(received) > most_bytes:
            raise _too_large(most_bytes)
        if time.monotonic() > deadline:
            raise TimeoutError
    if promised and promised.isdigit() and len(received) < int(promised):
        raise FileRefused(_("Le téléchargement s’est arrêté avant la fin : réessayez."))
    return bytes(received)


def _unzip(data, most_bytes):
    """The member in WGS84: the official zip also holds Lambert-93 and UTM variants."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name for name in archive.namelist() if not name.endswith("/")]
            chosen = [name for name in names if name.lower().endswith(WANTED_MEMBER)]
            chosen = chosen or [name for name in names if name.lower().endswith((".geojson", ".json"))]
            if len(chosen) != 1:
                raise FileRefused(
                    _(
                        "L’archive zip doit contenir un fichier dont le nom finit par WGS84.geojson ;"
                        " elle contient : %(names)s."
                    )
                    % {"names": some(names) or _("rien")}
                )
            with archive.open(chosen[0]) as member:
                content = member.read(most_bytes + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError):
        raise FileRefused(_("L’archive zip est abîmée ou incomplète : téléchargez-la de nouveau.")) from None
    except (RuntimeError, NotImplementedError):
        raise FileRefused(_("L’archive zip est chiffrée ou d’un format inconnu.")) from None
    if len(content) > most_bytes:
        raise _too_large(most_bytes)
    return content, chosen[0].rsplit("/", 1)[-1]


def _decode(data):
    try:
        text = data.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise FileRefused(_("Ce fichier n’est pas du texte en UTF-8.")) from None
    if not text:
        raise FileRefused(_("Le fichier est vide."))
    return text


def _parse(text):
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        if text[-1] not in "}]" or error.pos >= len(text) - 1 or error.msg.startswith("Unterminated"):
            raise FileRefused(
                _("Le fichier est coupé avant la fin (caractère %(position)d) : téléchargez-le de nouveau.")
                % {"position": len(text)}
            ) from None
        raise FileRefused(
            _("Ce fichier n’est pas du JSON correct (ligne %(line)d, colonne %(column)d).")
            % {"line": error.lineno, "column": error.colno}
        ) from None
    except (ValueError, RecursionError):
        raise FileRefused(_("Ce fichier n’est pas du JSON correct.")) from None


def _recognise(content, name):
    if isinstance(content, list):
        return OfficialFile(COMMUNES, name, content)
    if content.get("type") != "FeatureCollection" or not isinstance(content.get("features"), list):
        raise FileRefused(
            _("Ce fichier JSON n’est ni une liste de communes, ni une collection GeoJSON (FeatureCollection).")
        )
    return OfficialFile(NEIGHBOURHOODS, name, content["features"])


def _population_table(text, name):
    first = text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") >= first.count(",") else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    header = reader.fieldnames or []
    column = next((field for field in header if field and field.startswith("population")), "")
    if "code_qp" in header and column:
        try:
            return OfficialFile(POPULATION, name, [(reader.line_num, row) for row in reader], column)
        except csv.Error:
            raise FileRefused(_("Ligne %(line)d : ce tableau est illisible.") % {"line": reader.line_num}) from None
    if "code_qp" in header:
        raise FileRefused(_("Ce tableau liste des quartiers sans leurs contours : prenez le fichier GeoJSON."))
    raise FileRefused(
        _(
            "Ce fichier n’est pas reconnu : on attend les quartiers (GeoJSON ou zip), les communes (JSON) ou la"
            " population (CSV avec code_qp et population)."
        )
    )
