"""Opening the zip inside a .docx or an .odt without falling into its traps.

Nothing is parsed before it is measured, nothing is written to disk, and the libraries receive a new package that
holds only the XML parts that were checked: no document type, so no entity to expand, local or remote.
"""

import io
import zipfile
import zlib
from xml.etree.ElementTree import ParseError

import defusedxml.ElementTree
from defusedxml.common import DefusedXmlException

from . import sniffing

MOST_PARTS = 1000
MOST_UNPACKED = 30_000_000
MOST_XML = 12_000_000
MOST_RATIO = 100
"""Once unpacked, compared with the file, for what is over a million bytes."""
MOST_ELEMENTS = 250_000
DEEPEST = 100
XML = (".xml", ".rels", ".rdf")


class Package:
    """A checked package: ``names`` of everything in the file; ``xml``, the roots of its checked XML parts by name."""

    def __init__(self, content):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as package:
                infos = [info for info in package.infolist() if not info.is_dir()]
                _measure(infos, len(content))
                self.names = [info.filename for info in infos]
                parts = {info.filename: package.read(info) for info in infos if _is_wanted(info.filename)}
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
            raise sniffing.broken() from error
        self.parts = parts
        self.xml = _parse({name: part for name, part in parts.items() if name.lower().endswith(XML)})

    def for_reading(self):
        """The package that a library reads: the checked parts and nothing else, as a file in memory."""
        copy = io.BytesIO()
        with zipfile.ZipFile(copy, "w") as package:
            for name in sorted(self.parts, key=lambda name: name != "mimetype"):
                package.writestr(name, self.parts[name])
        copy.seek(0)
        return copy


def _is_wanted(name):
    return name == "mimetype" or name.lower().endswith(XML)


def _measure(infos, packed):
    names = [info.filename for info in infos]
    total = sum(info.file_size for info in infos)
    xml = sum(info.file_size for info in infos if _is_wanted(info.filename))
    if len(infos) > MOST_PARTS or total > MOST_UNPACKED or xml > MOST_XML:
        raise sniffing.trapped()
    if total > max(1_000_000, MOST_RATIO * packed):
        raise sniffing.trapped()
    if len(set(names)) != len(names) or any(_leaves_its_folder(name) for name in names):
        raise sniffing.trapped()


def _leaves_its_folder(name):
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name or "\0" in name


def _parse(parts):
    roots, elements = {}, 0
    for name, part in parts.items():
        if not part.strip():
            continue
        try:
            root = defusedxml.ElementTree.fromstring(part, forbid_dtd=True)
        except DefusedXmlException as error:
            raise sniffing.trapped() from error
        except (ParseError, LookupError, ValueError) as error:
            raise sniffing.broken() from error
        elements += _count(root)
        if elements > MOST_ELEMENTS:
            raise sniffing.trapped()
        roots[name] = root
    return roots


def _count(root):
    """The number of elements under ``root``; refuses a tree so deep that walking it would fail."""
    number, row = 0, [root]
    for _depth in range(DEEPEST):
        if not row:
            return number
        number += len(row)
        row = [child for element in row for child in element]
    raise sniffing.trapped()
