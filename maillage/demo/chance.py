"""Identifiers drawn from a seed, so that two tellings of the story have the same addresses and the same register."""

import base64
import contextlib
import random
import secrets
import uuid
from unittest import mock

from django.apps import apps


@contextlib.contextmanager
def seeded_identifiers(seed):
    """Inside, tokens, salts and UUIDs come from ``seed``: predictable, so for an invented town only."""
    dice = random.Random(seed)  # noqa: S311 - a story, not a secret

    def token_hex(size=32):
        return dice.randbytes(size).hex()

    def token_urlsafe(size=32):
        return base64.urlsafe_b64encode(dice.randbytes(size)).rstrip(b"=").decode()

    def seeded_uuid():
        return uuid.UUID(bytes=dice.randbytes(16), version=4)

    fields = [
        field
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.default is uuid.uuid4 and model.__module__.startswith("maillage.")
    ]
    with contextlib.ExitStack() as stack:
        stack.enter_context(mock.patch.object(secrets, "token_hex", token_hex))
        stack.enter_context(mock.patch.object(secrets, "token_urlsafe", token_urlsafe))
        for field in fields:
            stack.enter_context(mock.patch.object(field, "default", seeded_uuid))
            # Django caches the getter of a default; without this the cached one would win.
            stack.enter_context(mock.patch.dict(field.__dict__, {"_get_default": seeded_uuid}))
        yield dice
