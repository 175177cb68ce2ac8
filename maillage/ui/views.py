"""What the skeleton itself serves: the stylesheet, the gallery, and what to say when something fails."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from .gallery import examples
from .stylesheet import stylesheet as read_stylesheet


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def stylesheet(request, digest):
    current, css, compressed = read_stylesheet()
    if digest != current:
        return redirect("ui:stylesheet", digest=current)
    zipped = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(compressed if zipped else css, content_type="text/css; charset=utf-8")
    if zipped:
        response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding"
    return response


@require_safe
def gallery(request):
    """Every component in every state; development and demo only."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    return render(request, "ui/gallery.html", examples(request))


@require_safe
@cache_control(public=True, max_age=86_400)
def robots(request):
    return HttpResponse("User-agent: *\nDisallow: /gestion/\nDisallow: /espace/\n", content_type="text/plain")


def csrf_failure(request, reason=""):
    """The session of a form has expired: say that going back keeps what was typed."""
    return render(request, "ui/csrf_failure.html", status=403)
