"""Reading a calendar at an address that somebody typed: one request, bounded in time and size, never towards the
inside of the network (server-side request forgery, OWASP ASVS 5.0 §1.3.6).

The address is resolved once, checked, and the connection is made to what was checked: a name cannot answer one thing
when it is looked at and another when it is used. Each redirection goes the same way.
"""

import http.client
import ipaddress
import socket
import ssl
import time
import urllib.error
import urllib.request

from django.conf import settings
from django.utils.translation import gettext_lazy as _

MOST_BYTES = 2_000_000
SECONDS = 30
"""In all; and 10 without a byte."""
SILENCE = 10


class NotRead(Exception):
    """The calendar could not be read; its sentence says why, to whoever follows it."""


def read_address(address):
    """The bytes that ``address`` (http, https, webcal) gives. Raises `NotRead`."""
    scheme, _colon, rest = address.partition("://")
    scheme = {"webcal": "https", "webcals": "https"}.get(scheme.lower(), scheme.lower())
    if scheme not in ("http", "https"):
        raise NotRead(_("L’adresse commence par https:// ou webcal://."))
    request = urllib.request.Request(  # noqa: S310  the scheme is checked above
        f"{scheme}://{rest}", headers={"User-Agent": f"Maillage ({settings.SITE_ADDRESS})", "Accept": "text/calendar"}
    )
    ends = time.monotonic() + SECONDS
    try:
        with _opener().open(request, timeout=SILENCE) as response:
            return _bounded(response, ends)
    except urllib.error.HTTPError as error:
        error.close()
        raise NotRead(_("Ce serveur répond : erreur %(status)s.") % {"status": error.code}) from None
    except urllib.error.URLError as error:
        raise _why(error.reason) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise _why(error) from None


def _why(error):
    if isinstance(error, NotRead):
        return error
    if isinstance(error, ssl.SSLError):
        return NotRead(_("Le certificat de ce serveur n’est pas valable."))
    if isinstance(error, socket.gaierror):
        return NotRead(_("Ce nom de serveur n’existe pas."))
    return NotRead(_("Ce serveur ne répond pas."))


def _bounded(response, ends):
    content = bytearray()
    while piece := response.read1(65536):
        content += piece
        if len(content) > MOST_BYTES:
            raise NotRead(_("Ce calendrier est trop lourd : deux mégaoctets au plus."))
        if time.monotonic() > ends:
            raise NotRead(_("Ce serveur est trop lent."))
    return bytes(content)


def _public_socket(host, port, timeout):
    """A connection to ``host``, made to an address that was checked. Raises NotRead where it leads inside."""
    for family, kind, protocol, _name, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        if not settings.FEEDS_FROM_INSIDE and not ipaddress.ip_address(address[0].partition("%")[0]).is_global:
            raise NotRead(_("Cette adresse n’est pas sur l’internet public."))
        connection = socket.socket(family, kind, protocol)
        connection.settimeout(timeout)
        try:
            connection.connect(address)
        except OSError:
            connection.close()
            continue
        return connection
    raise NotRead(_("Ce serveur ne répond pas."))


class _PublicConnection(http.client.HTTPConnection):
    def connect(self):
        self.sock = _public_socket(self.host, self.port, self.timeout)


class _PublicSecureConnection(http.client.HTTPSConnection):
    def connect(self):
        plain = _public_socket(self.host, self.port, self.timeout)
        try:
            self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)
        except OSError:
            plain.close()
            raise


class _Plain(urllib.request.HTTPHandler):
    def http_open(self, request):
        return self.do_open(_PublicConnection, request)


class _Secure(urllib.request.HTTPSHandler):
    def https_open(self, request):
        return self.do_open(_PublicSecureConnection, request)


def _opener():
    """Only http and https, no proxy of the environment, no file, no FTP."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        _Plain,
        _Secure,
        urllib.request.HTTPRedirectHandler,
        urllib.request.HTTPErrorProcessor,
        urllib.request.HTTPDefaultErrorHandler,
    ):
        opener.add_handler(handler())
    return opener
