"""The PDFs: accessible (PDF/UA-1, by a validator), sealed, and known for altered when they are."""

import page
import pytest
from django.core.management import CommandError, call_command

from maillage.charters import documents, seal
from maillage.charters.models import RegisterEntry
from maillage.messaging.actions import send_due_messages
from maillage.messaging.models import Message
from tests.factories.charters import adopted, national, signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate(entraide, amina, now):
    return documents.certificate_pdf(signed(organisation=entraide, email="amina@exemple.org", at=now))


def failures(pdf):
    report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
    return [f"{failure.rule_id} {failure.message}" for failure in report.failures]


def test_the_charter_is_an_accessible_pdf():
    assert failures(documents.charter_pdf(national())) == []


def test_an_adaptation_is_an_accessible_pdf(jardins, bruno, elsa, tilleuls):
    assert failures(documents.charter_pdf(adopted(promoter=jardins, actor=elsa, territory=tilleuls))) == []


def test_a_sealed_certificate_stays_accessible(certificate):
    assert failures(certificate) == []


def test_a_genuine_certificate_gives_its_signature_and_the_registers_head(certificate):
    report = seal.check(certificate)
    assert report.is_genuine
    entry = RegisterEntry.objects.get()
    assert (report.token, report.head) == (entry.signature.token, entry.hash)


def test_a_changed_byte_is_found(certificate):
    for at in range(200, len(certificate) - 30_000, 1777):
        altered = bytearray(certificate)
        altered[at] ^= 1
        assert not seal.check(bytes(altered)).is_genuine, at


def test_something_added_after_the_seal_is_found(certificate):
    report = seal.check(certificate + b"\n% ajout discret")
    assert not report.is_genuine


def test_a_document_sealed_by_somebody_else_is_found(certificate, entraide, settings, tmp_path):
    settings.SEAL_FOLDER = tmp_path / "autre"
    seal._signer.cache_clear()
    report = seal.check(certificate)
    seal._signer.cache_clear()
    assert not report.is_genuine
    assert "cette plateforme" in report.reason


@pytest.mark.parametrize("content", [b"", b"bonjour", b"%PDF-1.7\n%%EOF", b"\x00" * 5000])
def test_what_is_not_a_certificate_is_said_so(content):
    assert not seal.check(content).is_genuine


def test_the_command_tells_genuine_from_altered(certificate, tmp_path, capsys):
    file = tmp_path / "attestation.pdf"
    file.write_bytes(certificate)
    call_command("verify", str(file))
    assert "Authentique" in capsys.readouterr().out
    file.write_bytes(certificate.replace(b"obj", b"obk", 1))
    with pytest.raises(CommandError, match="Pas authentique"):
        call_command("verify", str(file))


def test_hostile_text_stays_text():
    hostile = '#import "/etc/passwd" <script>alert(1)</script> $x$ #{ 1 + 1 } \\ * _ `raw`'
    version = national(articles=[{"key": "a", "kind": "value", "title": hostile[:190], "text": hostile}])
    assert failures(documents.charter_pdf(version)) == []


def test_the_receipt_carries_the_certificate(entraide, amina, now, mailoutbox):
    signed(organisation=entraide, email="amina@exemple.org", at=now)
    Message.objects.exclude(kind="signature_received").delete()
    assert send_due_messages(at=now) == 1
    name, content, kind = mailoutbox[0].attachments[0]
    assert name.startswith("attestation-entraide-du-parc")
    assert kind == "application/pdf"
    assert seal.check(content).is_genuine
