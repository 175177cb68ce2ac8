"""What a scanned sheet may be, known by its first bytes and never by its name."""

import io
import warnings

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image

MOST_BYTES = 10_000_000
MOST_PIXELS = 60_000_000
MEDIA_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}


class NotAScan(ValidationError):
    """The file is not a scanned sheet; the message says why."""


def kind_of(content):
    """'pdf', 'jpg' or 'png', for the bytes ``content``. Raises NotAScan with what to do."""
    if len(content) > MOST_BYTES:
        raise NotAScan({"scan": _("Ce fichier dépasse 10 Mo : numérisez la feuille en qualité plus légère.")})
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]:
        return "pdf"
    if content.startswith(b"%PDF-"):
        raise NotAScan({"scan": _("Ce PDF est coupé : envoyez-le de nouveau, entier.")})
    kinds = {b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}
    kind = next((kind for start, kind in kinds.items() if content.startswith(start)), None)
    if kind is None:
        raise NotAScan({"scan": _("Envoyez la feuille en PDF, en JPEG ou en PNG : ce fichier est autre chose.")})
    try:
        too_large = _is_too_large(content)
    except (OSError, ValueError, SyntaxError) as error:
        raise NotAScan({"scan": _("Cette image est abîmée : numérisez la feuille de nouveau.")}) from error
    if too_large:
        raise NotAScan({"scan": _("Cette image est trop grande : numérisez la feuille en qualité plus légère.")})
    return kind


def _is_too_large(content):
    """Whether an image has more pixels than a sheet; raises what Pillow does where it cannot be drawn whole."""
    try:
        with warnings.catch_warnings():
            # Its size is looked at here, before a single pixel is drawn.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as image:
                if image.width * image.height > MOST_PIXELS:
                    return True
                image.load()
    except Image.DecompressionBombError:
        return True
    return False
