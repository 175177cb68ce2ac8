"""What is given to verify: too big, disguised, cut, empty. An answer in words, and nothing kept."""

import tracemalloc
import zlib

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from maillage.charters.documents import certificate_pdf

pytestmark = pytest.mark.django_db
ADDRESS = "/charte/verifier/"


def give(content, name="attestation.pdf", kind="application/pdf"):
    return Client().post(ADDRESS, {"document": SimpleUploadedFile(name, content, content_type=kind)})


@pytest.fixture(scope="module")
def bomb():
    """Small, and immense once opened: half a thousand million zeros, squeezed."""
    stream = zlib.compress(b"\0" * 500_000_000, 9)
    start = b"%PDF-1.7\n"
    about = b"<< /Type /XRef /Size 9 /W [1 2 1] /Root 1 0 R /Length %d /Filter /FlateDecode >>" % len(stream)
    table = b"1 0 obj\n" + about + b"\nstream\n" + stream + b"\nendstream\nendobj\n"
    return start + table + b"startxref\n%d\n%%%%EOF" % len(start)


def test_the_genuine_one_is_recognised_and_no_part_of_it_is(town):
    pdf = certificate_pdf(town["signature"])
    assert "Ce document est authentique" in give(pdf).content.decode()
    for length in (0, 1, 100, len(pdf) // 3, len(pdf) // 2, len(pdf) - 200, len(pdf) - 1):
        answer = give(pdf[:length])
        assert answer.status_code == 200, length
        assert length == len(pdf) - 1 or "Ce document est authentique" not in answer.content.decode(), length
    for place in range(0, len(pdf), len(pdf) // 12):
        changed = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]
        assert give(changed).status_code == 200
        assert "Ce document est authentique" not in give(changed).content.decode(), place
    assert "Ce document est authentique" not in give(pdf + b"\n% rien").content.decode()


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00" * 50,
        b"<html><script>alert(1)</script></html>",
        b"PK\x03\x04" + b"\x00" * 500,
        b"%PDF-1.7\n" + b"\x00\xff" * 5000,
        b"%PDF-1.7\nxref\n0 99999999999\ntrailer << /Root 1 0 R /Prev 9 >>\nstartxref\n9\n%%EOF",
        b"%PDF-1.7\n1 0 obj << /A 1 0 R >> endobj\ntrailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF",
        b"[" * 20_000,
        b"%PDF-1.7\n1 0 obj " + b"[" * 20_000 + b"\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF",
    ],
    ids=["program", "page", "zip", "noise", "wrong table", "loop", "brackets", "deep"],
)
def test_a_file_in_disguise_is_not_genuine_and_nothing_fails(content):
    answer = give(content)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "pas authentique" in page or "field--error" in page
    assert "<script>alert" not in page


def test_a_bomb_is_not_opened(bomb):
    tracemalloc.start()
    assert "pas authentique" in give(bomb).content.decode()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 150_000_000


def test_what_is_too_big_is_said():
    page = give(b"%PDF-1.7\n" + b"0" * 5_000_001).content.decode()
    assert "dépasse 5 Mo" in page


def test_a_name_is_only_a_name():
    for name in ("../../../etc/passwd.pdf", "<script>alert(1)</script>.pdf", "a" * 300 + ".pdf", "nul\x00.pdf"):
        answer = give(b"%PDF-1.7", name=name)
        assert answer.status_code < 500
        assert b"<script>alert" not in answer.content


def test_nothing_is_kept(town):
    before = sorted(settings.MEDIA_ROOT.rglob("*"))
    give(b"%PDF-1.7")
    assert sorted(settings.MEDIA_ROOT.rglob("*")) == before


def test_a_form_of_another_shape():
    assert Client().post(ADDRESS, {"document": "pas un fichier"}).status_code == 200
    assert Client().post(ADDRESS, b"x" * 100, content_type="text/plain").status_code < 500
    assert Client().post(ADDRESS, b"--x\r\nrubbish", content_type="multipart/form-data; boundary=x").status_code < 500
    assert Client().post(ADDRESS, b"rubbish", content_type="multipart/form-data").status_code < 500
