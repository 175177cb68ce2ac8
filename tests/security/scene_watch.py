"""A link of the watch, and the file that brought it."""

from django.utils import timezone

from maillage.watch.models import LinkImport
from tests.factories.watch import LinkFactory


def add_to(scene):
    scene["bookmarks_brought"] = LinkImport.objects.create(name="marque-pages.html", at=timezone.now())
    scene["watched"] = LinkFactory(brought_by=scene["bookmarks_brought"])
