"""A comment that looks unwanted: our own look, and a service that may be asked."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest

from maillage.editorial import actions
from tests.factories.editorial import news

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("answer", "is_spam"), [("true", True), ("false", False), ("invalid", False)])
def test_a_service_may_be_asked_and_is_told_the_words_alone(chloe, now, settings, answer, is_spam):
    asked = []

    class Service(BaseHTTPRequestHandler):
        def do_POST(self):
            asked.append(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(answer.encode())

        def log_message(self, *_words):
            pass

    with HTTPServer(("127.0.0.1", 0), Service) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.SPAM_SERVICE_URL = f"http://127.0.0.1:{server.server_port}/1.1/comment-check"
        said = actions.comment(news(comments_open=True), text="Des mots très ordinaires.", actor=chloe, at=now)
        server.shutdown()
    assert said.looks_like_spam is is_spam
    assert asked[0]["comment_content"] == ["Des mots très ordinaires."]
    assert chloe.email not in str(asked)


def test_a_service_that_is_away_holds_nobody(chloe, now, settings):
    settings.SPAM_SERVICE_URL = "http://127.0.0.1:1/comment-check"
    said = actions.comment(news(comments_open=True), text="Des mots.", actor=chloe, at=now)
    assert said.pk
    assert not said.looks_like_spam
