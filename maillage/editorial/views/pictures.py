"""The pictures of pages: sent to whoever may read a page that shows them."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from maillage.organisations.audiences import reader_of

from ..pictures import drawn

KINDS = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}


@require_safe
def picture(request, pk):
    """A picture that a published page shows, drawn again without what the camera wrote; of a draft, to who edits."""
    image = get_object_or_404(get_image_model(), pk=pk)
    if not (_is_published(image) or _edits(request.user)):
        raise Http404
    content = drawn(image)
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def back_office_picture(request, name):
    """The thumbnails of the back office: for who edits."""
    if not _edits(request.user):
        raise PermissionDenied(gettext("C’est à la rédaction de le faire."))
    path, kind = Path(settings.MEDIA_ROOT) / "images" / name, KINDS.get(Path(name).suffix.lower())
    if kind is None or not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), content_type=kind)


def _edits(user):
    if not user.is_authenticated or reader_of(user).is_public_partner:
        return False
    return user.is_staff or user.has_perm("wagtailadmin.access_admin")


def _is_published(image):
    shown_by = ReferenceIndex.get_references_to(image).values_list("object_id", flat=True)
    return Page.objects.live().filter(pk__in=[int(pk) for pk in shown_by if str(pk).isdigit()]).exists()
