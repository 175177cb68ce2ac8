"""The platform's seal (PAdES, pyHanko): put on every certificate, checked offline from the file alone."""

import dataclasses
import datetime
import io
import logging
import os
import re
import zlib
from functools import lru_cache
from pathlib import Path

from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from .timestamps import TimestampService

logger = logging.getLogger(__name__)

FIELD = "Cachet"
MOST_BYTES_UNFOLDED = 50_000_000
"""Of one PDF given to verify; a certificate of ours holds a hundredth of it."""
PDF_START, PDF_END = b"%PDF-", b"%%EOF"
SIGNED_WITH = {"rsa": "rsa", "ec": "ecdsa"}
"""Kind of key → how the envelope of a seal names its algorithm."""
UNREADABLE = (PdfError, ValueError, LookupError, TypeError, AttributeError, RecursionError, ArithmeticError)
"""What reading a PDF that somebody bent may raise."""
STAMPING_FAILED = (OSError, PdfError, ValueError, LookupError, TypeError, AttributeError)
"""What a time-stamp service that does not answer, or answers something else, may raise."""


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
    """``pdf`` (bytes) with the platform's seal; PDF/UA-1 is kept (an invisible field, out of the page, named).

    Where a time-stamp service is set it is asked twice (the size of its answer, then the time), each time for
    ``SEAL_TIMESTAMP_TIMEOUT_SECONDS`` at most; if it fails, the seal has no time stamp and the log says so.
    """
    if settings.SEAL_TIMESTAMP_URL:
        try:
            stamped = _seal(pdf, TimestampService())
            report = check(stamped)
            if report.stamped_at:
                return stamped
            logger.warning("A certificate is sealed without time stamp: what the service answered is not one.")
        except STAMPING_FAILED as error:
            logger.warning("A certificate is sealed without time stamp: %s", error)
    return _seal(pdf)


def _seal(pdf, timestamper=None):
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
    signer = signers.PdfSigner(metadata, signer=_signer(*files()), timestamper=timestamper, new_field_spec=field)
    return signer.sign_pdf(writer).getvalue()


@dataclasses.dataclass(frozen=True)
class SealReport:
    """Whether a PDF is genuine, and why; ``head`` is the register's head printed in it, if any.

    ``stamped_at``: the moment that a time-stamp service gave, if any did; ``stamped_by``: how it calls itself.
    """

    is_genuine: bool
    reason: str
    head: str = ""
    token: str = ""
    stamped_at: datetime.datetime | None = None
    stamped_by: str = ""


def check(pdf, *, certificate=None):
    """Read the seal of ``pdf`` (bytes) against a platform's certificate (PEM bytes); returns a `SealReport`.

    ``certificate``: this platform's own where it is None. Nothing is asked of anybody: the file alone answers.
    """
    known = x509.load_pem_x509_certificate(certificate or files()[1].read_bytes())
    if PDF_START not in pdf[:1024]:
        return SealReport(False, _("ce fichier n’est pas un PDF"))
    if PDF_END not in pdf[-1024:]:
        return SealReport(False, _("ce fichier est incomplet : sa fin manque"))
    if _unfolds_too_much(pdf):
        return SealReport(False, _("ce PDF est abîmé : il ne peut pas être lu"))
    # Anybody gives anything to this parser, which was not written for that: it also fails by AssertionError.
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
    except Exception:
        return SealReport(False, _("ce PDF est abîmé : il ne peut pas être lu"))
    try:
        return _check_seals(reader, known)
    except Exception:
        return SealReport(False, _("le cachet lui-même est abîmé ou a été modifié"))


def _check_seals(reader, known):
    signatures = reader.embedded_signatures
    if not signatures:
        return SealReport(False, _("ce PDF ne porte pas, ou plus, le cachet de la plateforme"))
    if len(signatures) > 1:
        return SealReport(False, _("ce PDF porte plusieurs cachets : une autre personne y a ajouté le sien"))
    return _check_seal(reader, signatures[0], known)


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
    status = validate_pdf_signature(
        signature,
        signer_validation_context=context,
        ts_validation_context=ValidationContext(trust_roots=[], allow_fetching=False),
    )
    if not status.intact:
        return SealReport(
            False, _("le contenu du fichier (texte, pages ou métadonnées) a été modifié après le cachet")
        )
    if not status.valid:
        return SealReport(False, _("le cachet lui-même est abîmé ou a été modifié"))
    if not _is_as_it_was_made(signature):
        return SealReport(False, _("le cachet lui-même est abîmé ou a été modifié"))
    if not status.coverage or status.coverage.value < 3 or reader.xrefs.total_revisions > 2:
        return SealReport(False, _what_was_added(reader, signature))
    stamp = status.timestamp_validity
    if stamp is not None and not (stamp.intact and stamp.valid):
        return SealReport(False, _("l’horodatage du cachet est abîmé, ou vient d’un autre document"))
    keywords = str(reader.trailer["/Info"].get("/Keywords", "")) if "/Info" in reader.trailer else ""
    marks = dict(part.strip().split("=", 1) for part in keywords.split(",") if "=" in part)
    return SealReport(
        True,
        _("le cachet est intact"),
        head=marks.get("head", ""),
        token=marks.get("token", ""),
        stamped_at=stamp.timestamp if stamp else None,
        stamped_by=_common_name(stamp.signing_cert) if stamp else "",
    )


def _is_as_it_was_made(signature):
    """Whether the envelope of the seal (RFC 5652) is written as `seal` writes it, to the byte.

    Nothing signs a version number, a list of algorithms or a length: a reader forgives an altered one, and this one
    does not. The envelope is written again from what is signed, and compared; zeros fill the place left after it.
    """
    made, info = signature.signed_data, signature.signer_info
    algorithm = {"algorithm": "sha256"}
    parts = {
        "version": "v1",
        "sid": cms.SignerIdentifier(
            {
                "issuer_and_serial_number": {
                    "issuer": signature.signer_cert.issuer,
                    "serial_number": signature.signer_cert.serial_number,
                }
            }
        ),
        "digest_algorithm": algorithm,
        "signed_attrs": info["signed_attrs"],
        "signature_algorithm": {"algorithm": f"sha256_{SIGNED_WITH[signature.signer_cert.public_key.algorithm]}"},
        "signature": info["signature"],
    }
    if len(info["unsigned_attrs"]):
        parts["unsigned_attrs"] = info["unsigned_attrs"]
    again = cms.ContentInfo(
        {
            "content_type": "signed_data",
            "content": cms.SignedData(
                {
                    "version": "v1",
                    "digest_algorithms": [algorithm],
                    "encap_content_info": {"content_type": "data"},
                    "certificates": made["certificates"],
                    "signer_infos": [cms.SignerInfo(parts)],
                }
            ),
        }
    ).dump()
    written = bytes(signature.pkcs7_content)
    return written.startswith(again) and not written[len(again) :].strip(b"\0")


def _common_name(certificate):
    name = certificate.subject.native
    return str(name.get("common_name") or name.get("organization_name") or certificate.subject.human_friendly)


def _what_was_added(reader, signature):
    """An update written after the sealed bytes, in words: pages, metadata, or something else."""
    try:
        sealed = reader.get_historical_resolver(signature.signed_revision)
        pages = [int(root["/Pages"]["/Count"]) for root in (sealed.root, reader.root)]
        infos = [_info(resolver) for resolver in (sealed, reader)]
    except UNREADABLE:
        return _("quelque chose a été ajouté au fichier après le cachet")
    if pages[1] > pages[0]:
        return _("des pages ont été ajoutées au fichier après le cachet")
    if pages[1] < pages[0]:
        return _("des pages ont été retirées du fichier après le cachet")
    if infos[0] != infos[1]:
        return _("les métadonnées du fichier (titre, auteur, mots-clés) ont été changées après le cachet")
    return _("quelque chose a été ajouté au fichier après le cachet")


def _info(resolver):
    trailer = resolver.trailer_view if hasattr(resolver, "trailer_view") else resolver.trailer
    return {str(key): str(value) for key, value in trailer["/Info"].items()} if "/Info" in trailer else {}
