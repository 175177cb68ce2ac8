"""The directory of support: public; what is reported about it, for who keeps it."""

from django.utils import timezone

from maillage.support.models import SupportReport
from tests.factories.support import SupportFactory, SupportSchemeFactory

from .wall_rows import EVERYBODY, LeakRow


def scheme(request):
    return SupportSchemeFactory()


def support_of_the_tilleuls(request):
    return SupportFactory(territory=request.getfixturevalue("tilleuls"))


def report_by_bruno(request):
    return SupportReport.objects.create(
        support=support_of_the_tilleuls(request),
        words="Fermé.",
        said_at=timezone.now(),
        said_by=request.getfixturevalue("bruno"),
    )


ROWS = {
    "support.SupportScheme": [LeakRow(scheme, EVERYBODY, "public")],
    "support.Support": [LeakRow(support_of_the_tilleuls, EVERYBODY, "public doors, by function")],
    "support.SupportReport": [
        LeakRow(report_by_bruno, frozenset({"bruno", "elsa", "gael"}), "who said it, who keeps it")
    ],
}
