from django.core.management.base import BaseCommand

from maillage.messaging.worker import run_worker


class Command(BaseCommand):
    help = "Sends what waits in the outbox, until it is stopped."

    def handle(self, **options):
        run_worker()
