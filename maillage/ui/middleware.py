"""What every answer goes through."""

from django.conf import settings
from django.utils import translation

from . import refusals
from .limits import seconds_to_wait
from .robots import is_caught


class BackOfficePolicy:
    """Gives Wagtail's back office, which has inline scripts, a content policy of its own."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith("/gestion/"):
            response["Content-Security-Policy"] = settings.BACK_OFFICE_POLICY
        return response


class ChosenLanguage:
    """French, unless the reader has chosen another language at the foot of the page.

    The browser's own preference is not looked at: French comes first, and a shared computer keeps what was chosen.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
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
    return request.method == what
