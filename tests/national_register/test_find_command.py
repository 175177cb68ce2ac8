import json

import pytest
from django.core.management import CommandError

from tests.factories.organisations import OrganisationFactory
from tests.factories.register import csv_of, rows_of
from tests.factories.territories import TerritoryFactory


def lines(output):
    return [json.loads(line) for line in output.splitlines()]


def test_the_register_answers_one_object_a_line(register, run_command):
    register("LES JARDINS", "JARDINS ET VERGERS", "LE VELO")
    output, aside = run_command("find", "jardins", "--register")
    assert lines(output)[0] == {
        "rna": "W751000001",
        "siret": "",
        "name": "LES JARDINS",
        "commune": "Paris",
        "score": 1.0,
    }
    assert [line["rna"] for line in lines(output)] == ["W751000001", "W751000002"]
    assert "état du 2026-10-01" in aside
    assert len(lines(run_command("find", "jardins", "--register", "--limit", "1")[0])) == 1
    assert lines(run_command("find", "jardins", "--register", "--departement", "35")[0]) == []


def test_without_a_register_it_says_what_to_do(run_command):
    with pytest.raises(CommandError, match="import_rna"):
        run_command("find", "jardin", "--register")


def test_a_report_tells_rejected_rows(run_command, tmp_path):
    path = tmp_path / "rna_waldec_20261001.csv"
    path.write_bytes(csv_of([*rows_of("UN", "DEUX"), {"id": "x", "titre": "TROIS"}]))
    output, aside = run_command("import_rna", path)
    assert "2 associations, 0 reprises sous un autre numéro, 1 lignes rejetées" in output
    assert "rna_waldec_20261001.csv, ligne 4 : « x » n’est pas un numéro" in aside


@pytest.fixture
def here(db):
    """Two published associations, and one that nobody may see."""
    paris = TerritoryFactory(kind="commune", name="Saint-Denis", code="93066")
    OrganisationFactory(name="Les Jardins partagés", acronym="LJP", rna="W751000001", seat=paris)
    OrganisationFactory(name="Mini-golf du Cœur", siret="99900000100015")
    OrganisationFactory(name="Jardins secrets", draft=True)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("jardins PARTAGES", "Les Jardins partagés"),
        ("jard", "Les Jardins partagés"),
        ("jrdins partages", "Les Jardins partagés"),
        ("jardin saint denis", "Les Jardins partagés"),
        ("ljp", "Les Jardins partagés"),
        ("w75 1000001", "Les Jardins partagés"),
        ("999 000 001 00015", "Mini-golf du Cœur"),
        ("minigolf coeur", "Mini-golf du Cœur"),
    ],
)
def test_organisations_here_are_found(here, run_command, typed, name):
    output, _aside = run_command("find", typed)
    assert [line["name"] for line in lines(output)] == [name]


@pytest.mark.parametrize("typed", ["jardins secrets", "zzz", "x" * 10_000, "' OR 1=1 --", "🙂"])
def test_what_is_not_published_or_not_here_is_not_found(here, run_command, typed):
    output, aside = run_command("find", typed)
    assert (output, "Rien ne correspond" in aside) == ("", True)


def test_filters_are_of_the_register(here, run_command):
    with pytest.raises(CommandError, match="--register"):
        run_command("find", "jardin", "--departement", "75")
    with pytest.raises(CommandError, match="à partir de 1"):
        run_command("find", "jardin", "--limit", "0")
