"""The one serving command: web workers and, beside them, the worker that sends messages."""

import multiprocessing
import os

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.core.servers.basehttp import get_internal_wsgi_application
from django.db import connections
from gunicorn.app.base import BaseApplication

from maillage.messaging.worker import run_worker


class Server(BaseApplication):
    """Gunicorn inside this process: the web workers share the memory of what is already loaded."""

    def __init__(self, options):
        self.options = options
        super().__init__()

    def load_config(self):
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self):
        return get_internal_wsgi_application()


class Command(BaseCommand):
    help = "Serves the site on 127.0.0.1 and sends its messages. Stop with Ctrl-C."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--workers", type=int, default=2)

    def handle(self, *, port, host, workers, **options):
        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
        connections.close_all()
        outbox = multiprocessing.get_context("fork").Process(
            target=run_worker, kwargs={"parent": os.getpid()}, name="outbox"
        )
        outbox.start()
        self.stdout.write(f"Maillage: http://{host}:{port}/")
        try:
            Server(
                {
                    "bind": f"{host}:{port}",
                    "workers": workers,
                    "preload_app": True,
                    "max_requests": 5000,
                    "max_requests_jitter": 500,
                    "loglevel": "warning",
                    "proc_name": "maillage",
                }
            ).run()
        finally:
            outbox.terminate()
