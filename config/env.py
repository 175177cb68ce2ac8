"""Typed readers of environment variables. They refuse what they do not understand, and name the variable.

Every variable that the product reads is read here, so `docs/configuration.md` can be compared with it.
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

READ = {}
"""Each variable read so far, with its default: what `docs/configuration.md` must list."""


def text(name, default=""):
    READ[name] = default
    return os.environ.get(name, default)


def flag(name, default=False):
    READ[name] = "yes" if default else "no"
    value = os.environ.get(name, READ[name]).strip().lower()
    if value in {"yes", "true", "on", "1"}:
        return True
    if value in {"no", "false", "off", "0", ""}:
        return False
    raise ImproperlyConfigured(f"{name} says {value!r}; write yes or no.")


def number(name, default):
    READ[name] = str(default)
    value = os.environ.get(name, str(default))
    try:
        return type(default)(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} says {value!r}; write a number.") from None


def names(name, default=()):
    """A list, its items separated by commas."""
    READ[name] = ",".join(default)
    return [item.strip() for item in os.environ.get(name, READ[name]).split(",") if item.strip()]


def folder(name, default):
    """An absolute path; a relative one starts from the checkout."""
    READ[name] = str(default)
    return (Path(__file__).resolve().parent.parent / os.environ.get(name, str(default))).resolve()
