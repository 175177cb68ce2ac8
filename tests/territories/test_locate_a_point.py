import math

import numpy as np
import pytest

from maillage.territories import locate as module
from maillage.territories.actions import import_neighbourhoods
from maillage.territories.locate import current_index, ground_distance_m, locate, which_neighbourhoods
from maillage.territories.models import Outline
from maillage.territories.refusals import PlaceNotFound
from tests.factories.territories import TerritoryFactory

from .squares import feature, moment, old_feature, square

NORTH_M = 111_107
"""Length of a degree of latitude at 43° north, metres."""
EAST_M = 81_541
"""Of longitude."""


def test_a_point_inside_knows_its_neighbourhood_and_the_border(import_2024):
    import_2024(feature())
    (here,) = locate(2.005, 43.003)
    assert (here.vintage, here.code, here.name, here.inside) == (2024, "QN01101I", "Ozanam", True)
    assert here.distance_m == pytest.approx(0.003 * NORTH_M, abs=1)
    assert not here.indicative


def test_a_point_outside_knows_the_nearest_neighbourhood_in_metres(import_2024):
    import_2024(feature(), feature("QN01102M", "Viguier", square(2.05)))
    (here,) = locate(2.02, 43.005)
    assert (here.code, here.inside) == ("QN01101I", False)
    assert here.distance_m == pytest.approx(0.01 * EAST_M, abs=1)


def test_the_nearest_is_measured_in_metres_and_not_in_degrees(import_2024):
    """At 60° north a degree of longitude is half a degree of latitude."""
    import_2024(feature(border=square(2.06, 60)), feature("QN01102M", "Viguier", square(2.0, 60.05)))
    (here,) = locate(2.005, 60.005)
    assert here.code == "QN01101I"
    assert here.distance_m == pytest.approx(0.055 * 55_772, abs=3)


@pytest.mark.parametrize(("metres", "indicative"), [(5, True), (14, True), (16, False), (100, False)])
@pytest.mark.parametrize("side", [1, -1])
def test_near_the_border_the_answer_is_indicative(import_2024, metres, indicative, side):
    import_2024(feature())
    (here,) = locate(2.005, 43.0 + side * metres / NORTH_M)
    assert here.inside is (side > 0)
    assert here.distance_m == pytest.approx(metres, abs=0.2)
    assert here.indicative is indicative


def test_the_border_itself_is_inside(import_2024):
    import_2024(feature())
    (here,) = locate(2.0, 43.005)
    assert (here.inside, here.distance_m, here.indicative) == (True, 0.0, True)


def test_two_vintages_answer_each_for_itself(import_2015, import_2024):
    import_2015(old_feature(border=square(2.0)))
    import_2024(feature(border=square(2.1)))
    new, old = locate(2.005, 43.005)
    assert (new.vintage, new.code, new.inside) == (2024, "QN01101I", False)
    assert (old.vintage, old.code, old.inside) == (2015, "QP011001", True)
    assert [here.vintage for here in locate(2.005, 43.005, vintage=2015)] == [2015]
    assert locate(2.005, 43.005, vintage=1999) == []


def test_where_two_overlap_the_one_that_holds_it_deepest_answers(import_2024):
    import_2024(feature(border=square(2.0)), feature("QN01102M", "Viguier", square(2.0095)))
    assert locate(2.0099, 43.005)[0].code == "QN01102M"
    assert locate(2.0096, 43.005)[0].code == "QN01101I"


def test_a_hole_is_outside(import_2024):
    border = square(side=0.01)
    border["coordinates"].append(square(2.004, 43.004, 0.002)["coordinates"][0][::-1])
    import_2024(feature(border=border))
    (here,) = locate(2.005, 43.005)
    assert not here.inside
    assert here.distance_m == pytest.approx(0.001 * EAST_M, abs=1)


def test_far_away_the_distance_is_that_of_the_globe(import_2024):
    import_2024(feature())
    (here,) = locate(-61.5, 16.2)
    assert not here.inside
    assert here.distance_m == pytest.approx(6_645_000, rel=0.001)


def test_the_distance_between_two_points_agrees_with_the_globe():
    assert ground_distance_m(2.3522, 48.8566, 2.3522, 48.8566) == 0
    assert ground_distance_m(0, 45, 0, 46) == pytest.approx(111_141, abs=2)
    # Paris to Toulouse, and Paris to Saint-Denis de La Réunion.
    assert ground_distance_m(2.3522, 48.8566, 1.4442, 43.6047) == pytest.approx(588_000, rel=0.005)
    assert ground_distance_m(2.3522, 48.8566, 55.448, -20.882) == pytest.approx(9_370_000, rel=0.01)


@pytest.mark.parametrize("point", [(181, 0), (0, 91), (652_000, 6_862_000), (math.nan, 43), (2, math.inf)])
def test_what_is_not_in_degrees_is_refused(import_2024, point):
    import_2024(feature())
    with pytest.raises(PlaceNotFound):
        locate(*point)


def test_nothing_imported_is_nothing_found(db):
    assert locate(2.0, 43.0) == []
    assert list(which_neighbourhoods([2.0], [43.0])) == [""]


def test_one_that_its_own_vintage_dropped_no_longer_answers(import_2015, import_2024):
    import_2015(old_feature())
    import_2024(feature(), feature("QN01102M", "Viguier", square(2.5)))
    import_2024(feature("QN01102M", "Viguier", square(2.5)), at=moment(2026, 6, 1))
    new, old = locate(2.005, 43.005)
    assert (new.code, new.inside) == ("QN01102M", False)
    # The whole vintage of 2015 is over, and still answers for its time.
    assert (old.code, old.inside) == ("QP011001", True)


def test_a_new_import_is_seen_at_once(import_2024):
    import_2024(feature())
    assert locate(2.005, 43.005)[0].inside
    import_2024(feature(name="Ozanam 2", border=square(2.2)), at=moment(2026, 6, 1))
    here = locate(2.005, 43.005)[0]
    assert (here.inside, here.name) == (False, "Ozanam 2")


def test_a_border_written_elsewhere_is_seen(import_2024, db):
    import_2024(feature())
    locate(2.005, 43.005)
    other = TerritoryFactory(qpv=True, name="Viguier")
    stored = Outline.objects.get()
    stored.pk = None
    Outline.objects.create(territory=other, geometry=stored.geometry, drawing="M0 0z", drawing_height=1, area_m2=1)
    assert len(current_index().layers[2024].codes) == 2


def test_another_process_is_seen_after_a_second(import_2024, monkeypatch, transactional_db):
    import_neighbourhoods([feature()], vintage=2024, source="ANCT", at=moment())
    locate(2.005, 43.005)
    # What another process does: no signal reaches this one.
    Outline.objects.update(imported_at=moment(2026, 6, 1))
    index = current_index()
    assert current_index() is index
    monkeypatch.setattr(module, "CHECK_EVERY_SECONDS", -1)
    assert current_index() is not index


def test_a_lookup_makes_no_query(import_2024, django_assert_num_queries):
    import_2024(feature())
    locate(2.005, 43.005)
    with django_assert_num_queries(0):
        locate(2.005, 43.005)
        locate(2.105, 43.005)
        assert current_index().code_at(2.005, 43.005) == "QN01101I"
        assert current_index().code_at(2.105, 43.005) is None


def test_many_points_are_placed_at_once(import_2024, import_2015):
    import_2024(feature(), feature("QN01102M", "Viguier", square(2.1)))
    import_2015(old_feature("QP011009", "Ailleurs", square(2.2)))
    longitudes, latitudes = [2.005, 2.5, 2.105, 2.205, 2.0], [43.005, 43.005, 43.001, 43.005, 43.0]
    assert list(which_neighbourhoods(longitudes, latitudes)) == ["QN01101I", "", "QN01102M", "", "QN01101I"]
    assert list(which_neighbourhoods(longitudes, latitudes, vintage=2015)) == ["", "", "", "QP011009", ""]
    assert list(which_neighbourhoods([], [])) == []


def test_in_bulk_or_alone_the_answer_is_the_same(import_2024):
    import_2024(*[feature(f"QN011{n:02d}N", f"Quartier {n}", square(2 + n * 0.0095)) for n in range(10)])
    points = np.random.default_rng(4).uniform((1.99, 42.99), (2.12, 43.02), (400, 2))
    alone = [current_index().code_at(*point) or "" for point in points]
    assert list(which_neighbourhoods(points[:, 0], points[:, 1])) == alone
    assert 50 < sum(code != "" for code in alone) < 350
