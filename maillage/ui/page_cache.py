"""Public pages, kept whole a short time for visitors and dropped when something public changes.

A page is kept only where its view says so (`kept_for_visitors`) and where the request and the answer hold nothing of
one person. All processes read one folder, so they agree; a stamp in it, new at each drop, is part of every key: a
page that was being drawn while something changed is kept under a stamp that nobody asks for any more.
"""

import hashlib
import os
import re
import threading
from functools import wraps

from django.conf import settings
from django.core.cache import caches
from django.db import transaction
from django.http import HttpResponse
from django.utils.cache import get_conditional_response

STAMP = "stamp"
SHARED_VARY = {"cookie", "accept-encoding"}
"""What a kept page may vary on: both are in the key, or keep the page from being asked for."""
OWN = ("private", "no-store", "no-cache")

_thread = threading.local()


def kept_for_visitors(**parameters):
    """Marks a view whose page is the same for every visitor of one language.

    ``parameters``: the few parameters of the address that it reads, each with the pattern of its values; a page asked
    with another parameter, with other values or with one of them twice is drawn each time, so variants stay few.
    """
    patterns = {name: re.compile(pattern) for name, pattern in parameters.items()}

    def decorate(view):
        @wraps(view)
        def marked(request, *args, **kwargs):
            response = view(request, *args, **kwargs)
            response.is_for_every_visitor = _are_few(request.GET, patterns)
            return response

        return marked

    return decorate


def _are_few(query, patterns):
    return all(
        name in patterns and len(values) == 1 and patterns[name].fullmatch(values[0])
        for name, values in query.lists()
    )


def drop_public_pages(**_signal):
    """Once what is being written is committed, no page kept before is served again, by any process.

    The journal does it for every action; what changes public rows without it calls this.
    """
    # Asked here too: with no page kept, an action has nothing to do when it commits.
    if settings.PAGE_CACHE_SECONDS:
        _thread.has_to_drop = True
        transaction.on_commit(_drop_once, robust=True)


def _drop_once():
    """An action writes several lines of journal: the first to be committed drops for all."""
    if _thread.has_to_drop:
        drop_now()
        _thread.has_to_drop = False


def drop_now():
    """As `drop_public_pages`, at once: a server that starts may have other templates than the one before."""
    if not settings.PAGE_CACHE_SECONDS:
        return
    pages = caches["pages"]
    pages.clear()
    pages.set(STAMP, _new_stamp(), timeout=None)


def _new_stamp():
    return os.urandom(8).hex()


def _stamp(pages):
    stamp = pages.get(STAMP)
    if stamp is None:
        stamp = _new_stamp()
        pages.set(STAMP, stamp, timeout=None)
    return stamp


def key_of(request, language):
    """Where the page of this request is kept; None where the request may be answered for its sender alone.

    Scheme, host, path and query, language, and whether the browser reads gzip. A cookie that is neither the language
    nor the one of forms (a session, true or forged, a message) keeps the request away from kept pages.
    """
    harmless = {settings.LANGUAGE_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    if request.method != "GET" or request.COOKIES.keys() - harmless:
        return None
    if "HTTP_AUTHORIZATION" in request.META or "HTTP_RANGE" in request.META:
        return None
    # The same look at the header as Django's GZipMiddleware, so the two cannot disagree.
    zipped = bool(re.search(r"\bgzip\b", request.META.get("HTTP_ACCEPT_ENCODING", "")))
    parts = (request.scheme, request.get_host(), request.get_full_path(), language, zipped)
    return hashlib.sha256(repr((_stamp(caches["pages"]), *parts)).encode()).hexdigest()


def find(key, request):
    """The kept answer, or a 304 where the browser has it already; None where there is none."""
    kept = caches["pages"].get(key)
    if kept is None:
        return None
    headers, body = kept
    response = HttpResponse(body, headers=headers)
    return get_conditional_response(request, etag=headers.get("ETag"), response=response)


def keep(key, request, response):
    """Keep this answer, if it holds nothing of one person."""
    if _is_for_everybody(request, response):
        kept = (dict(response.items()), response.content)
        caches["pages"].set(key, kept, timeout=settings.PAGE_CACHE_SECONDS)


def _is_for_everybody(request, response):
    if not getattr(response, "is_for_every_visitor", False) or response.status_code != 200 or response.streaming:
        return False
    control = response.get("Cache-Control", "").lower()
    vary = {name.strip().lower() for name in response.get("Vary", "").split(",") if name.strip()}
    if response.cookies or any(word in control for word in OWN) or vary - SHARED_VARY:
        return False
    # The mark that a form was drawn with its token; with it comes a cookie, seen above.
    return "CSRF_COOKIE_NEEDS_UPDATE" not in request.META and not _belongs_to_somebody(request)


def _belongs_to_somebody(request):
    """Somebody is signed in, or read a message written for them."""
    messages = getattr(request, "_messages", None)
    if messages is not None and (messages.used or messages.added_new):
        return True
    return request.user.is_authenticated
