"""What every answer goes through."""

from django.conf import settings
from django.utils import translation


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
