"""Files that must not be read, each refused with a sentence for people; real files, made here."""

import io
import struct
import zipfile

import pytest

from maillage.charters import importing
from tests.factories import documents

BOMB = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">%s]><lolz>&lol9;</lolz>""" % b"".join(
    b'<!ENTITY lol%d "%s">' % (n, b"&lol%s;" % (str(n - 1).encode() if n > 1 else b"") * 10) for n in range(1, 10)
)
REMOTE = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>"""


def macro_word():
    return documents.rewritten(documents.word(), {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 100})


def docm_without_its_macros():
    return documents.rewritten(
        documents.word(),
        {
            "[Content_Types].xml": lambda part: part.replace(
                b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                b"application/vnd.ms-word.document.macroEnabled.main+xml",
            )
        },
    )


def macro_odt():
    return documents.rewritten(documents.odt(), {"Basic/Standard/Module1.xml": b"<x/>"})


def zip_bomb():
    return documents.rewritten(documents.word(), {"word/media/image9.png": b"\0" * 29_000_000})


def zip_bomb_that_lies():
    """The directory says one byte; the part holds millions."""
    bomb = bytearray(documents.rewritten(documents.word(), {"word/zzz.xml": b" " * 20_000_000}))
    for size in (struct.pack("<I", 20_000_000),):
        while size in bomb:
            at = bomb.index(size)
            bomb[at : at + 4] = struct.pack("<I", 1)
    return bytes(bomb)


def zip_of_many():
    return documents.rewritten(documents.word(), {f"word/x{n}.bin": b"" for n in range(1200)})


def zip_inside_itself():
    return documents.rewritten(documents.odt(), {"big.xml": b"<x>" + b"a" * 13_000_000 + b"</x>"})


def traversing():
    return documents.rewritten(documents.word(), {"../../etc/cron.d/evil.xml": b"<x/>"})


def twice():
    file = io.BytesIO(documents.word())
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(file, "a") as package:
        package.writestr("word/document.xml", b"<x/>")
    return file.getvalue()


def deep():
    return documents.rewritten(documents.word(), {"word/deep.xml": b"<x>" * 5000 + b"</x>" * 5000})


def encrypted_zip():
    """Every part has the mark of a password."""
    content = bytearray(documents.odt())
    at = 0
    while (at := content.find(b"PK\x01\x02", at)) >= 0:
        content[at + 8] |= 1
        at += 4
    return bytes(content)


def encrypted_odt():
    mark = b"<manifest:encryption-data/></manifest:manifest>"
    return documents.rewritten(
        documents.odt(), {"META-INF/manifest.xml": lambda part: part.replace(b"</manifest:manifest>", mark)}
    )


def ole(stream=""):
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + stream.encode("utf-16-le") + b"\0" * 600


def spreadsheet():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/workbook.xml", "<workbook/>")
    return file.getvalue()


def many_articles():
    return "# Charte\n\n" + "\n\n".join(f"## Article {n}\n\nOui." for n in range(201))


REFUSED = {
    "macros": (macro_word, "macros"),
    "a .docm by its own word": (docm_without_its_macros, "macros"),
    "macros in an ODT": (macro_odt, "macros"),
    "a zip bomb": (zip_bomb, "dangereuse"),
    "a zip bomb that lies about its size": (zip_bomb_that_lies, "abîmé|dangereuse"),
    "thousands of parts": (zip_of_many, "dangereuse"),
    "too much XML": (zip_inside_itself, "dangereuse"),
    "a billion laughs": (lambda: documents.rewritten(documents.word(), {"word/document.xml": BOMB}), "dangereuse"),
    "a billion laughs in styles": (
        lambda: documents.rewritten(documents.word(), {"word/styles.xml": BOMB}),
        "dangereuse",
    ),
    "a billion laughs in an ODT": (
        lambda: documents.rewritten(documents.odt(), {"content.xml": BOMB}),
        "dangereuse",
    ),
    "an outside entity": (
        lambda: documents.rewritten(documents.word(), {"word/document.xml": REMOTE}),
        "dangereuse",
    ),
    "an outside entity in UTF-16": (
        lambda: documents.rewritten(
            documents.odt(), {"content.xml": REMOTE.decode().replace("?>", ' encoding="UTF-16"?>').encode("utf-16")}
        ),
        "dangereuse",
    ),
    "a name that leaves its folder": (traversing, "dangereuse"),
    "a part twice": (twice, "dangereuse"),
    "a tree without end": (deep, "dangereuse"),
    "a password on a zip": (encrypted_zip, "mot de passe"),
    "a password on an ODT": (encrypted_odt, "mot de passe"),
    "a password on a Word file": (lambda: ole("EncryptedPackage"), "mot de passe"),
    "an old Word file": (lambda: ole("WordDocument"), "ancien format"),
    "a broken Word file": (lambda: documents.word()[:-400], "abîmé"),
    "a Word file without its text": (
        lambda: documents.rewritten(documents.word(), {"word/document.xml": b"<x/>"}),
        "abîmé|aucun texte",
    ),
    "XML cut short": (
        lambda: documents.rewritten(documents.odt(), {"content.xml": lambda part: part[:-50]}),
        "abîmé",
    ),
    "a spreadsheet": (spreadsheet, "ni un document Word"),
    "an OpenDocument spreadsheet": (
        lambda: documents.rewritten(documents.odt(), {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        "ni un document Word",
    ),
    "a PDF": (lambda: b"%PDF-1.7\n%\xe2\xe3", "Un PDF"),
    "a web page": (lambda: b"<!DOCTYPE html><html><p>Oui</p></html>", "ni un document Word"),
    "rich text": (lambda: b"{\\rtf1 Oui}", "ni un document Word"),
    "a picture": (lambda: documents.PIXEL, "ni un document Word"),
    "more than 5 MB": (lambda: b"oui " * 1_300_000, "5 Mo"),
    "more than 200 000 characters": (lambda: b"oui " * 60_000, "trop long"),
    "a Word file of more than 200 000 characters": (
        lambda: documents.word([(1, "Oui"), (0, "oui " * 60_000)], extras=False),
        "trop long",
    ),
    "an ODT of more than 200 000 characters": (
        lambda: documents.odt([(1, "Oui"), (0, "oui " * 60_000)], extras=False),
        "trop long",
    ),
    "more than 200 articles": (lambda: many_articles().encode(), "trop long"),
    "nothing": (lambda: b"", "vide"),
    "blanks": (lambda: b" \n\n\t ", "vide"),
    "an empty Word file": (lambda: documents.word([], title="", extras=False), "aucun texte"),
    "an empty ODT": (lambda: documents.odt([], title="", extras=False), "aucun texte"),
    "a title alone": (lambda: documents.word([], extras=False), "qu’un titre"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_in_words(name):
    make, words = REFUSED[name]
    with pytest.raises(importing.FileRefused, match=words):
        importing.read(make())


def test_a_document_hidden_behind_a_pictures_name_is_not_read():
    """The library would follow the relation to any part; it receives the checked parts alone."""
    package = documents.rewritten(
        documents.word(),
        {
            "word/media/hidden.png": BOMB,
            "_rels/.rels": lambda part: part.replace(b"word/document.xml", b"word/media/hidden.png"),
        },
    )
    imported = importing.read(package)
    assert imported.title == "La charte aux Tilleuls"
    assert "lol" not in str(imported)


def test_no_byte_of_a_good_file_can_break_the_reading():
    """Cut or bent anywhere, a file is read or refused in words; it never raises anything else."""
    for good in (documents.word(), documents.odt()):
        for at in range(0, len(good), len(good) // 60):
            bent = bytearray(good)
            bent[at] ^= 0x55
            for content in (bytes(bent), good[:at]):
                try:
                    importing.read(content)
                except importing.FileRefused:
                    continue
