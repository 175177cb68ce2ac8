from django.core.management.base import BaseCommand

from maillage.organisations.models import Organisation
from maillage.organisations.words import keep_words

AT_ONCE = 200


class Command(BaseCommand):
    help = "Writes anew the words under which organisations are found: after an import of territories, for instance."

    def handle(self, **options):
        numbers = list(Organisation.objects.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(numbers), AT_ONCE):
            described = Organisation.objects.filter(pk__in=numbers[start : start + AT_ONCE]).select_related("seat")
            keep_words(described.prefetch_related("themes", "exchanges", "territories__communes", "seat__communes"))
        self.stdout.write(f"{len(numbers)}")
