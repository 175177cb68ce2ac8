"""The whole official files, where they are: see `official_data` for where they are looked for."""

import time

import pytest
import shapely
from django.db import transaction
from django.db.models.functions import Length

from maillage.territories import files, geometry
from maillage.territories.actions import import_communes, import_neighbourhoods, import_population
from maillage.territories.locate import current_index, locate, which_neighbourhoods
from maillage.territories.models import Outline, Territory

from .squares import moment

pytestmark = pytest.mark.django_db

SELF_CROSSING = ["QN00607M", "QN02B01M", "QN03010M", "QN06807M"]


@pytest.fixture(scope="module")
def rows(official_data):
    """`rows("QP2024…")` are the rows of the official file whose name starts so; skips where it is absent."""

    def read(start):
        found = sorted(official_data.glob(f"{start}*"))
        if not found:
            pytest.skip(f"no {start}… in the official sample data")
        return files.open_official(found[0]).rows

    return read


@pytest.fixture(scope="module")
def imported_2024(rows, django_db_setup, django_db_blocker):
    """The report of the 1,584 neighbourhoods, imported once for the tests of this module."""
    features = rows("QP2024_France")
    with django_db_blocker.unblock(), transaction.atomic():
        yield neighbourhoods(features, 2024)
        transaction.set_rollback(True)


def neighbourhoods(rows, vintage):
    return import_neighbourhoods(rows, vintage=vintage, source="ANCT", at=moment())


def test_the_1584_neighbourhoods_of_2024_are_imported_once(imported_2024, rows):
    report = imported_2024
    assert (report.created, report.changed, report.ended, report.unchanged) == (1584, 0, 0, 0)
    assert report.repaired == SELF_CROSSING
    assert Territory.objects.priority_neighbourhoods().count() == 1584
    assert Territory.objects.filter(kind="departement").count() == 103
    assert Territory.objects.priority_neighbourhoods().filter(communes=None).count() == 0
    again = neighbourhoods(rows("QP2024_France"), 2024)
    assert (again.created, again.changed, again.ended, again.unchanged) == (0, 0, 0, 1584)


def test_every_official_border_is_valid_and_its_drawing_small(imported_2024):
    shapes = [geometry.from_wkb(border) for border in Outline.objects.values_list("geometry", flat=True)]
    assert all(shapely.is_valid(shapes))
    assert {shaped.geom_type for shaped in shapes} == {"MultiPolygon"}
    lengths = Outline.objects.annotate(length=Length("drawing")).values_list("length", flat=True)
    assert max(lengths) <= geometry.DRAWING_BYTES
    assert min(lengths) > 20
    # From a few buildings to a whole commune of Mayotte, in square metres.
    areas = Outline.objects.values_list("area_m2", flat=True)
    assert 5_000 < min(areas) < max(areas) < 60_000_000


def test_known_places_are_found(imported_2024):
    goutte_d_or, empalot = locate(2.3530, 48.8845)[0], locate(1.4420, 43.5785)[0]
    assert (goutte_d_or.code, goutte_d_or.inside) == ("QN07511M", True)
    assert (empalot.code, empalot.inside) == ("QN03109M", True)


def test_every_neighbourhood_holds_its_own_point(imported_2024):
    places = list(Territory.objects.priority_neighbourhoods().order_by("code"))
    found = which_neighbourhoods([place.longitude for place in places], [place.latitude for place in places])
    # Rounded to 11 m, neighbours may overlap.
    assert sum(code == place.code for code, place in zip(found, places, strict=True)) >= 1580
    assert all(found)


def test_mayotte_is_its_seventeen_communes_since_2025(imported_2024):
    mayotte = Territory.objects.priority_neighbourhoods().filter(code__startswith="QN976")
    assert mayotte.count() == 17
    assert all(place.code.endswith("C") for place in mayotte)
    assert {place.valid_from.isoformat() for place in mayotte} == {"2025-01-01"}
    (mamoudzou,) = locate(45.2279, -12.7806)
    assert (mamoudzou.name, mamoudzou.inside) == ("Mamoudzou", True)


def test_the_extract_of_2015_is_linked_to_2024(imported_2024, rows):
    neighbourhoods(rows("QP2015_extract"), 2015)
    successors = {
        old: set(Territory.objects.get(code=old).successors.values_list("code", flat=True))
        for old in ("QP011001", "QP001005", "QP031011", "QP031009", "QP069014")
    }
    assert successors == {
        "QP011001": {"QN01101I"},
        "QP001005": {"QN00105I"},
        # Renumbered on the way: QN03111I is La Cépière, and Les Izards are QN03110M.
        "QP031011": {"QN03110M"},
        # Bourbaki left the geography; Empalot, which has its number now, is another place.
        "QP031009": set(),
        "QP069014": {"QN06912M"},
    }
    old = Territory.objects.filter(vintage=2015)
    assert old.count() == 222
    assert old.exclude(successors=None).count() >= 215
    assert {day.isoformat() for day in old.values_list("valid_until", flat=True)} == {"2024-01-01", "2025-01-01"}


def test_the_35014_communes_are_imported_once_and_complete_the_neighbourhoods(imported_2024, rows):
    assert imported_2024.notes == ["835 communes créées d’après ce fichier."]
    communes = rows("communes_")
    report = import_communes(communes, source="INSEE", at=moment())
    # Pierrefitte-sur-Seine joined Saint-Denis: the file of neighbourhoods alone still names it.
    assert (report.created, report.changed, report.ended, report.unchanged) == (34_180, 834, 1, 0)
    assert Territory.objects.get(code="93059").valid_until.isoformat() == "2026-01-15"
    assert Territory.objects.get(code="75118").mother_commune.code == "75056"
    assert Territory.objects.get(code="98711").postcodes == "98760 98786 98790"
    # Only the territories without a neighbourhood have no département with a name.
    orphans = Territory.objects.communes().filter(departement=None)
    nameless = {"975", "977", "984", "986", "988", "989"}
    assert {code[:3] for code in orphans.values_list("code", flat=True)} == nameless
    again = import_communes(communes, source="INSEE", at=moment())
    assert (again.created, again.changed, again.ended) == (0, 0, 0)


def test_the_population_is_that_of_1476_neighbourhoods(imported_2024, rows):
    report = import_population(rows("qpv_2024_population"), source="INSEE, RP 2020", at=moment())
    assert report.changed == 1476
    assert Territory.objects.get(code="QN00101M").population == 6399
    assert "QN97601M" in report.notes[0]


def test_a_lookup_in_the_whole_country_takes_microseconds(imported_2024):
    index, points = current_index(), [(2 + step / 1000, 48.5 + step / 1500) for step in range(1000)]
    started = time.perf_counter()
    found = [index.code_at(*point) for point in points]
    each = (time.perf_counter() - started) / len(points)
    assert any(found)
    # 10 µs on a quiet machine; the aim is 50.
    assert each < 500e-6
