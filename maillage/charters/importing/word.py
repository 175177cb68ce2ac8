"""Word files (.docx), read by mammoth; then compared with the raw words of the file, so that nothing is lost."""

import mammoth
from django.utils.translation import gettext as _

from . import html, sniffing
from .articles import LONGEST_TEXT
from .blocks import add_what_is_missing, one_line
from .packages import Package

STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Titre'] => h1.title:fresh
p[style-name^='toc '] => !
p[style-name^='TOC '] => !
"""
BROKEN = (KeyError, ValueError, TypeError, AttributeError, IndexError, RecursionError, LookupError, OSError)
"""What mammoth raises on a package that is not whole."""


def read(content):
    package = Package(content)
    names = [name.lower() for name in package.names]
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in names) or _says_macros(package):
        raise sniffing.with_macros()
    source = _Source(package)
    if source.length > LONGEST_TEXT:
        raise sniffing.too_long()
    try:
        result = mammoth.convert_to_html(
            package.for_reading(),
            style_map=STYLES,
            include_embedded_style_map=False,
            external_file_access=False,
            convert_image=mammoth.images.img_element(lambda _image: {"src": ""}),
        )
    except BROKEN as error:
        raise sniffing.broken() from error
    reading = html.read(result.value)
    reading.warnings += source.warnings
    reading.remarks += source.remarks
    return add_what_is_missing(reading, source.paragraphs)


def _says_macros(package):
    types = package.xml.get("[Content_Types].xml")
    if types is None:
        raise sniffing.broken()
    return any("macroenabled" in (entry.get("ContentType") or "").lower() for entry in types.iter())


def _local(element):
    return element.tag.rpartition("}")[2]


class _Source:
    """The raw words of a Word file, paragraph by paragraph, and what of it lies outside the text."""

    def __init__(self, package):
        self.paragraphs, self.warnings, self.remarks, self.length = [], [], [], 0
        self.contents = self._contents_styles(package)
        for name, root in sorted(package.xml.items()):
            part = name.rpartition("/")[2].lower()
            if name.endswith(".rels"):
                self._relations(root)
            elif _local(root) in {"document", "footnotes", "endnotes"}:
                self.paragraphs += self._paragraphs(root)
            elif _local(root) in {"hdr", "ftr", "comments"}:
                self._outside(root, is_comment=part.startswith("comments"))
        if any("/embeddings/" in name for name in package.names):
            self.remarks.append(_("Objet incorporé ignoré (tableur, dessin, autre fichier)."))

    @staticmethod
    def _contents_styles(package):
        """The ids of the styles of a table of contents."""
        found = set()
        for root in package.xml.values():
            if _local(root) != "styles":
                continue
            for style in root:
                name = next((child for child in style if _local(child) == "name"), None)
                title = "" if name is None else next(iter(name.attrib.values()), "")
                if title.lower().startswith("toc "):
                    found |= {value for key, value in style.attrib.items() if key.endswith("styleId")}
        return found

    def _paragraphs(self, root):
        for element in self._walk(root):
            if _local(element) != "p":
                continue
            text, deleted = self._own_text(element)
            self.length += len(text)
            if deleted.strip():
                self.warnings.append(
                    _("Passage supprimé par le suivi des modifications, laissé de côté : « %(text)s »")
                    % {"text": one_line(deleted)}
                )
            if text.strip() and self._style(element) in self.contents:
                self.warnings.append(
                    _("Table des matières laissée de côté : « %(text)s »") % {"text": one_line(text)}
                )
            elif text.strip():
                yield text

    def _walk(self, element):
        """Every element below, one alternative only where the file offers several."""
        for child in element:
            yield child
            yield from self._walk(self._alternative(child))

    @staticmethod
    def _alternative(element):
        if _local(element) != "AlternateContent":
            return element
        fallback = [child for child in element if _local(child) == "Fallback"]
        return fallback[0] if fallback else element

    def _own_text(self, paragraph):
        """(kept, deleted): the words of this paragraph; those of a paragraph inside it are its own."""
        kept, deleted = "", ""
        for child in self._alternative(paragraph):
            name = _local(child)
            if name == "t":
                kept += child.text or ""
            elif name == "delText":
                deleted += child.text or ""
            elif name in {"tab", "br", "cr", "noBreakHyphen"}:
                kept += " " if name != "noBreakHyphen" else "-"
            elif name != "p" and name not in {"pPr", "rPr", "instrText"}:
                below, gone = self._own_text(child)
                kept, deleted = kept + below, deleted + gone
        return kept, deleted

    @staticmethod
    def _style(paragraph):
        for properties in paragraph:
            if _local(properties) == "pPr":
                for child in properties:
                    if _local(child) == "pStyle":
                        return next(iter(child.attrib.values()), "")
        return ""

    def _outside(self, root, *, is_comment):
        for element in root.iter():
            text = self._own_text(element)[0] if _local(element) == "p" else ""
            if not text.strip():
                continue
            sentence = (
                _("Commentaire laissé de côté : « %(text)s »")
                if is_comment
                else _("En-tête ou pied de page laissé de côté : « %(text)s »")
            )
            self.warnings.append(sentence % {"text": one_line(text)})

    def _relations(self, root):
        for relation in root:
            kind = (relation.get("Type") or "").rpartition("/")[2]
            target = one_line(relation.get("Target") or "")[:200]
            if kind.lower() == "afchunk":
                self.remarks.append(_("Document inséré, ignoré : %(target)s") % {"target": target})
            elif relation.get("TargetMode") == "External" and kind != "hyperlink":
                self.remarks.append(
                    _("Lien vers un fichier extérieur, ignoré et jamais ouvert : %(target)s") % {"target": target}
                )
