"""The server: gunicorn inside this process and, beside its web workers, the process that sends messages."""

import gc
import multiprocessing
import os
import signal
import time
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess

from django.core.servers.basehttp import get_internal_wsgi_application
from django.urls import get_resolver
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from .worker import run_worker

fork = multiprocessing.get_context("fork")


class Server(BaseApplication):
    """``when_ready`` is called with the address once the server listens."""

    def __init__(self, *, host, port, workers, when_ready):
        self.options = {
            "bind": f"{host}:{port}",
            "workers": workers,
            # What is loaded once is shared by all.
            "preload_app": True,
            "max_requests": 5000,
            "max_requests_jitter": 500,
            "loglevel": "warning",
            "proc_name": "maillage",
            # A socket in the home folder, the same for every instance of this user.
            "control_socket_disable": True,
            "when_ready": lambda master: when_ready(_address(master.LISTENERS[0])),
        }
        super().__init__()

    def load_config(self):
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self):
        application = get_internal_wsgi_application()
        # Every view is imported here, before the workers, rather than by each at its first request.
        get_resolver().url_patterns  # noqa: B018
        gc.collect()
        gc.freeze()
        return application

    def run(self):
        """Serve until SIGTERM, SIGINT or the end of the terminal; then ends the program."""
        Master(self).run()


class Master(Arbiter):
    """Gunicorn's master, which also keeps the outbox's process alive: nobody else would see it die."""

    STOP_SECONDS = 25
    """A message that is leaving has the time to leave."""

    MESSAGES_A_PROCESS = 500

    outbox: BaseProcess | None = None

    def manage_workers(self):
        super().manage_workers()
        # The master reaps every child itself, so only this end of a pipe tells that one is gone.
        if self.outbox is None or wait([self.outbox.sentinel], timeout=0):
            self.outbox = fork.Process(target=self._send_messages, args=(os.getpid(),), name="outbox")
            self.outbox.start()

    def _send_messages(self, parent):
        for listener in self.LISTENERS:
            listener.close()
        for name in ("SIGCHLD", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGTTIN", "SIGTTOU", "SIGWINCH"):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
        run_worker(parent=parent, most=self.MESSAGES_A_PROCESS)

    def handle_hup(self):
        """The terminal is gone: nobody is left to stop this server."""
        raise StopIteration

    def stop(self, graceful=True):
        # First asked to stop, last waited for: both kinds of process finish what they are at.
        self._signal_outbox(signal.SIGTERM)
        super().stop(graceful)
        self._wait_for_outbox()

    def _signal_outbox(self, number):
        if self.outbox and self.outbox.pid and not wait([self.outbox.sentinel], timeout=0):
            os.kill(self.outbox.pid, number)

    def _wait_for_outbox(self):
        limit = time.monotonic() + self.STOP_SECONDS
        while self.outbox and not wait([self.outbox.sentinel], timeout=0.5):
            # Again: it may just have been born, with its master's signal handlers.
            self._signal_outbox(signal.SIGTERM if time.monotonic() < limit else signal.SIGKILL)


def _address(listener):
    host, port = listener.sock.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"
