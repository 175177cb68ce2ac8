"""A picture of a page as JPEG, drawn once and kept beside the database."""

from pathlib import Path

from django.conf import settings

from maillage.ui.photos import NotAPhoto, drawn_again


def drawn(image):
    """JPEG bytes of a picture of the back office, 1280 pixels at most, without place nor camera; None where its file
    is gone or damaged.
    """
    kept = Path(settings.PRIVATE_ROOT) / "editorial" / f"{image.pk}-{image.file_hash or image.file_size or 0}.jpg"
    if kept.is_file():
        return kept.read_bytes()
    try:
        with image.file.open("rb") as stream:
            content, _width, _height = drawn_again(stream.read())
    except (OSError, NotAPhoto):
        return None
    kept.parent.mkdir(parents=True, exist_ok=True)
    beside = kept.with_suffix(".part")
    beside.write_bytes(content)
    beside.replace(kept)
    return content
