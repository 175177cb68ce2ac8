"""One machine, no variable, no server: what `make run` and `make demo` use."""

from .base import *  # noqa: F403
from .base import VAR
from .keys import read_or_make_secret_key

SECRET_KEY = read_or_make_secret_key(VAR)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
