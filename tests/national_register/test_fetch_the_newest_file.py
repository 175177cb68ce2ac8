import json

import pytest
from django.core.management import CommandError

from maillage.national_register import search, snapshots
from tests.factories.register import csv_of, rows_of, zip_of
from tests.territories.servers import serving

NEWEST = zip_of({"rna_waldec_20261001_dpt_75.csv": csv_of(rows_of("LES JARDINS"))})


def resource(name, **said):
    """A resource as the catalogue tells it (data.gouv.fr, API v1), its address on the same server."""
    return {
        "id": "0" * 8,
        "title": name,
        "url": f"/rna/{name}",
        "format": "zip",
        "type": "main",
        "filesize": None,
        "last_modified": "2026-10-02T08:00:00.000000+00:00",
        **said,
    }


RESOURCES = [
    resource("rna_import_20261101.zip"),
    resource("rna_waldec_20260901.zip", last_modified="2026-11-20T08:00:00+00:00"),
    resource("rna_waldec_20261001.zip"),
    resource("rna_waldec_20251001.zip"),
    resource("description-waldec.pdf", title="Description de rna_waldec"),
]


@pytest.fixture
def catalogue(settings):
    """`catalogue(resources)` is a server that speaks as the catalogue and holds the files; for one `with`."""

    def serve(answer=None, file=NEWEST, **headers):
        def respond(handler):
            if handler.path.startswith("/api/1/datasets/"):
                told = json.dumps({"id": "58e5", "resources": RESOURCES}).encode() if answer is None else answer
                handler.send(told, Content_Type="application/json")
            elif handler.path == "/rna/rna_waldec_20261001.zip":
                handler.send(file, **headers)
            else:
                handler.send(b"", status=404)

        server = serving(respond)
        return server

    return serve


def point_to(settings, server):
    settings.RNA_CATALOGUE_URL = f"{server.address}/api/1/datasets/repertoire-national-des-associations/"


def test_the_newest_file_of_the_dataset_is_imported(catalogue, settings, run_command):
    with catalogue() as server:
        point_to(settings, server)
        output, _aside = run_command("import_rna")
        assert server.asked[1:] == ["/rna/rna_waldec_20261001.zip"]
    assert "Répertoire national du 2026-10-01 : 1 associations" in output
    assert search.find("jardin")
    assert snapshots.current().vintage.source.endswith("/rna/rna_waldec_20261001.zip")


def test_an_address_is_fetched(catalogue, run_command):
    with catalogue() as server:
        run_command("import_rna", f"{server.address}/rna/rna_waldec_20261001.zip")
    assert search.find("jardin")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"<html>", "pas compréhensible"),
        (b"[]", "pas compréhensible"),
        (b'{"resources": [{}]}', "pas compréhensible"),
        (b'{"resources": []}', "ne propose plus"),
        (json.dumps({"resources": RESOURCES[:1]}).encode(), "ne propose plus"),
        (json.dumps({"resources": RESOURCES[1:2]}).encode(), "« 404 »"),
        (json.dumps({"resources": [resource("rna_waldec_20261001.zip", url="file:///x.zip")]}).encode(), "https://"),
    ],
)
def test_a_catalogue_that_says_something_else_is_refused(catalogue, settings, run_command, answer, said):
    with catalogue(answer) as server:
        point_to(settings, server)
        with pytest.raises(CommandError, match=said):
            run_command("import_rna")


def test_a_download_that_stops_is_refused(catalogue, settings, run_command, own_folder):
    with catalogue(Content_Length=str(len(NEWEST) + 10)) as server:
        point_to(settings, server)
        with pytest.raises(CommandError, match=r"avant la fin|ne peut pas être lue"):
            run_command("import_rna")
    assert [path.name for path in (own_folder / "register").iterdir()] == ["lock"]


def test_a_catalogue_that_does_not_answer_is_told(settings, run_command):
    settings.RNA_CATALOGUE_URL = "http://127.0.0.1:9/"
    with pytest.raises(CommandError, match="ne peut pas être lue"):
        run_command("import_rna")
