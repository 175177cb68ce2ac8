from django.core.management.base import BaseCommand

from maillage.search.actions import mend
from maillage.search.sources import SOURCES


class Command(BaseCommand):
    help = "Compares what the search knows with what there is, and writes what differs: after an import, say."

    def handle(self, **options):
        for source in SOURCES:
            self.stdout.write(f"{source.kind}: {mend(source)}")
