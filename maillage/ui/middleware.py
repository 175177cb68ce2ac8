"""What every answer goes through."""

import logging

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.utils import translation
from django.utils.cache import patch_vary_headers

from . import page_cache, refusals
from .limits import seconds_to_wait
from .robots import is_caught

logger = logging.getLogger(__name__)


class BackOfficePolicy:
    """Gives Wagtail's back office, which has inline scripts, a content policy of its own."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith("/gestion/"):
            response["Content-Security-Policy"] = settings.BACK_OFFICE_POLICY
        return response


def chosen_language(request):
    """The language of the cookie, if it is one of ours; else French."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class ChosenLanguage:
    """French, unless the reader has chosen another language at the foot of the page.

    The browser's own preference is not looked at: French comes first, and a shared computer keeps what was chosen.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = chosen_language(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            if response.get("Content-Type", "").startswith("text/html"):
                patch_vary_headers(response, ["Cookie"])
            return response


class PublicForms:
    """Limits, and traps for robots, on the addresses that the settings name; before any view."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        route = request.resolver_match.view_name
        for name, limit in settings.LIMITS.items():
            is_counted = route in limit["routes"] and _counts(request, limit["counts"])
            if is_counted and (seconds := seconds_to_wait(request, name)):
                return refusals.too_many(request, seconds=seconds)
        if request.method == "POST" and route in settings.FORMS_WITH_A_TRAP and is_caught(request.POST):
            return refusals.are_you_a_person(request)
        return None


def _counts(request, what):
    if what == "search":
        return request.method == "GET" and any(request.GET.get(field, "").strip() for field in settings.SEARCH_FIELDS)
    if what == "file":
        return request.method == "GET" and request.GET.get("format", "json") != "json"
    return request.method == what


class KeptPages:
    """Answers visitors with pages kept whole (`ui/page_cache.py`). It stands outside compression."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not settings.PAGE_CACHE_SECONDS:
            return self.get_response(request)
        key = kept = None
        try:
            key = page_cache.key_of(request, chosen_language(request))
            kept = page_cache.find(key, request) if key else None
        except DisallowedHost:
            pass  # answered as everywhere else, by a 400
        except OSError:
            # A full disk, or a folder that is not ours: pages are drawn each time.
            logger.exception("kept pages cannot be read")
        if kept is not None:
            return kept
        response = self.get_response(request)
        if key:
            try:
                page_cache.keep(key, request, response)
            except OSError:
                logger.exception("a page cannot be kept")
        return response
