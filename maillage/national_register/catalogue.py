"""Where the newest file of the register is: asked of the catalogue of public data (data.gouv.fr, API v1)."""

import json
import re
import time
import urllib.error
import urllib.request
from http.client import HTTPException
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import gettext as _

from maillage.territories.files import opener

from .refusals import RegisterRefused

WANTED = "rna_waldec"
MOST_ANSWER = 20_000_000
MOST_DOWNLOAD = 3_000_000_000
TIMEOUT_SECONDS = 30
WHOLE_DOWNLOAD_SECONDS = 3 * 3600
CHUNK = 1 << 20
_DAY = re.compile(r"20\d{6}")


def newest_file():
    """The address of the newest `rna_waldec` file of the official dataset. One request goes out.

    The day in the name decides, not the order of the catalogue; then the date of its last change.
    Raises RegisterRefused, in French.
    """
    with _open(settings.RNA_CATALOGUE_URL) as response:
        answer = response.read(MOST_ANSWER)
    try:
        offered = [_offer(resource) for resource in json.loads(answer)["resources"]]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise RegisterRefused(_("La réponse du catalogue des données publiques n’est pas compréhensible.")) from None
    offered = [offer for offer in offered if offer]
    if not offered:
        raise RegisterRefused(
            _("Le catalogue ne propose plus de fichier « %(name)s » : donnez un fichier téléchargé.")
            % {"name": WANTED}
        )
    return urljoin(settings.RNA_CATALOGUE_URL, max(offered)[-1])


def _offer(resource):
    address, title = str(resource["url"]), str(resource.get("title") or "")
    told = f"{title} {address.rsplit('/', 1)[-1]}".lower()
    if WANTED not in told or not re.search(r"\.(zip|csv)$", address.split("?")[0].lower()):
        return None
    day = max(_DAY.findall(told), default="")
    return (day, str(resource.get("last_modified") or ""), address)


def download(address, folder, *, progress=lambda done, total: None):
    """Fetch ``address`` into ``folder``; the path. Raises RegisterRefused, in French."""
    name = re.sub(r"[^\w.-]", "_", address.split("?")[0].rstrip("/").rsplit("/", 1)[-1])[:100] or "register"
    path = folder / name
    deadline = time.monotonic() + WHOLE_DOWNLOAD_SECONDS
    with _open(address) as response, path.open("wb") as file:
        promised = response.headers.get("Content-Length") or ""
        total = int(promised) if promised.isdigit() else 0
        done = 0
        try:
            while chunk := response.read(CHUNK):
                file.write(chunk)
                done += len(chunk)
                progress(done, total)
                if done > MOST_DOWNLOAD or time.monotonic() > deadline:
                    raise RegisterRefused(
                        _("Le fichier est trop grand, ou trop lent à venir : téléchargez-le à part.")
                    )
        except (OSError, HTTPException) as error:
            raise _unreadable(address, error) from None
    if done < total:
        raise RegisterRefused(_("Le téléchargement s’est arrêté avant la fin : réessayez."))
    return path


def _open(address):
    if not re.match(r"https?://[^/]", address, re.IGNORECASE):
        raise RegisterRefused(_("Une adresse commence par https:// ou http://."))
    try:
        request = urllib.request.Request(  # noqa: S310  checked above
            address, headers={"User-Agent": f"Maillage ({settings.SITE_ADDRESS})", "Accept": "*/*"}
        )
        return opener().open(request, timeout=TIMEOUT_SECONDS)
    except (OSError, HTTPException, ValueError) as error:
        raise _unreadable(address, error) from None


def _unreadable(address, error):
    if isinstance(error, urllib.error.HTTPError):
        reason = _("elle répond « %(status)d »") % {"status": error.code}
    elif isinstance(error, TimeoutError) or isinstance(getattr(error, "reason", None), TimeoutError):
        reason = _("elle ne répond pas à temps")
    else:
        reason = str(getattr(error, "reason", error))
    return RegisterRefused(
        _("L’adresse %(address)s ne peut pas être lue : %(reason)s. Réessayez, ou donnez un fichier téléchargé.")
        % {"address": address, "reason": reason}
    )
