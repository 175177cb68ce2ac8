"""The link of every e-mail that stops its kind: it shows no address to whoever reads a server's log."""

import base64
import hashlib
import json

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.urls import reverse

from .kinds import Category


def stop_link(address, category):
    """What lets the holder of ``address`` stop the messages of ``category``, without signing in. It does not end."""
    said = json.dumps([address.strip().lower(), str(category)])
    return _lock().encrypt(said.encode()).decode()


def open_stop_link(link):
    """(address, `Category`) of a link; None where it was forged or cut."""
    try:
        address, said = json.loads(_lock().decrypt(link.encode()).decode())
        category = Category(said)
    except (InvalidToken, ValueError, TypeError):
        return None
    return None if category == Category.DUTY else (address, category)


def stop_address(address, category):
    return settings.SITE_ADDRESS + reverse("digest:stop", args=[stop_link(address, category)])


def _lock():
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"maillage.messaging.stop:" + str(key).encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
