import json
import threading
from urllib.parse import parse_qs, urlsplit

import pytest

from maillage.territories.geocoder import geocode
from maillage.territories.places import find_place
from maillage.territories.refusals import GeocoderUnavailable, PlaceNotFound

from .servers import serving

ADDRESS = "10 Place des Cinq Martyrs du Lycée Buffon 75015 Paris"


def answer(score=0.92, kind="housenumber", coordinates=(2.3168, 48.8405), **properties):
    """As the public geocoder answers."""
    return {
        "type": "FeatureCollection",
        "attribution": "BAN",
        "licence": "ETALAB-2.0",
        "query": ADDRESS,
        "limit": 1,
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": list(coordinates)},
                "properties": {
                    "label": ADDRESS,
                    "score": score,
                    "housenumber": "10",
                    "postcode": "75015",
                    "citycode": "75115",
                    "city": "Paris",
                    "type": kind,
                    **properties,
                },
            }
        ],
    }


@pytest.fixture
def geocoder(settings):
    """`geocoder(answer)` is a public geocoder that answers a dictionary, bytes, or what a function does."""

    def start(what, **options):
        def reply(handler):
            if callable(what):
                return what(handler)
            body = what if isinstance(what, bytes) else json.dumps(what).encode()
            return handler.send(body, **options)

        context = serving(reply)
        server = context.__enter__()
        opened.append(context)
        settings.GEOCODER_URL = f"{server.address}/geocodage"
        return server

    opened = []
    yield start
    for context in opened:
        context.__exit__(None, None, None)


def test_an_address_becomes_a_point(geocoder):
    server = geocoder(answer())
    found = geocode("  10 place des Cinq Martyrs\ndu Lycée Buffon 75015 Paris ")
    assert (found.longitude, found.latitude) == (2.3168, 48.8405)
    assert (found.label, found.precision, found.citycode) == (ADDRESS, "address", "75115")
    path = urlsplit(server.asked[0])
    assert path.path == "/geocodage/search"
    assert parse_qs(path.query) == {
        "q": ["10 place des Cinq Martyrs du Lycée Buffon 75015 Paris"],
        "limit": ["1"],
        "autocomplete": ["0"],
        "index": ["address"],
    }


@pytest.mark.parametrize(
    ("kind", "precision"), [("street", "street"), ("locality", "street"), ("municipality", "commune")]
)
def test_the_kind_of_answer_says_how_precise_it_is(geocoder, kind, precision):
    geocoder(answer(kind=kind))
    assert geocode("Paris").precision == precision


@pytest.mark.parametrize(
    "reply", [answer(score=0.49), answer(kind="poi"), {"type": "FeatureCollection", "features": []}]
)
def test_a_doubtful_answer_is_none(geocoder, reply):
    geocoder(reply)
    assert geocode("Nulle part") is None


def test_a_text_without_letter_or_digit_asks_nobody(geocoder):
    server = geocoder(answer())
    assert geocode(" ?! ") is None
    assert server.asked == []


UNAVAILABLE = {
    "too many": (b"", {"status": 429, "Retry_After": "5"}, "trop de demandes"),
    "broken": (b"", {"status": 500}, "réponse 500"),
    "refused": (b'{"code": 400}', {"status": 400}, "réponse 400"),
    "not JSON": (b"<html>", {}, "pas compréhensible"),
    "cut JSON": (json.dumps(answer()).encode()[:60], {}, "pas compréhensible"),
    "another shape": ({"results": []}, {}, "pas compréhensible"),
    "a list": ([1], {}, "pas compréhensible"),
    "no score": (answer(score=None), {}, "pas compréhensible"),
    "metres": (answer(coordinates=(649850.81, 6860034.75)), {}, "pas compréhensible"),
    "no coordinates": (answer(coordinates=()), {}, "pas compréhensible"),
    "not text": (b"\xff\xfe\x00", {}, "pas compréhensible"),
}


@pytest.mark.parametrize("what", UNAVAILABLE)
def test_a_geocoder_in_trouble_says_so(geocoder, what):
    reply, options, message = UNAVAILABLE[what]
    geocoder(reply, **options)
    with pytest.raises(GeocoderUnavailable, match=message):
        geocode(ADDRESS)


def test_a_silent_geocoder_is_left(geocoder, settings):
    settings.GEOCODER_TIMEOUT_SECONDS = 0.2
    done = threading.Event()
    geocoder(lambda handler: done.wait(5))
    with pytest.raises(GeocoderUnavailable, match="ne répond pas"):
        geocode(ADDRESS)
    done.set()


def test_a_geocoder_that_is_not_there_is_unavailable(settings):
    with serving(lambda handler: None) as server:
        settings.GEOCODER_URL = server.address
    with pytest.raises(GeocoderUnavailable, match="ne répond pas"):
        geocode(ADDRESS)


@pytest.mark.parametrize(("url", "message"), [("", "pas activée"), ("file:///etc", "mal réglée")])
def test_a_geocoder_that_is_not_configured_is_unavailable(settings, url, message):
    settings.GEOCODER_URL = url
    with pytest.raises(GeocoderUnavailable, match=message):
        geocode(ADDRESS)


def test_coordinates_are_a_point_and_ask_nobody(geocoder, django_assert_num_queries, db):
    server = geocoder(answer())
    with django_assert_num_queries(0):
        found = find_place(" −61.5 ; 16.2")
    assert (found.longitude, found.latitude, found.precision) == (-61.5, 16.2, "point")
    assert server.asked == []


def test_the_geocoder_answers_first(geocoder, three_communes):
    geocoder(answer())
    found = find_place("10 place des Martyrs, Paris")
    assert (found.label, found.precision, found.notice) == (ADDRESS, "address", "")


@pytest.mark.parametrize(
    ("reply", "options", "notice"),
    [(b"", {"status": 429}, "trop de demandes"), (answer(score=0.2), {}, "non trouvée")],
)
def test_where_the_geocoder_fails_the_commune_answers(geocoder, three_communes, reply, options, notice):
    geocoder(reply, **options)
    found = find_place("3 rue des Lilas 11000 Carcassonne")
    assert (found.label, found.precision) == ("Carcassonne (11069)", "commune")
    assert notice in found.notice


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("3 rue de Paris 11090 CARCASSONNE", "Carcassonne (11069)"),
        ("3 rue de Paris, Carcassonne", "Carcassonne (11069)"),
        ("11090", "Carcassonne (11069)"),
        ("12 rue Myrha 75018 Paris", "Paris 18e Arrondissement (75118)"),
        ("12 rue de Rivoli 75001 Paris", "Paris (75056)"),
        ("paris 18e arrondissement", "Paris 18e Arrondissement (75118)"),
        ("99999 Carcassonne", "Carcassonne (11069)"),
    ],
)
def test_without_geocoder_the_commune_is_found_in_the_text(three_communes, text, label):
    found = find_place(text)
    assert (found.label, found.precision) == (label, "commune")
    assert "pas activée" in found.notice


@pytest.mark.parametrize("text", ["", "zzz", "75018 Tombouctou", "2,3,4"])
def test_a_place_that_nobody_knows_is_refused(three_communes, text):
    with pytest.raises(PlaceNotFound, match="code postal"):
        find_place(text)
