"""What is asked of an address that somebody typed: never the inside of the network, never for long."""

import time

import pytest

from maillage.events.fetching import NotRead, read_address


@pytest.mark.parametrize(
    "address",
    [
        *("http://127.0.0.1/a.ics", "http://localhost:8000/", "http://[::1]/", "http://10.0.0.1/", "http://0.0.0.0/"),
        *("http://169.254.169.254/latest/meta-data/", "http://[::ffff:127.0.0.1]/", "http://2130706433/"),
        *("http://192.168.1.1/", "https://127.0.0.1:443/"),
    ],
)
def test_the_inside_of_the_network_is_never_asked(address):
    with pytest.raises(NotRead, match="internet public"):
        read_address(address)


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://example.org/a", "gopher://x", "a.ics", "", "http:///x"]
)
def test_only_web_addresses_are_asked(address):
    with pytest.raises(NotRead):
        read_address(address)


def test_a_redirection_inside_is_refused_as_well(elsewhere):
    def away(handler):
        handler.send_response(302)
        handler.send_header("Location", "file:///etc/passwd")
        handler.end_headers()

    elsewhere.answers["/away"] = away
    with pytest.raises(NotRead):
        read_address(elsewhere.url("/away"))


def test_a_heavy_calendar_is_refused(elsewhere):
    elsewhere.answers["/big"] = b"x" * 2_100_000
    with pytest.raises(NotRead, match="trop lourd"):
        read_address(elsewhere.url("/big"))


def test_a_slow_one_too(elsewhere, monkeypatch):
    def drip(handler):
        handler.send_response(200)
        handler.end_headers()
        for _ in range(40):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.1)

    monkeypatch.setattr("maillage.events.fetching.SECONDS", 1)
    elsewhere.answers["/slow"] = drip
    with pytest.raises(NotRead, match="trop lent"):
        read_address(elsewhere.url("/slow"))
