import datetime

from maillage.territories.actions import import_communes
from maillage.territories.models import Territory

from .squares import communes, feature, moment


def run(rows, **options):
    return import_communes(rows, source="INSEE", at=moment(), **options)


def counts(report):
    return (report.created, report.changed, report.ended, report.unchanged)


def test_communes_come_with_postcodes_population_and_position(three_communes):
    assert counts(three_communes) == (3, 0, 0, 0)
    carcassonne = Territory.objects.get(slug="commune-11069")
    assert (carcassonne.name, carcassonne.search_name, carcassonne.postcodes) == (
        "Carcassonne",
        "carcassonne",
        "11000 11090",
    )
    assert (carcassonne.population, carcassonne.population_source) == (46218, "INSEE")
    assert (carcassonne.longitude, carcassonne.latitude) == (2.3491, 43.2122)
    assert Territory.objects.get(code="75056", kind="commune").postcodes == "75001 75018"


def test_a_second_run_changes_nothing(three_communes):
    assert counts(run(communes())) == (0, 0, 0, 3)


def test_an_arrondissement_keeps_its_mother_commune(three_communes):
    assert Territory.objects.get(code="75118").mother_commune.name == "Paris"


def test_departements_regions_and_epci_come_where_the_file_names_them(three_communes):
    paris = Territory.objects.get(code="75056")
    assert (paris.departement.slug, paris.region.name, paris.epci.slug) == (
        "departement-75",
        "Île-de-France",
        "epci-200054781",
    )
    assert paris.departement.region == paris.region
    assert Territory.objects.get(code="75118").departement == paris.departement
    assert Territory.objects.get(code="11069").departement is None


def test_a_departement_named_later_holds_the_communes_already_there(three_communes, import_2024):
    import_2024(feature())
    carcassonne = Territory.objects.get(code="11069")
    assert (carcassonne.departement.name, carcassonne.region.name) == ("Aude", "Occitanie")
    assert counts(run(communes())) == (0, 0, 0, 3)


def test_a_new_name_wins(three_communes):
    rows = communes()
    rows[0]["nom"] = "Carcassonne-la-Cité"
    rows[1]["epci"]["nom"] = "Grand Paris"
    assert counts(run(rows)) == (0, 1, 0, 2)
    assert Territory.objects.get(code="11069").search_name == "carcassonne la cite"
    assert Territory.objects.get(code="200054781").name == "Grand Paris"


def test_what_the_file_does_not_know_is_kept(three_communes):
    rows = communes()
    for key in ("population", "centre", "codesPostaux"):
        del rows[0][key]
    assert counts(run(rows)) == (0, 0, 0, 3)


def test_a_commune_named_by_a_neighbourhood_first_is_completed(import_2024):
    import_2024(feature())
    report = run(communes())
    assert counts(report) == (2, 1, 0, 0)
    assert Territory.objects.get(code="11069").postcodes == "11000 11090"


def test_an_extract_ends_nothing(three_communes):
    assert counts(run(communes()[:1])) == (0, 0, 0, 1)


def test_a_commune_that_is_no_longer_in_the_whole_file_is_ended_then_revived(three_communes):
    report = run(communes()[1:], end_missing=True)
    assert counts(report) == (0, 0, 1, 2)
    assert "Carcassonne (11069)" in " ".join(report.notes)
    assert Territory.objects.get(code="11069").valid_until == datetime.date(2026, 1, 15)
    assert counts(run(communes())) == (0, 1, 0, 2)
    assert Territory.objects.get(code="11069").valid_until is None


def test_delegated_communes_are_left_out_and_counted(db):
    rows = [*communes(), {"nom": "Ancienne", "code": "11999", "type": "commune-deleguee"}]
    report = run(rows)
    assert report.created == 3
    assert "1 commune déléguée" in " ".join(report.notes)


def test_what_lies_within_a_commune_counts_its_arrondissements(three_communes):
    paris = Territory.objects.get(code="75056")
    assert {place.code for place in Territory.objects.within(paris)} == {"75056", "75118"}
