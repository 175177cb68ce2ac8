"""The loop that empties the outbox. The serving command starts one; a larger site may start several."""

import logging
import math
import os
import signal
import threading
import time

from django.conf import settings
from django.db import close_old_connections, connections
from django.utils import timezone
from django.utils.module_loading import import_string

from .actions import send_due_messages

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_DUTIES = 600


def run_worker(*, parent=None, most=math.inf):
    """Send what is due, wait, again; until SIGTERM or SIGINT, or until the process ``parent`` is gone.

    Also ends after about ``most`` messages, for a parent that starts another: building PDFs leaves memory behind.
    """
    stop, sent, looked = threading.Event(), 0, -math.inf
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    while not stop.is_set() and sent < most and (parent is None or os.getppid() == parent):
        try:
            close_old_connections()
            while sent < most and (left := send_due_messages(at=timezone.now(), stop=stop.is_set)):
                sent += left
            if time.monotonic() - looked > SECONDS_BETWEEN_DUTIES:
                looked = time.monotonic()
                _do_duties()
        except Exception:
            # A database that is away for a minute must not end the worker.
            logger.exception("the outbox could not be read")
        if sent < most:
            stop.wait(settings.OUTBOX_EVERY_SECONDS)
    connections.close_all()


def _do_duties():
    """What WHILE_SERVING names; one that fails is logged by its name, and stops neither the others nor the mail."""
    for name in settings.WHILE_SERVING:
        try:
            import_string(name)()
        except Exception:
            logger.exception("a duty failed while serving: %s", name)
