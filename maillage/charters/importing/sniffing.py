"""What a file is, told by its first bytes."""

import io
import re
import zipfile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_BYTES = 5_000_000
"""Of the file as it is sent."""

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NEVER_IN_TEXT = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f]")
ODT = "application/vnd.oasis.opendocument.text"


class FileRefused(ValidationError):
    """A file that cannot be read as a text, or must not be."""


def kind_of(content):
    """`word`, `opendocument` or `text`. Raises FileRefused."""
    if len(content) > MOST_BYTES:
        raise FileRefused(_("Ce fichier dépasse 5 Mo. Retirez-en les images, puis recommencez."))
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise FileRefused(_("Ce fichier est vide."))
    if content.startswith(ZIP):
        return _kind_of_zip(content)
    if content.startswith(OLE):
        _refuse_ole(content)
    refuse_what_is_not_text(content)
    return "text"


def _kind_of_zip(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
            if any(info.flag_bits & 0x1 for info in package.infolist()):
                raise protected()
            if "mimetype" in names and package.getinfo("mimetype").file_size < 200:
                kind = package.read("mimetype").decode("ascii", "replace").strip()
                if kind == ODT:
                    return "opendocument"
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError) as error:
        raise broken() from error
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        return "word"
    raise wrong_type()


def _refuse_ole(content):
    """The container of old Word files, and of new ones under a password."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise protected()
    raise FileRefused(
        _("Ce fichier est dans un ancien format (.doc). Ouvrez-le, enregistrez-le en .docx, puis recommencez.")
    )


def refuse_what_is_not_text(content):
    start = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"%pdf"):
        raise FileRefused(
            _("Un PDF ne garde pas les titres ni les paragraphes. Importez le document d’origine (Word ou ODT).")
        )
    if start.startswith((b"{\\rtf", b"<!doctype", b"<html", b"<?xml", b"<svg")):
        raise wrong_type()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return
    if NEVER_IN_TEXT.search(content):
        raise wrong_type()


def wrong_type():
    return FileRefused(
        _("Ce fichier n’est ni un document Word (.docx), ni un document ODT, ni un texte ou du Markdown.")
    )


def broken():
    return FileRefused(
        _("Ce fichier est abîmé : il ne peut pas être lu. Enregistrez-le de nouveau, puis recommencez.")
    )


def protected():
    return FileRefused(_("Ce fichier est protégé par un mot de passe. Retirez le mot de passe, puis recommencez."))


def with_macros():
    return FileRefused(
        _("Ce document contient des macros (de petits programmes). Enregistrez-le sans macros, puis recommencez.")
    )


def trapped():
    return FileRefused(
        _("Ce fichier est construit d’une façon dangereuse pour le site. Copiez le texte dans un document neuf.")
    )


def too_long():
    return FileRefused(_("Ce texte est trop long : 200 articles et 200 000 signes au plus."))
