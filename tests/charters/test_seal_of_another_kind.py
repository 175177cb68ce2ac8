"""An operator brings their own key: it may be on an elliptic curve."""

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from maillage.charters import documents, seal
from tests.factories.charters import signed

pytestmark = pytest.mark.django_db
KEYS = {"2.5.29.14", "2.5.29.35"}
"""Extensions that name a key."""


def test_a_certificate_sealed_on_an_elliptic_curve_is_genuine(settings, tmp_path, entraide, amina, now):
    like = x509.load_pem_x509_certificate(seal.files()[1].read_bytes())
    key = ec.generate_private_key(ec.SECP256R1())
    made = x509.CertificateBuilder(like.issuer, like.subject, key.public_key(), 5)
    made = made.not_valid_before(like.not_valid_before_utc).not_valid_after(like.not_valid_after_utc)
    for extension in like.extensions:
        if extension.oid.dotted_string not in KEYS:
            made = made.add_extension(extension.value, extension.critical)
    settings.SEAL_KEY_FILE, settings.SEAL_CERTIFICATE_FILE = tmp_path / "key.pem", tmp_path / "certificate.pem"
    plain = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    settings.SEAL_KEY_FILE.write_bytes(key.private_bytes(*plain))
    settings.SEAL_CERTIFICATE_FILE.write_bytes(made.sign(key, hashes.SHA256()).public_bytes(plain[0]))

    pdf = documents.certificate_pdf(signed(organisation=entraide, email="amina@exemple.org", at=now))
    assert seal.check(pdf).is_genuine
    assert not seal.check(pdf, certificate=like.public_bytes(plain[0])).is_genuine
