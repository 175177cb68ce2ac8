import io
import json

import pytest
from django.core.management import CommandError, call_command

from maillage.territories.models import Territory

from .servers import serving
from .squares import collection, communes, feature, square

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    """The three official files, tiny."""
    (tmp_path / "qpv.geojson").write_text(json.dumps(collection(feature(), feature("QN01102M", border=square(2.1)))))
    (tmp_path / "communes.json").write_text(json.dumps(communes()))
    (tmp_path / "population.csv").write_text("code_qp;population_2020\nQN01101I;4812\n")
    return tmp_path


def run(*arguments, **options):
    output = io.StringIO()
    call_command("import_territories", *map(str, arguments), stdout=output, **options)
    return output.getvalue()


def test_each_file_is_recognised_and_reported(folder):
    assert "créés 3, modifiés 0, terminés 0, inchangés 0" in run(folder / "communes.json")
    report = run(folder / "qpv.geojson", "--vintage", "2024")
    assert "qpv.geojson : créés 2, modifiés 0, terminés 0, inchangés 0" in report
    assert "2 contours lus sur 2" in report
    assert "modifiés 1" in run(folder / "population.csv")
    ozanam = Territory.objects.get(code="QN01101I")
    assert (ozanam.population, ozanam.population_source) == (4812, "INSEE, RP 2020")
    assert ozanam.source == "ANCT, Licence Ouverte 2.0, qpv.geojson"


def test_the_three_together_come_in_the_order_they_need(folder):
    run(
        folder / "qpv.geojson",
        vintage=2024,
        communes=str(folder / "communes.json"),
        population=str(folder / "population.csv"),
        population_source="INSEE, recensement 2020",
    )
    ozanam = Territory.objects.get(code="QN01101I")
    assert ozanam.communes.get().population == 46218
    assert ozanam.population_source == "INSEE, recensement 2020"


def test_a_second_run_says_that_nothing_changed(folder):
    run(folder / "qpv.geojson", vintage=2024)
    assert "créés 0, modifiés 0, terminés 0, inchangés 2" in run(folder / "qpv.geojson", vintage=2024)


def test_a_dry_run_reports_and_writes_nothing(folder):
    report = run(folder / "qpv.geojson", vintage=2024, dry_run=True)
    assert "créés 2" in report
    assert "rien n’a été écrit" in report
    assert not Territory.objects.exists()


def test_the_vintage_of_neighbourhoods_must_be_said(folder):
    with pytest.raises(CommandError, match="--vintage 2024"):
        run(folder / "qpv.geojson")
    with pytest.raises(CommandError, match="une année"):
        run(folder / "qpv.geojson", vintage=24)


def test_a_refusal_is_shown_and_nothing_of_the_other_files_is_kept(folder):
    (folder / "population.csv").write_text("code_qp;population_2020\nQN01101I;beaucoup\n")
    with pytest.raises(CommandError, match=r"Ligne 2 .*Rien n’a été modifié"):
        run(folder / "qpv.geojson", vintage=2024, population=str(folder / "population.csv"))
    assert not Territory.objects.exists()


def test_an_option_refuses_another_kind_of_file(folder):
    with pytest.raises(CommandError, match="--communes"):
        run(communes=str(folder / "qpv.geojson"))


def test_an_extract_ends_nothing(folder):
    run(folder / "qpv.geojson", vintage=2024)
    (folder / "qpv.geojson").write_text(json.dumps(collection(feature())))
    assert "terminés 0" in run(folder / "qpv.geojson", vintage=2024, extract=True)
    assert "terminés 1" in run(folder / "qpv.geojson", vintage=2024)
    (folder / "qpv.geojson").write_text(json.dumps(collection(feature(), feature("QN01102M", border=square(2.1)))))
    assert "De nouveau en vigueur : QN01102M" in run(folder / "qpv.geojson", vintage=2024)


def test_without_a_path_the_official_address_is_read(folder, settings):
    data = (folder / "qpv.geojson").read_bytes()
    with serving(lambda handler: handler.send(data)) as server:
        settings.QPV_FILE_URL = f"{server.address}/qpv"
        assert "créés 2" in run(vintage=2024)
        assert server.asked == ["/qpv"]


def test_with_an_option_alone_the_official_address_is_left_alone(folder, settings):
    settings.QPV_FILE_URL = "http://127.0.0.1:9/"
    assert "créés 3" in run(communes=str(folder / "communes.json"))


def test_a_terminal_sees_a_counter(folder):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    output = Terminal()
    call_command("import_territories", str(folder / "qpv.geojson"), vintage=2024, stdout=output, no_color=True)
    assert "\r1 / 2\r2 / 2\n" in output.getvalue()
