"""The platform's seal (PAdES, pyHanko): put on every certificate, checked offline from the file alone."""

import dataclasses
import datetime
import io
import os
import re
import zlib
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

FIELD = "Cachet"
MOST_BYTES_UNFOLDED = 50_000_000
"""Of one PDF given to verify; a certificate of ours holds a hundredth of it."""


def files():
    """(key, certificate): the paths in settings, else two files made once in the data folder."""
    if settings.SEAL_KEY_FILE:
        return Path(settings.SEAL_KEY_FILE), Path(settings.SEAL_CERTIFICATE_FILE)
    folder = Path(settings.SEAL_FOLDER)
    key, certificate = folder / "seal.key", folder / "seal.pem"
    if not certificate.exists():
        _make(folder, key, certificate)
    return key, certificate


def _make(folder, key, certificate):
    folder.mkdir(parents=True, exist_ok=True)
    private = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Maillage, {settings.SITE_ADDRESS}"[:64])])
    now = datetime.datetime.now(datetime.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=365 * 10))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_signing_only(), critical=True)
    )
    public = builder.sign(private, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    secret = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    # Written beside, then moved: another process reads a whole pair, or none.
    for path, content in ((key, secret), (certificate, public)):
        draft = path.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as new:
            new.write(content)
        draft.replace(path)


def _signing_only():
    uses = dict.fromkeys(
        (
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    return x509.KeyUsage(digital_signature=True, content_commitment=True, **uses)


@lru_cache(maxsize=1)
def _signer(key, certificate):
    return signers.SimpleSigner.load(str(key), str(certificate))


def seal(pdf):
    """``pdf`` (bytes) with the platform's seal; PDF/UA-1 is kept (an invisible field, out of the page, named)."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD, subfilter=fields.SigSeedSubFilter.PADES, md_algorithm="sha256"
    )
    field = fields.SigFieldSpec(
        FIELD,
        on_page=0,
        readable_field_name=_("Cachet électronique de la plateforme"),
        invis_sig_settings=fields.InvisSigSettings(
            set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True
        ),
    )
    signer = signers.PdfSigner(metadata, signer=_signer(*files()), new_field_spec=field)
    return signer.sign_pdf(writer).getvalue()


@dataclasses.dataclass(frozen=True)
class SealReport:
    """Whether a PDF is genuine, and why; ``head`` is the register's head printed in it, if any."""

    is_genuine: bool
    reason: str
    head: str = ""
    token: str = ""


def check(pdf, *, certificate=None):
    """Read the seal of ``pdf`` (bytes) against a platform's certificate (PEM bytes); returns a `SealReport`.

    ``certificate``: this platform's own where it is None.
    """
    known = x509.load_pem_x509_certificate(certificate or files()[1].read_bytes())
    if _unfolds_too_much(pdf):
        return SealReport(False, _("ce fichier n’est pas un PDF lisible"))
    # Anybody gives anything to this parser, which was not written for that: it also fails by AssertionError.
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        signatures = reader.embedded_signatures
    except Exception:
        return SealReport(False, _("ce fichier n’est pas un PDF lisible"))
    if not signatures:
        return SealReport(False, _("ce PDF ne porte pas le cachet de la plateforme"))
    if len(signatures) > 1:
        return SealReport(False, _("ce PDF porte plusieurs cachets : une autre personne y a ajouté le sien"))
    try:
        return _check_seal(reader, signatures[0], known)
    except Exception:
        return SealReport(False, _("le cachet est abîmé"))


def _unfolds_too_much(pdf):
    """A few compressed bytes may hold gigabytes, one inside the other: looked at before the parser unfolds them."""
    left, whole = MOST_BYTES_UNFOLDED, memoryview(pdf)
    for mark in re.finditer(rb"stream\r?\n", pdf):
        layer = whole[mark.end() :]
        for _layer in range(4):
            try:
                layer = zlib.decompressobj().decompress(layer, left + 1)
            except zlib.error:
                break
            left -= len(layer)
            if left < 0:
                return True
    return False


def _check_seal(reader, signature, certificate):
    if signature.signer_cert is None or signature.signer_cert.dump() != certificate.public_bytes(
        serialization.Encoding.DER
    ):
        return SealReport(False, _("le cachet n’est pas celui de cette plateforme"))
    context = ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False)
    status = validate_pdf_signature(signature, signer_validation_context=context)
    if not status.intact or not status.valid:
        return SealReport(False, _("le contenu a été modifié après le cachet"))
    if not status.coverage or status.coverage.value < 3 or reader.xrefs.total_revisions > 2:
        return SealReport(False, _("quelque chose a été ajouté au fichier après le cachet"))
    keywords = str(reader.trailer["/Info"].get("/Keywords", "")) if "/Info" in reader.trailer else ""
    marks = dict(part.strip().split("=", 1) for part in keywords.split(",") if "=" in part)
    return SealReport(True, _("le cachet est intact"), head=marks.get("head", ""), token=marks.get("token", ""))
