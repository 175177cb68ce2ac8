"""What the skeleton itself serves: the stylesheet, the gallery, and what to say when something fails."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from .gallery import examples
from .stylesheet import stylesheet as read_stylesheet

ICON = (Path(__file__).parent / "static" / "ui" / "favicon.svg").read_bytes()


@require_safe
def stylesheet(request, digest):
    """The one stylesheet, to be kept for ever; a page that names another is led to this one, and asks again."""
    current, css, compressed = read_stylesheet()
    if digest != current:
        response = redirect("ui:stylesheet", digest=current)
        response["Cache-Control"] = "no-cache"
        return response
    zipped = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(compressed if zipped else css, content_type="text/css; charset=utf-8")
    if zipped:
        response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding"
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@require_safe
def gallery(request):
    """Every component in every state; development and demo only."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    return render(request, "ui/gallery.html", examples(request))


@require_safe
@cache_control(public=True, max_age=86_400)
def favicon(request):
    return HttpResponse(ICON, content_type="image/svg+xml")


@require_safe
@cache_control(public=True, max_age=86_400)
def favicon_ico(request):
    """Browsers ask for it without being told to."""
    return redirect("ui:favicon")


@require_safe
@cache_control(public=True, max_age=86_400)
def manifest(request):
    """What a telephone needs to keep the site among its applications."""
    description = {
        "name": settings.SITE_NAME,
        "short_name": settings.SITE_NAME,
        "lang": settings.LANGUAGE_CODE,
        "start_url": "/",
        "display": "browser",
        "background_color": "#fbfaf7",
        "theme_color": "#0f5e63",
        "icons": [
            {"src": static("ui/favicon.svg"), "sizes": "any", "type": "image/svg+xml"},
            {"src": static("ui/icon-192.png"), "sizes": "192x192", "type": "image/png"},
        ],
    }
    return JsonResponse(description, content_type="application/manifest+json")


@require_safe
@cache_control(public=True, max_age=86_400)
def robots(request):
    """Everything public may be indexed; of a demonstration, whose town does not exist, nothing."""
    closed = ["/"] if settings.DEMO else ["/gestion/", "/espace/", "/compte/"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def back_office_door(request):
    """In the place of Wagtail's own sign-in page, which wants a password: ours, or a refusal for who is signed in."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect_to_login(request.GET.get("next", "/gestion/"))


def csrf_failure(request, reason=""):
    """A form came too late, or without its cookie: say that going back keeps what was typed."""
    return render(request, "ui/csrf_failure.html", status=403)
