"""Rows that break what the code believes: a database restored, edited by hand, or half-migrated."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from maillage.agreements.queries import agreement_discords
from maillage.charters import register
from maillage.charters.models import RegisterEntry
from maillage.charters.queries import register_discords, version_discords
from maillage.organisations.words import word_discords
from maillage.privacy.relations import LEFT_EMPTY


class Command(BaseCommand):
    help = "Walks every row of the product and reports those that break a rule. Changes nothing."

    def handle(self, **options):
        found = 0
        for problem in self._problems():
            found += 1
            self.stdout.write(self.style.ERROR(f"✗ {problem}"))
        if found:
            raise CommandError(f"{found} anomalie(s).")
        self.stdout.write("✓ Aucune anomalie.")

    def _problems(self):
        for app in apps.get_app_configs():
            if app.name.startswith("maillage."):
                for model in app.get_models():
                    yield from self._rows(model)
        lines = (register.line_of(entry.body, entry.hash) for entry in RegisterEntry.objects.order_by("sequence"))
        yield from register.verify(lines).faults
        yield from register_discords()
        yield from agreement_discords()
        yield from version_discords()
        yield from word_discords()

    def _rows(self, model):
        rows = model._default_manager.order_by("pk")
        self.stdout.write(f"{model._meta.label} : {rows.count()}")
        for row in rows.iterator(chunk_size=500):
            try:
                row.full_clean(exclude=_left_empty(row), validate_unique=False)
            except ValidationError as error:
                yield f"{model._meta.label} {row.pk} : {'; '.join(error.messages)}"


def _left_empty(row):
    """Fields that people fill, and that forgetting somebody has emptied."""
    return {name for name in LEFT_EMPTY.get(row._meta.label, ()) if not getattr(row, name)}
