"""Every way to alter a sealed certificate, and the words that name it: in the page, and by the command, offline."""

import io
import re

import pytest
from cryptography.hazmat.primitives import serialization
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from maillage.charters import documents, seal
from tests.factories.charters import signed

pytestmark = pytest.mark.django_db
MODIFIED = "le contenu du fichier (texte, pages ou métadonnées) a été modifié après le cachet"


@pytest.fixture
def certificate(entraide, amina, now):
    return documents.certificate_pdf(signed(organisation=entraide, email="amina@exemple.org", at=now))


def seal_range(pdf):
    """(start, end) of the seal's own bytes, in hexadecimal."""
    signature = PdfFileReader(io.BytesIO(pdf)).embedded_signatures[0]
    return signature.byte_range[1] + 1, signature.byte_range[2] - 1


def text_changed(pdf):
    """A byte of the first page's compressed text."""
    at = pdf.index(b"stream\n") + 60
    return pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]


def metadata_changed(pdf):
    return re.sub(rb"(/Creator \(|<xmp:CreatorTool>)Typst", rb"\1Tyqst", pdf)


def seal_removed(pdf):
    """The file as it was before the seal."""
    return pdf[: pdf.index(b"%%EOF") + 6]


def seal_field_emptied(pdf):
    return pdf.replace(b"/FT /Sig", b"/FT /Tx ")


def seal_bytes_altered(pdf):
    start, _end = seal_range(pdf)
    return pdf[: start + 40] + b"00000000" + pdf[start + 48 :]


def seal_value_altered(pdf):
    """The digest's signature itself: everything can be read, nothing fits."""
    start, end = seal_range(pdf)
    last = len(pdf[start:end].rstrip(b"0")) + start - 40
    # Hexadecimal digits of the seal are capitals: an « a » in the place of an « A » would change nothing.
    return pdf[:last] + (b"B" if pdf[last : last + 1].upper() == b"A" else b"A") + pdf[last + 1 :]


def updated(pdf, change):
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    change(writer)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def update_appended(pdf):
    return updated(pdf, lambda writer: writer.add_object(generic.TextStringObject("une note")))


def metadata_updated(pdf):
    def change(writer):
        writer.set_info(
            generic.DictionaryObject({generic.pdf_name("/Keywords"): generic.TextStringObject("token=ffff")})
        )

    return updated(pdf, change)


def page_added(pdf):
    def change(writer):
        box = generic.ArrayObject([generic.NumberObject(n) for n in (0, 0, 595, 842)])
        page = generic.DictionaryObject(
            {generic.pdf_name("/Type"): generic.pdf_name("/Page"), generic.pdf_name("/MediaBox"): box}
        )
        pages = writer.root["/Pages"]
        pages["/Kids"].append(writer.add_object(page))
        pages["/Count"] = generic.NumberObject(int(pages["/Count"]) + 1)
        writer.update_container(pages["/Kids"])
        writer.update_container(pages)

    return updated(pdf, change)


def pages_removed(pdf):
    def change(writer):
        pages = writer.root["/Pages"]
        pages["/Count"] = generic.NumberObject(int(pages["/Count"]) - 1)
        writer.update_container(pages)

    return updated(pdf, change)


def truncated(pdf):
    return pdf[: len(pdf) * 2 // 3]


def scrambled(pdf):
    """The table of contents of the file points nowhere."""
    return re.sub(rb"startxref\n\d+", b"startxref\n7", pdf)


CASES = {
    "text changed": (text_changed, MODIFIED),
    "metadata changed": (metadata_changed, MODIFIED),
    "seal removed": (seal_removed, "ne porte pas, ou plus, le cachet"),
    "seal field emptied": (seal_field_emptied, "ne porte pas, ou plus, le cachet"),
    "seal bytes altered": (seal_bytes_altered, "le cachet lui-même est abîmé"),
    "seal value altered": (seal_value_altered, "le cachet lui-même est abîmé"),
    "comment appended": (lambda pdf: pdf + b"\n% ajout discret", "quelque chose a été ajouté"),
    "incremental update appended": (update_appended, "quelque chose a été ajouté"),
    "metadata updated": (metadata_updated, "les métadonnées du fichier"),
    "a page added": (page_added, "des pages ont été ajoutées"),
    "pages removed": (pages_removed, "des pages ont été retirées"),
    "truncated": (truncated, "incomplet : sa fin manque"),
    "scrambled": (scrambled, "abîmé : il ne peut pas être lu"),
    "sealed twice": (lambda pdf: sealed_again(pdf), "plusieurs cachets"),
    "not a PDF": (lambda pdf: b"bonjour " * 300, "n’est pas un PDF"),
}


def sealed_again(pdf):
    """A second seal, under another name."""
    field, seal.FIELD = seal.FIELD, "Autre"
    try:
        return seal._seal(pdf)
    finally:
        seal.FIELD = field


@pytest.mark.parametrize("name", CASES)
def test_each_alteration_is_named_in_the_page_and_by_the_command(name, certificate, client, tmp_path):
    alter, words = CASES[name]
    altered = alter(certificate)
    assert altered != certificate, "the alteration took place"
    report = seal.check(altered)
    assert not report.is_genuine
    assert words in report.reason

    upload = SimpleUploadedFile("attestation.pdf", altered, "application/pdf")
    shown = client.post("/charte/verifier/", {"document": upload, "token": ""}).content.decode()
    assert "n’est pas authentique" in shown
    assert words[1:] in shown.replace("&#x27;", "'")

    file, known = tmp_path / "attestation.pdf", tmp_path / "cachet.pem"
    file.write_bytes(altered)
    known.write_bytes(seal.files()[1].read_bytes())
    with pytest.raises(CommandError) as refusal:
        call_command("verify", str(file), "--certificate", str(known))
    assert words in str(refusal.value)


def test_a_seal_made_with_another_key_is_named(certificate, settings, tmp_path, client):
    own = seal.files()[1].read_bytes()
    settings.SEAL_FOLDER = tmp_path / "autre"
    unsealed = seal_removed(certificate)
    forged = seal.seal(unsealed)
    assert seal.check(forged).is_genuine, "there, it is"
    report = seal.check(forged, certificate=own)
    assert not report.is_genuine
    assert "n’est pas celui de cette plateforme" in report.reason


def test_a_certificate_of_the_same_name_is_not_enough(certificate, settings, tmp_path):
    """A forger may copy every word of the platform's certificate, not its key."""
    own = seal.files()[1].read_bytes()
    settings.SEAL_FOLDER = tmp_path / "copie"
    forged = seal.seal(seal_removed(certificate))
    copied = seal.x509.load_pem_x509_certificate(seal.files()[1].read_bytes())
    assert copied.subject == seal.x509.load_pem_x509_certificate(own).subject
    assert copied.public_bytes(serialization.Encoding.PEM) != own
    assert not seal.check(forged, certificate=own).is_genuine


def test_no_byte_of_a_certificate_can_be_changed_unseen_nor_break_the_check(certificate):
    start, end = seal_range(certificate)
    used = start + len(certificate[start:end].rstrip(b"0"))
    for at in range(0, len(certificate), 997):
        if used <= at < end:  # zeros after the seal, that nothing reads
            continue
        altered = bytearray(certificate)
        altered[at] ^= 1
        assert not seal.check(bytes(altered)).is_genuine, at


def test_no_byte_of_the_envelope_can_be_changed_although_nothing_signs_it(certificate):
    """Its version, its list of algorithms, its lengths: a reader that forgives would call the file genuine."""
    start, end = seal_range(certificate)
    used = len(certificate[start:end].rstrip(b"0"))
    for at in [*range(140), *range(2130, 2380, 3), *range(used - 60, used)]:
        altered = bytearray(certificate)
        altered[start + at] ^= 1
        assert not seal.check(bytes(altered)).is_genuine, at


def test_no_cut_of_a_certificate_is_taken_for_whole(certificate):
    for length in range(0, len(certificate), 2999):
        assert not seal.check(certificate[:length]).is_genuine, length
