"""The time of a seal, said by a service that the operator chose; a seal never waits for long, nor depends on it."""

import io
import time

import page
import pytest
from asn1crypto import cms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from pyhanko.pdf_utils.reader import PdfFileReader

from maillage.charters import documents, seal
from tests.factories import timestamps
from tests.factories.charters import signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def signature(entraide, amina, now):
    return signed(organisation=entraide, email="amina@exemple.org", at=now)


def test_no_service_is_asked_unless_a_setting_names_it(signature, settings):
    assert settings.SEAL_TIMESTAMP_URL == ""
    with timestamps.service() as service:
        report = seal.check(documents.certificate_pdf(signature))
    assert (report.is_genuine, report.stamped_at, service.asked) == (True, None, [])


def test_the_service_gives_the_time_and_receives_a_digest_alone(signature, settings, client, tmp_path, capsys):
    with timestamps.service() as service:
        settings.SEAL_TIMESTAMP_URL = service.address
        pdf = documents.certificate_pdf(signature)
    assert all(len(question) < 200 for question in service.asked)
    report = seal.check(pdf)
    assert report.is_genuine
    assert (report.stamped_at, report.stamped_by) == (timestamps.MOMENT, timestamps.NAME)
    assert report.token == signature.token

    validated = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
    assert [failure.message for failure in validated.failures] == []

    (tmp_path / "attestation.pdf").write_bytes(pdf)
    call_command("verify", str(tmp_path / "attestation.pdf"))
    assert "horodaté le 04/03/2026 à 05:06:07 UTC par « Horodatage d’essai »" in capsys.readouterr().out

    upload = SimpleUploadedFile("attestation.pdf", pdf, "application/pdf")
    shown = client.post("/charte/verifier/", {"document": upload, "token": ""}).content.decode()
    assert "horodaté le 4 mars 2026" in shown
    assert timestamps.NAME in shown


@pytest.mark.parametrize(
    "mood",
    [
        "failing",
        "refusing",
        "babbling",
        "wrong_kind",
        "endless",
        "about_something_else",
        "silent",
        "dripping",
    ],
)
def test_a_service_in_trouble_leaves_a_seal_without_time_stamp_and_a_line_in_the_log(
    signature, settings, caplog, mood
):
    settings.SEAL_TIMESTAMP_TIMEOUT_SECONDS = 0.5
    with timestamps.service(mood) as service:
        settings.SEAL_TIMESTAMP_URL = service.address
        start = time.monotonic()
        report = seal.check(documents.certificate_pdf(signature))
        assert time.monotonic() - start < 5
    assert (report.is_genuine, report.stamped_at) == (True, None)
    assert "sealed without time stamp" in caplog.text


def test_nobody_at_that_address(signature, settings, caplog):
    settings.SEAL_TIMESTAMP_URL = "http://127.0.0.1:9/"
    assert seal.check(documents.certificate_pdf(signature)).is_genuine
    assert "sealed without time stamp" in caplog.text


def test_a_time_stamp_taken_from_another_seal_is_found(signature, settings):
    """The stamp lies outside what the seal signs: it must speak of this very seal."""

    def contents(pdf):
        signature = PdfFileReader(io.BytesIO(pdf)).embedded_signatures[0]
        start, end = signature.byte_range[1], signature.byte_range[2]
        return bytes(pdf[start + 1 : end - 1]), start + 1

    with timestamps.service() as service:
        settings.SEAL_TIMESTAMP_URL = service.address
        one, other = documents.certificate_pdf(signature), documents.certificate_pdf(signature)
    mine, at = contents(one)
    theirs, _at = contents(other)
    own = cms.ContentInfo.load(bytes.fromhex(mine.decode()))
    foreign = cms.ContentInfo.load(bytes.fromhex(theirs.decode()))
    own["content"]["signer_infos"][0]["unsigned_attrs"] = foreign["content"]["signer_infos"][0]["unsigned_attrs"]
    swapped = own.dump(force=True).hex().encode().ljust(len(mine), b"0")
    report = seal.check(one[:at] + swapped + one[at + len(mine) :])
    assert not report.is_genuine
    assert "horodatage" in report.reason
