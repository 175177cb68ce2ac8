"""The secret key of a machine that was given none: made once, kept in the data folder."""

import os
from contextlib import suppress

from django.core.management.utils import get_random_secret_key

from config import env


def read_or_make_secret_key(var):
    """The key in SECRET_KEY, else the one in `<var>/secret-key`, made on the first start (mode 600)."""
    given = env.text("SECRET_KEY")
    if given:
        return given
    path = var / "secret-key"
    var.mkdir(parents=True, exist_ok=True)
    # Two processes may start at once: the first to create the file decides.
    with (
        suppress(FileExistsError),
        os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as new,
    ):
        new.write(get_random_secret_key())
    return path.read_text()
