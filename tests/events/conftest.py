"""A server of somebody else, on this machine."""

import http.server
import threading

import pytest
from django.test import override_settings


class Elsewhere(http.server.BaseHTTPRequestHandler):
    answers: dict = {}

    def do_GET(self):
        answer = self.answers.get(self.path)
        if callable(answer):
            answer(self)
            return
        if answer is None:
            self.send_error(404)
            return
        self.send_response(200)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        """Silent."""


@pytest.fixture
def elsewhere():
    """A server of somebody else: `elsewhere.answers[path] = bytes`, `elsewhere.url(path)`."""
    handler = type("Handler", (Elsewhere,), {"answers": {}})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.answers = handler.answers
    server.url = lambda path: f"http://127.0.0.1:{server.server_port}{path}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with override_settings(FEEDS_FROM_INSIDE=True):
        yield server
    server.shutdown()
    server.server_close()
