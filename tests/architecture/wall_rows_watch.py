"""The watch: the team, then everybody."""

from tests.factories.watch import LinkFactory

from .wall_rows import EVERYBODY, LeakRow


def link(request):
    return LinkFactory()


def public_link(request):
    return LinkFactory(is_public=True)


ROWS = {
    "watch.Link": [
        LeakRow(link, frozenset({"elsa", "gael"}), "the team alone: editors and coordinations"),
        LeakRow(public_link, EVERYBODY, "public"),
    ]
}
