"""Do what each day brings, now: for a site that is not served by `serve`, or to see what it does."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from maillage.upkeep.daily import run


class Command(BaseCommand):
    help = "Sends the day's reminders and says what silence has put to sleep. `serve` does it by itself each morning."

    def handle(self, **options):
        done = run(timezone.localdate(), at=timezone.now())
        self.stdout.write(json.dumps(done.report, ensure_ascii=False))
        if "failed" in done.report.values():
            raise CommandError("Une tâche du jour a échoué : voyez le journal. Les autres sont faites.")
