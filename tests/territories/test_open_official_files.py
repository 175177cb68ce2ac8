import io
import json
import threading
import zipfile

import pytest

from maillage.territories import files
from maillage.territories.refusals import FileRefused

from .servers import serving
from .squares import collection, communes, feature

GEOJSON = json.dumps(collection(feature()), ensure_ascii=False).encode()
WGS84 = "GEOJSON/QP2024_France_Hexagonale_Outre_Mer_WGS84.geojson"


def zipped(**members):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return content.getvalue()


@pytest.fixture
def write(tmp_path):
    """`write(bytes)` puts them in a file; returns its path."""

    def write(data, name="fichier"):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (GEOJSON, files.NEIGHBOURHOODS),
        (b"\xef\xbb\xbf" + GEOJSON, files.NEIGHBOURHOODS),
        (json.dumps(communes()).encode(), files.COMMUNES),
        (b"code_qp;population_2020\nQN01101I;4812\n", files.POPULATION),
        ("\ufeffcode_qp,population_2021\r\nQN01101I,4812\r\n".encode(), files.POPULATION),
        (zipped(**{WGS84: GEOJSON, "GEOJSON/QP2024_LAMB93.geojson": b"{}"}), files.NEIGHBOURHOODS),
        (zipped(**{"qpv.geojson": GEOJSON}), files.NEIGHBOURHOODS),
    ],
)
def test_what_a_file_is_is_recognised(write, data, kind):
    assert files.open_official(write(data)).kind == kind


def test_the_zip_gives_the_member_in_degrees_and_its_name(write):
    found = files.open_official(write(zipped(**{"QP_LAMB93.geojson": b"{}", WGS84: GEOJSON})))
    assert found.name == "QP2024_France_Hexagonale_Outre_Mer_WGS84.geojson"
    assert found.rows[0]["properties"]["code_qp"] == "QN01101I"


def test_a_population_table_says_its_column_and_lines(write):
    found = files.open_official(write(b"code_qp;population_2020\nQN01101I;4812\n"))
    assert found.column == "population_2020"
    assert found.rows == [(2, {"code_qp": "QN01101I", "population_2020": "4812"})]


CUT = "coupé avant la fin"
REFUSED = {
    "empty": (b"", "vide"),
    "blank": (b" \n ", "vide"),
    "cut in a number": (GEOJSON[: GEOJSON.index(b"43.0") + 2], CUT),
    "cut in a name": (GEOJSON[: GEOJSON.index(b"Ozanam") + 3], CUT),
    "cut after a bracket": (GEOJSON[:-3], CUT),
    "cut in the middle": (GEOJSON[: len(GEOJSON) // 2], CUT),
    "a comma too many": (b'{"type": "FeatureCollection",, "features": []}', "JSON correct .ligne 1, colonne 30"),
    "nested without end": (b"[" * 100_000 + b"]" * 100_000, "JSON correct"),
    "a number without end": (b'{"type": ' + b"9" * 5000 + b"}", "JSON correct"),
    "another JSON": (b'{"type": "Topology"}', "FeatureCollection"),
    "features that are no list": (b'{"type": "FeatureCollection", "features": 3}', "FeatureCollection"),
    "a web page": (b"<!doctype html><title>Erreur</title>", "pas reconnu"),
    "another table": (b"id;titre\nW1;Rien\n", "pas reconnu"),
    "the list without borders": (b"code_qp;lib_qp\nQN01101I;Ozanam\n", "sans leurs contours"),
    "Latin-1": ("code_qp;population\nQN1;é".encode("latin-1"), "UTF-8"),
    "bytes": (bytes(range(128, 256)), "UTF-8"),
    "a zip cut": (zipped(**{WGS84: GEOJSON})[:-40], "abîmée"),
    "a zip without the file": (zipped(**{"lisezmoi.txt": b"rien"}), "lisezmoi.txt"),
    "an empty zip": (b"PK\x03\x04", "abîmée"),
    "a zip with two candidates": (zipped(**{"a.geojson": GEOJSON, "b.geojson": GEOJSON}), "a.geojson, b.geojson"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_that_cannot_be_trusted_is_refused_in_words(write, what):
    data, message = REFUSED[what]
    with pytest.raises(FileRefused, match=message):
        files.open_official(write(data))


def test_a_table_with_a_null_byte_or_an_endless_field_is_refused(write):
    with pytest.raises(FileRefused, match="illisible"):
        files.open_official(write(b"code_qp;population_2020\nQN01101I;" + b"9" * 200_000))


def test_a_zip_bomb_is_refused_by_its_unpacked_size(write):
    bomb = write(zipped(**{WGS84: b" " * 3_000_000}))
    assert bomb.stat().st_size < 10_000
    with pytest.raises(FileRefused, match="dépasse 2 Mo"):
        files.open_official(bomb, most_bytes=2_000_000)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(write):
    with pytest.raises(FileRefused, match="dépasse 1 Mo"):
        files.open_official(write(b" " * 1_000_001), most_bytes=1_000_000)


def test_a_path_that_leads_nowhere_is_refused(tmp_path):
    with pytest.raises(FileRefused, match="pas de fichier"):
        files.open_official(tmp_path / "rien.geojson")
    with pytest.raises(FileRefused, match="ne peut pas être lu"):
        files.open_official(tmp_path)


@pytest.mark.parametrize(
    "address", ["file:///etc/hostname", "ftp://exemple.org/qpv.zip", "data://text", "https:///qpv"]
)
def test_only_web_addresses_are_opened(address):
    with pytest.raises(FileRefused, match="https://"):
        files.open_official(address)


def test_a_web_address_is_downloaded():
    with serving(lambda handler: handler.send(GEOJSON)) as server:
        found = files.open_official(f"{server.address}/qpv/contours.geojson?date=2026")
    assert (found.kind, found.name) == (files.NEIGHBOURHOODS, "contours.geojson")


def test_a_redirection_is_followed_to_the_web_only():
    def answer(handler):
        target = {"/vrai": "/fichier", "/piege": "file:///etc/hostname", "/ftp": "ftp://127.0.0.1/a"}.get(
            handler.path
        )
        if target:
            handler.send(b"", status=302, Location=target)
        else:
            handler.send(GEOJSON)

    with serving(answer) as server:
        assert files.open_official(f"{server.address}/vrai").rows
        for trap in ("piege", "ftp"):
            with pytest.raises(FileRefused, match="ne peut pas être lue"):
                files.open_official(f"{server.address}/{trap}")


def test_an_address_that_refuses_says_its_status():
    with serving(lambda handler: handler.send(b"", status=404)) as server, pytest.raises(FileRefused, match="404"):
        files.open_official(f"{server.address}/qpv.zip")


def test_an_address_where_nobody_answers_is_refused():
    with serving(lambda handler: None) as server:
        closed = server.address
    with pytest.raises(FileRefused, match="ne peut pas être lue"):
        files.open_official(closed)


def test_an_address_that_is_too_slow_is_refused(monkeypatch):
    monkeypatch.setattr(files, "TIMEOUT_SECONDS", 0.2)
    done = threading.Event()
    with serving(lambda handler: done.wait(5)) as server:
        with pytest.raises(FileRefused, match="ne répond pas à temps"):
            files.open_official(server.address)
        done.set()


def test_a_download_that_never_ends_is_stopped(monkeypatch):
    monkeypatch.setattr(files, "WHOLE_DOWNLOAD_SECONDS", -1)
    with serving(lambda handler: handler.send(GEOJSON)) as server, pytest.raises(FileRefused, match="à temps"):
        files.open_official(server.address)


def test_a_download_that_stops_early_is_refused():
    with (
        serving(lambda handler: handler.send(GEOJSON, Content_Length=str(len(GEOJSON) + 10))) as server,
        pytest.raises(FileRefused, match="arrêté avant la fin"),
    ):
        files.open_official(server.address)


def test_a_download_that_is_too_large_is_stopped():
    with (
        serving(lambda handler: handler.send(b" " * 2_000_000)) as server,
        pytest.raises(FileRefused, match="dépasse 1 Mo"),
    ):
        files.open_official(server.address, most_bytes=1_000_000)
