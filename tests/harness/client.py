"""A client that fails the test where a reading page writes, or where a page breaks the rules of all pages."""

import re
from contextlib import ExitStack, contextmanager
from html.parser import HTMLParser

from django.db import connection
from django.template import engines
from django.test import Client

BACK_OFFICE = "/gestion/"
READING_VERBS = {"SELECT", "WITH", "SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA", "EXPLAIN", "SHOW", "SET"}
WRITTEN_BY_READING = re.compile(r'"(django_session|account_emailconfirmation)"')
"""Sessions (a message shown, a language chosen) may change while somebody reads."""
DATA_BLOCKS = {"application/json", "application/ld+json"}
"""Kinds of `<script>` that hold data and are never run."""


class StrictClient(Client):
    """Django's test client, which looks at what it gets. The back office is Wagtail's, and exempt."""

    def request(self, **request):
        path, method = request.get("PATH_INFO", "/"), request.get("REQUEST_METHOD", "GET")
        with ExitStack() as rules:
            if path.startswith(BACK_OFFICE):
                rules.enter_context(lenient_templates())
            elif method in {"GET", "HEAD"}:
                rules.enter_context(connection.execute_wrapper(only_reads))
            response = super().request(**request)
        if not path.startswith(BACK_OFFICE):
            faults = page_faults(response)
            assert not faults, f"{method} {path} answers a page with faults: {'; '.join(faults)}"
        return response


def only_reads(execute, sql, params, many, context):
    verb = sql.lstrip("( ").split(None, 1)[0].upper()
    assert verb in READING_VERBS or WRITTEN_BY_READING.search(sql), f"a page that is only read wrote: {sql[:120]}"
    return execute(sql, params, many, context)


@contextmanager
def lenient_templates():
    """Wagtail's own templates name variables that are not always there."""
    engine = engines["django"].engine
    strict, engine.string_if_invalid = engine.string_if_invalid, ""
    try:
        yield
    finally:
        engine.string_if_invalid = strict


def page_faults(response):
    """What is wrong with this answer, in words; nothing for what is not HTML, or is a redirection."""
    if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
        return []
    if response.status_code != 200 and not 400 <= response.status_code < 500:
        return []
    return html_faults(response.content.decode())


def html_faults(html):
    """What is wrong with this page or fragment, in words."""
    if not html.strip():
        return []
    reader = _Reader()
    reader.feed(html)
    reader.close()
    faults = reader.faults + [f"unrendered {mark}" for mark in ("{{", "{%") if mark in html]
    if "html" not in reader.counts:
        return faults
    if not reader.language:
        faults.append("no lang on <html>")
    if not reader.title.strip():
        faults.append("no <title>")
    if reader.counts.get("h1", 0) != 1:
        faults.append(f"{reader.counts.get('h1', 0)} <h1> instead of one")
    return faults


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.faults, self.counts = [], {}
        self.language = self.title = self.inside = ""

    def handle_starttag(self, tag, attributes):
        self.counts[tag] = self.counts.get(tag, 0) + 1
        attributes = dict(attributes)
        self.inside = tag
        if tag == "html":
            self.language = attributes.get("lang")
        if tag == "style":
            self.faults.append("inline <style>")
        if tag == "script" and attributes.get("type") in DATA_BLOCKS:
            self.inside = ""
        self.faults += [
            f'<{tag} {name}="{value}">'
            for name, value in attributes.items()
            if name == "style" or name.startswith("on")
        ]

    def handle_endtag(self, tag):
        self.inside = ""

    def handle_data(self, data):
        if self.inside == "script" and data.strip():
            self.faults.append(f"inline script: {data.strip()[:60]}")
        # An SVG drawing has its own <title>, and comes after the one of the page.
        if self.inside == "title" and "svg" not in self.counts:
            self.title += data
