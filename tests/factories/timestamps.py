"""A time-stamp service (RFC 3161) on the loopback, for tests: well-behaved, or not."""

import asyncio
import contextlib
import datetime
import http.server
import threading
import time

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

MOMENT = datetime.datetime(2026, 3, 4, 5, 6, 7, tzinfo=datetime.UTC)
NAME = "Horodatage d’essai"


def authority():
    """A time stamper with its own key and certificate, stuck at `MOMENT`."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(MOMENT - datetime.timedelta(days=1))
        .not_valid_after(MOMENT + datetime.timedelta(days=3650))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return DummyTimeStamper(
        asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
        keys.PrivateKeyInfo.load(secret),
        fixed_dt=MOMENT,
    )


class Handler(http.server.BaseHTTPRequestHandler):
    """One method a mood of the service."""

    def do_POST(self):
        question = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append(question)
        with contextlib.suppress(OSError):
            getattr(self, self.server.mood)(question)

    def _send(self, content, kind="application/timestamp-reply", status=200):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _stamp(self, question):
        return asyncio.run(self.server.stamper.async_request_tsa_response(tsp.TimeStampReq.load(question))).dump()

    def well(self, question):
        self._send(self._stamp(question))

    def failing(self, question):
        self._send(b"", status=500)

    def refusing(self, question):
        self._send(tsp.TimeStampResp({"status": {"status": "rejection"}}).dump())

    def babbling(self, question):
        self._send(b"bonjour" * 50)

    def wrong_kind(self, question):
        self._send(self._stamp(question), kind="text/html")

    def endless(self, question):
        self._send(b"\0" * 3_000_000)

    def about_something_else(self, question):
        other = tsp.TimeStampReq.load(question)
        other["message_imprint"]["hashed_message"] = b"\0" * 32
        self._send(self._stamp(other.dump(force=True)))

    def silent(self, question):
        time.sleep(3)

    def dripping(self, question):
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        for _second in range(30):
            self.wfile.write(b"x")
            time.sleep(0.1)

    def log_message(self, *_arguments):
        pass


@contextlib.contextmanager
def service(mood="well"):
    """A running service: its ``address``, the questions it was ``asked``. Its moods are methods of `Handler`."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads, server.block_on_close = True, False
        server.stamper, server.mood, server.asked = authority(), mood, []
        server.address = f"http://127.0.0.1:{server.server_port}/"
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server
        server.shutdown()
