"""A photo that people send: known by its first bytes, drawn again without what the camera wrote in it."""

import io
import warnings

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

MOST_BYTES = 8_000_000
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 1280
STARTS = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG", b"RIFF": "WEBP"}


class NotAPhoto(ValidationError):
    """The file is not a photo that can be shown; the message says why."""


def drawn_again(content):
    """(JPEG bytes, width, height) of the photo ``content``: upright, 1280 pixels at most, without place nor camera.

    Raises NotAPhoto with what to do.
    """
    if len(content) > MOST_BYTES:
        raise NotAPhoto({"image": _("Cette photo dépasse 8 Mo : envoyez-la en qualité plus légère.")})
    kind = next((kind for start, kind in STARTS.items() if content.startswith(start)), None)
    if kind is None:
        raise NotAPhoto({"image": _("Envoyez une photo en JPEG, en PNG ou en WebP : ce fichier est autre chose.")})
    try:
        with warnings.catch_warnings():
            # Its size is looked at here, before a single pixel is drawn.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=[kind]) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise NotAPhoto({"image": _("Cette photo est trop grande : envoyez-la plus petite.")})
                return _redrawn(image)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NotAPhoto({"image": _("Cette photo est abîmée : envoyez-en une autre.")}) from error


def _redrawn(image):
    upright = ImageOps.exif_transpose(image).convert("RGBA")
    ground = Image.new("RGB", upright.size, "white")
    ground.paste(upright, mask=upright.getchannel("A"))
    ground.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    stream = io.BytesIO()
    ground.save(stream, "JPEG", quality=82, optimize=True)
    return stream.getvalue(), ground.width, ground.height
