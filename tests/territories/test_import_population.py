from maillage.territories.actions import import_population
from maillage.territories.models import Territory

from .squares import feature, moment, square


def run(*figures, source="INSEE, RP 2020"):
    rows = [(line, {"code_qp": code, "population_2020": value}) for line, (code, value) in enumerate(figures, 2)]
    return import_population(rows, source=source, at=moment())


def test_a_population_always_comes_with_its_source(import_2024):
    import_2024(feature())
    report = run(("QN01101I", "4 812"))
    assert (report.changed, report.unchanged) == (1, 0)
    ozanam = Territory.objects.get(code="QN01101I")
    assert (ozanam.population, ozanam.population_source) == (4812, "INSEE, RP 2020")


def test_a_second_run_changes_nothing(import_2024):
    import_2024(feature())
    run(("QN01101I", "4812"))
    report = run(("QN01101I", "4812.0"))
    assert (report.changed, report.unchanged) == (0, 1)


def test_importing_the_borders_again_keeps_the_population(import_2024):
    import_2024(feature())
    run(("QN01101I", "4812"))
    import_2024(feature(name="Ozanam - Le Viguier"))
    assert Territory.objects.get(code="QN01101I").population == 4812


def test_unknown_codes_and_unpublished_figures_are_notes(import_2024):
    import_2024(feature(), feature("QN01102M", border=square(2.1)))
    report = run(("QN01101I", "4812"), ("QN97601M", "3652"), ("QN01102M", "s"), ("", ""))
    assert report.changed == 1
    assert "QN97601M" in report.notes[0]
    assert "QN01102M" in report.notes[1]
