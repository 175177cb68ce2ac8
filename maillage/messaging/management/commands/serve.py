"""The one serving command: web workers and, beside them, the worker that sends messages."""

import os
import socket

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils.module_loading import import_string

from maillage.messaging.server import Server, fork


class Command(BaseCommand):
    help = "Serves the site on 127.0.0.1 and sends its messages. Stop with Ctrl-C."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=os.environ.get("PORT", "8000"))
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--workers", type=int, default=2)

    def handle(self, *, port, host, workers, **options):
        if "SITE_ADDRESS" not in os.environ and settings.SITE_ADDRESS.startswith("http://127.0.0.1:"):
            # Addresses that are written, in e-mails and on paper, lead where the site is.
            settings.SITE_ADDRESS = f"http://127.0.0.1:{port}"
        for check in settings.BEFORE_SERVING:
            import_string(check)()
        self._refuse_a_port_in_use(host, port)
        connections.close_all()
        # In a process of its own: what the migrations load would stay in the memory of every server process.
        preparation = fork.Process(target=prepare)
        preparation.start()
        preparation.join()
        if preparation.exitcode:
            raise CommandError("La base de données n’a pas pu être préparée : voyez le message ci-dessus.")
        Server(host=host, port=port, workers=workers, when_ready=self._say).run()

    def _say(self, address):
        self.stdout.write(f"Maillage : {address}   (Ctrl-C pour arrêter)")
        self.stdout.flush()

    def _refuse_a_port_in_use(self, host, port):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise CommandError(
                    f"Le port {port} n’est pas libre ({error.strerror}). Choisissez-en un autre : PORT={port + 1}."
                ) from error


def prepare():
    """Bring the database and the static files to this version."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
