"""What every answer under /api/v1/ has in common: nobody is asking, any site may read it, refusals are data."""

from django.http import HttpResponse, HttpResponseNotAllowed
from django.utils import translation

from . import problems

ROOT = "/api/v1/"
VERBS = ["GET", "HEAD", "OPTIONS"]
KEPT = "public, max-age=300"


class OpenData:
    """Takes away who asks before anything is read, so that everybody gets the same bytes; then opens to other sites.

    It stands outside the answers to `If-None-Match`, which would lose the headers that open it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith(ROOT):
            return self.get_response(request)
        response = self._respond(request)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        return response

    def _respond(self, request):
        if request.method not in VERBS:
            return _in_french(HttpResponseNotAllowed(VERBS))
        if request.method == "OPTIONS":
            return _preflight()
        is_head = request.method == "HEAD"
        request.method, request.COOKIES = "GET", {}
        for name in ("HTTP_COOKIE", "HTTP_AUTHORIZATION"):
            request.META.pop(name, None)
        response = self.get_response(request)
        if response.status_code >= 400 and response.get("Content-Type") != problems.MEDIA_TYPE:
            response = _in_french(response)
        if response.status_code == 200:
            response.headers.setdefault("Cache-Control", KEPT)
        return _without_body(response) if is_head else response


def _in_french(response):
    with translation.override("fr"):
        return problems.respond_instead_of(response)


def _preflight():
    """A browser asks before it sends `If-None-Match` to another site."""
    verbs = ", ".join(VERBS)
    headers = {
        "Allow": verbs,
        "Access-Control-Allow-Methods": verbs,
        "Access-Control-Allow-Headers": "If-None-Match",
        "Access-Control-Max-Age": "86400",
    }
    return HttpResponse(status=204, headers=headers)


def _without_body(response):
    """The headers stay, the length included; a file is closed with the answer that held it."""
    if response.streaming:
        response.streaming_content = []
    else:
        response.content = b""
    return response
