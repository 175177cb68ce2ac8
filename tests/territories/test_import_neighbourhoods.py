import datetime

import pytest
from wagtail.models import ModelLogEntry

from maillage.territories import geometry
from maillage.territories.actions import FileRefused, import_neighbourhoods
from maillage.territories.models import Outline, Territory

from .squares import bow_tie, feature, moment, old_feature, square


def counts(report):
    return (report.created, report.changed, report.ended, report.unchanged)


def test_a_neighbourhood_comes_with_its_border_and_what_holds_it(import_2024):
    report = import_2024(feature(lib_epci="Carcassonne Agglo"))
    assert counts(report) == (1, 0, 0, 0)
    ozanam = Territory.objects.get(code="QN01101I")
    assert (ozanam.kind, ozanam.slug, ozanam.name, ozanam.search_name) == ("qpv", "QN01101I", "Ozanam", "ozanam")
    assert (ozanam.vintage, ozanam.valid_from, ozanam.valid_until) == (2024, datetime.date(2024, 1, 1), None)
    assert ozanam.source == "ANCT"
    assert [commune.slug for commune in ozanam.communes.all()] == ["commune-11069"]
    assert (ozanam.departement.slug, ozanam.departement.name) == ("departement-11", "Aude")
    assert (ozanam.region.slug, ozanam.region.name) == ("region-76", "Occitanie")
    assert (ozanam.epci.slug, ozanam.epci.name) == ("epci-200035715", "Carcassonne Agglo")
    assert ozanam.departement.region == ozanam.region
    assert 2.0 < ozanam.longitude < 2.01
    assert 43.0 < ozanam.latitude < 43.01


def test_the_border_is_stored_valid_measured_and_drawn(import_2024):
    import_2024(feature())
    outline = Outline.objects.get()
    shaped = geometry.from_wkb(outline.geometry)
    assert shaped.geom_type == "MultiPolygon"
    assert shaped.is_valid
    # 0.01° by 0.01° at 43° north: 1,111 m by 815 m.
    assert outline.area_m2 == pytest.approx(1_111 * 815, rel=0.002)
    assert outline.drawing.startswith("M")
    assert outline.drawing_height == 1000
    assert outline.imported_at == moment()
    assert not outline.was_repaired


def test_a_second_run_changes_nothing(import_2024):
    features = [feature(), feature("QN01102M", "Viguier", square(2.1))]
    import_2024(*features)
    before = list(Territory.objects.order_by("pk").values()), list(Outline.objects.order_by("pk").values())
    assert counts(import_2024(*features, at=moment(2026, 2, 1))) == (0, 0, 0, 2)
    assert (list(Territory.objects.order_by("pk").values()), list(Outline.objects.order_by("pk").values())) == before


def test_a_new_name_border_or_commune_is_a_change(import_2024):
    import_2024(feature(), feature("QN01102M", "Viguier", square(2.1)), feature("QN01103M", "Narbonne", square(2.2)))
    report = import_2024(
        feature(name="Ozanam - Saint-Saëns"),
        feature("QN01102M", "Viguier", square(2.1, side=0.02)),
        feature("QN01103M", "Narbonne", square(2.2), insee_com="11262", lib_com="Narbonne"),
        at=moment(2026, 3, 1),
    )
    assert counts(report) == (0, 3, 0, 0)
    renamed = Territory.objects.get(code="QN01101I")
    assert (renamed.name, renamed.search_name) == ("Ozanam - Saint-Saëns", "ozanam saint saens")
    assert renamed.outline.imported_at == moment(2026, 3, 1)
    assert [commune.name for commune in Territory.objects.get(code="QN01103M").communes.all()] == ["Narbonne"]


def test_one_that_is_no_longer_in_the_file_is_ended_and_kept(import_2024):
    import_2024(feature(), feature("QN01102M", "Viguier", square(2.1)))
    report = import_2024(feature(), at=moment(2026, 3, 1))
    assert counts(report) == (0, 0, 1, 1)
    assert "QN01102M" in " ".join(report.notes)
    ended = Territory.objects.get(code="QN01102M")
    assert ended.valid_until == datetime.date(2026, 3, 1)
    assert ended not in Territory.objects.in_force(datetime.date(2026, 3, 1))
    assert ModelLogEntry.objects.filter(action="territories.end").count() == 1
    assert counts(import_2024(feature(), at=moment(2026, 4, 1))) == (0, 0, 0, 1)


def test_one_that_comes_back_is_revived(import_2024):
    import_2024(feature(), feature("QN01102M", "Viguier", square(2.1)))
    import_2024(feature(), at=moment(2026, 3, 1))
    report = import_2024(feature(), feature("QN01102M", "Viguier", square(2.1)), at=moment(2026, 4, 1))
    assert counts(report) == (0, 1, 0, 1)
    assert report.revived == ["QN01102M"]
    assert Territory.objects.get(code="QN01102M").valid_until is None


def test_an_extract_ends_nothing(import_2024):
    import_2024(feature(), feature("QN01102M", "Viguier", square(2.1)))
    assert counts(import_2024(feature(), end_missing=False)) == (0, 0, 0, 1)
    assert Territory.objects.get(code="QN01102M").valid_until is None


def test_an_invented_neighbourhood_is_not_ended_by_an_official_file(import_2024):
    import_2024(feature("QN09901N", "Les Tilleuls", insee_dep="99", lib_dep="Orle"))
    assert import_2024(feature()).ended == 0


def test_the_other_vintage_is_left_alone(import_2015, import_2024):
    import_2015(old_feature(communes=""))
    assert counts(import_2024(feature())) == (1, 0, 0, 0)
    assert counts(import_2015(old_feature(communes=""))) == (0, 0, 0, 1)


def test_the_file_of_2015_is_read_with_its_own_property_names(import_2015, three_communes):
    report = import_2015(old_feature())
    assert counts(report) == (1, 0, 0, 0)
    assert report.notes == []
    ozanam = Territory.objects.get(code="QP011001")
    assert (ozanam.vintage, ozanam.valid_from) == (2015, datetime.date(2015, 1, 1))
    assert [commune.code for commune in ozanam.communes.all()] == ["11069"]


def test_a_commune_that_is_not_recognised_by_name_is_a_note(import_2015):
    report = import_2015(old_feature())
    assert "QP011001" in report.notes[0]
    assert not Territory.objects.get(code="QP011001").communes.exists()


def test_the_commune_is_linked_once_it_is_known(import_2015, import_2024):
    import_2015(old_feature())
    import_2024(feature())
    assert counts(import_2015(old_feature())) == (0, 1, 0, 0)
    assert counts(import_2015(old_feature())) == (0, 0, 0, 1)
    assert Territory.objects.get(code="QP011001").communes.get().name == "Carcassonne"


def test_a_commune_name_is_looked_for_in_its_departement_only(import_2015, three_communes):
    report = import_2015(old_feature("QP012001", "Rodez", communes="Carcassonne"))
    assert "QP012001" in report.notes[0]


@pytest.mark.parametrize(
    ("codes", "names"),
    [("11069, 11203", "Carcassonne,Lézignan-Corbières"), ("11069; 11203", "Carcassonne;Lézignan-Corbières")],
)
def test_a_neighbourhood_may_lie_on_several_communes(import_2024, codes, names):
    import_2024(feature(insee_com=codes, lib_com=names))
    communes = Territory.objects.get(code="QN01101I").communes.order_by("code")
    assert [(commune.code, commune.name) for commune in communes] == [
        ("11069", "Carcassonne"),
        ("11203", "Lézignan-Corbières"),
    ]


def test_a_known_commune_keeps_its_own_name(import_2024, three_communes):
    import_2024(feature(lib_com="CARCASSONNE"))
    assert Territory.objects.get(code="11069").name == "Carcassonne"


def test_an_absent_epci_is_no_epci(import_2024):
    import_2024(feature(siren_epci="NA", lib_epci="NA"))
    assert Territory.objects.get(code="QN01101I").epci is None
    assert not Territory.objects.filter(kind="epci").exists()


def test_overseas_the_geography_of_2024_starts_a_year_later(import_2015, import_2024):
    import_2015(old_feature("QP974001", communes=""), old_feature("QP011001", border=square(2.1)))
    import_2024(feature("QN97401I", insee_dep="974", lib_dep="La Réunion", insee_reg="04", lib_reg="La Réunion"))
    ends = dict(Territory.objects.filter(vintage=2015).values_list("code", "valid_until"))
    assert ends == {"QP974001": datetime.date(2025, 1, 1), "QP011001": datetime.date(2024, 1, 1)}
    assert Territory.objects.get(code="QN97401I").valid_from == datetime.date(2025, 1, 1)


def test_the_departement_of_2015_is_known_once_2024_names_it(import_2015, import_2024):
    import_2015(old_feature(communes=""))
    assert Territory.objects.get(code="QP011001").departement is None
    import_2024(feature())
    old = Territory.objects.get(code="QP011001")
    assert (old.departement.name, old.region.name) == ("Aude", "Occitanie")
    assert counts(import_2015(old_feature(communes=""))) == (0, 0, 0, 1)


def test_a_border_that_crosses_itself_is_repaired_and_reported(import_2024):
    report = import_2024(feature(border=bow_tie()))
    assert report.repaired == ["QN01101I"]
    outline = Outline.objects.get()
    assert outline.was_repaired
    assert geometry.from_wkb(outline.geometry).is_valid
    assert outline.area_m2 == pytest.approx(1_111 * 815 / 2, rel=0.002)


def test_a_collection_of_polygons_that_touch_becomes_one_border(import_2024):
    line = {"type": "LineString", "coordinates": [[2, 43], [2.1, 43.1]]}
    both = {"type": "GeometryCollection", "geometries": [square(2.0), square(2.01), line]}
    report = import_2024(feature(border=both))
    assert report.repaired == ["QN01101I"]
    assert Outline.objects.get().area_m2 == pytest.approx(2 * 1_111 * 815, rel=0.002)


def test_commune_names_that_do_not_answer_their_codes_are_left_aside(import_2024, three_communes):
    import_2024(feature(insee_com="11069, 11203", lib_com="Carcassonne"))
    communes = Territory.objects.get(code="QN01101I").communes.all()
    assert [commune.code for commune in communes] == ["11069"]


def test_a_code_never_passes_to_another_vintage(import_2024):
    import_2024(feature("QZ01", "Ailleurs"))
    with pytest.raises(FileRefused, match="QZ01"):
        import_neighbourhoods([feature("QZ01", "Ailleurs")], vintage=2030, source="", at=moment())


def test_the_number_of_queries_does_not_grow_with_the_file(import_2024, django_assert_max_num_queries):
    many = [feature(f"QN011{number:02d}N", f"Quartier {number}", square(2 + number / 50)) for number in range(60)]
    with django_assert_max_num_queries(45):
        import_2024(*many)


def test_progress_is_told(import_2024):
    told = []
    import_2024(feature(), feature("QN01102M", border=square(2.1)), progress=lambda *step: told.append(step))
    assert told == [(1, 2), (2, 2)]
