import pytest

from maillage.territories.actions import FileRefused, import_communes, import_neighbourhoods, import_population
from maillage.territories.models import Outline, Territory

from .squares import communes, feature, moment, old_feature, square

LAMBERT = {
    "type": "Polygon",
    "coordinates": [[[648000, 6236000], [649000, 6236000], [649000, 6237000], [648000, 6236000]]],
}
LINE = {"type": "LineString", "coordinates": [[2, 43], [2.1, 43.1]]}
FLAT = {"type": "Polygon", "coordinates": [[[2, 43], [2.1, 43.1], [2, 43]]]}
EMPTY = {"type": "Polygon", "coordinates": []}
TWISTED = {"type": "Polygon", "coordinates": "2,43"}
NOT_FINITE = {"type": "Polygon", "coordinates": [[[2, 43], [float("nan"), 43], [2.1, 43.1], [2, 43]]]}


def without(code_like, **properties):
    made = feature(**properties)
    del made["properties"][code_like]
    return made


SECOND_IS_WRONG = {
    "no geometry": ({**feature("QN01102M"), "geometry": None}, "n° 2 .QN01102M. .*pas un polygone"),
    "a line": (feature("QN01102M", border=LINE), "n° 2 .QN01102M. .*pas un polygone"),
    "no surface": (feature("QN01102M", border=FLAT), "n° 2 .QN01102M."),
    "an empty border": (feature("QN01102M", border=EMPTY), "n° 2 .QN01102M. .*vide"),
    "an unreadable border": (feature("QN01102M", border=TWISTED), "n° 2 .QN01102M. .*illisible"),
    "Lambert-93": (feature("QN01102M", border=LAMBERT), "n° 2 .QN01102M. .*WGS84.*Lambert-93"),
    "not a number": (feature("QN01102M", border=NOT_FINITE), "n° 2 .QN01102M. .*pas un nombre"),
    "no code": (feature(code=""), "n° 2 : il n’a pas de code"),
    "no code property": (without("code_qp"), "n° 2 : il n’a pas de code"),
    "an impossible code": (feature("../../etc"), "n° 2 : .*pas un code de quartier"),
    "no name": (feature("QN01102M", name="  "), "n° 2 .QN01102M. : il n’a pas de nom"),
    "twice the same code": (feature(), "n° 2 .QN01101I. : .*l’objet n° 1"),
    "another vintage": (old_feature(), "n° 2 .QP011001. .*2015"),
    "not an object": ("QN01102M", "n° 2 : ce n’est pas un objet GeoJSON"),
    "no properties": ({"type": "Feature", "geometry": square()}, "n° 2 : ce n’est pas un objet GeoJSON"),
}


@pytest.mark.parametrize("what", SECOND_IS_WRONG)
def test_one_wrong_feature_refuses_the_file_and_leaves_everything_as_it_was(import_2024, what):
    wrong, message = SECOND_IS_WRONG[what]
    import_2024(feature(name="Avant"), feature("QN01103M", border=square(2.3)))
    before = list(Territory.objects.order_by("pk").values()), list(Outline.objects.order_by("pk").values())
    with pytest.raises(FileRefused, match=message):
        import_2024(feature(name="Après"), wrong, at=moment(2026, 5, 1))
    assert (list(Territory.objects.order_by("pk").values()), list(Outline.objects.order_by("pk").values())) == before


def test_a_file_that_holds_no_neighbourhood_is_refused(import_2024):
    with pytest.raises(FileRefused, match="aucun quartier"):
        import_2024()
    elsewhere = {"type": "Feature", "properties": {"nom": "Carcassonne", "code": "11069"}, "geometry": square()}
    with pytest.raises(FileRefused, match="code_qp"):
        import_2024(elsewhere)
    assert not Territory.objects.exists()


def test_a_failure_while_writing_leaves_everything_as_it_was(import_2024, monkeypatch):
    import_2024(feature(name="Avant"))
    monkeypatch.setattr("maillage.territories.actions.neighbourhoods.link_predecessors", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        import_2024(feature(name="Après"), feature("QN01102M", border=square(2.3)))
    assert list(Territory.objects.priority_neighbourhoods().values_list("name", flat=True)) == ["Avant"]


def commune(**fields):
    return {**communes()[0], **fields}


WRONG_COMMUNES = {
    "no code": (commune(code=""), "n° 2 : une commune a un code et un nom"),
    "no name": (commune(code="11262", nom=None), "n° 2 : une commune a un code et un nom"),
    "a code that lost its zero": (commune(code=1053), "n° 2 : « 1053 » n’est pas un code"),
    "twice the same code": (commune(), "n° 2 .11069. : .*ligne n° 1"),
    "a population in words": (commune(code="11262", population="beaucoup"), "n° 2 .11262. : la population"),
    "a negative population": (commune(code="11262", population=-1), "n° 2 .11262. : la population"),
    "a centre in metres": (
        commune(code="11262", centre={"coordinates": [648000, 6236000]}),
        "n° 2 .11262. : son centre",
    ),
    "a centre without coordinates": (commune(code="11262", centre={"type": "Point"}), "n° 2 .11262. : son centre"),
    "a text": ("11262", "n° 2 : une commune"),
}


@pytest.mark.parametrize("what", WRONG_COMMUNES)
def test_one_wrong_commune_refuses_the_file(db, what):
    wrong, message = WRONG_COMMUNES[what]
    with pytest.raises(FileRefused, match=message):
        import_communes([commune(), wrong], source="INSEE", at=moment())
    assert not Territory.objects.exists()


def test_a_file_without_commune_is_refused(db):
    with pytest.raises(FileRefused, match="aucune commune"):
        import_communes([], source="INSEE", at=moment())


WRONG_FIGURES = {
    "a word": ([(2, {"code_qp": "QN01101I", "population_2020": "beaucoup"})], "Ligne 2 .QN01101I."),
    "a negative number": ([(2, {"code_qp": "QN01101I", "population_2020": "-3"})], "Ligne 2 .QN01101I."),
    "no code": ([(2, {"code_qp": "", "population_2020": "3"})], "Ligne 2"),
    "a code twice": ([(line, {"code_qp": "QN01101I", "population_2020": "3"}) for line in (2, 3)], "Ligne 3"),
    "no figure": ([(2, {"code_qp": "QN01101I", "population_2020": "NA"})], "aucun quartier"),
    "a line too short": ([(2, {"code_qp": None, "population_2020": "4"})], "Ligne 2"),
    "unknown codes": ([(2, {"code_qp": "QN99999Z", "population_2020": "4"})], "importez d’abord"),
}


@pytest.mark.parametrize("what", WRONG_FIGURES)
def test_a_wrong_population_refuses_the_file(import_2024, what):
    rows, message = WRONG_FIGURES[what]
    import_2024(feature())
    with pytest.raises(FileRefused, match=message):
        import_population(rows, source="INSEE, RP 2020", at=moment())
    assert Territory.objects.get(code="QN01101I").population is None


def test_a_file_of_another_vintage_says_which(db):
    with pytest.raises(FileRefused, match=r"2024.*--vintage"):
        import_neighbourhoods([feature()], vintage=2015, source="ANCT", at=moment())
