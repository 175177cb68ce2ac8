import datetime
import math
import re
from xml.etree import ElementTree

import pytest
import shapely
from django.template import engines
from django.urls import reverse
from shapely.geometry import shape

from maillage.territories.geometry import draw
from maillage.territories.models import Territory
from tests.harness.client import html_faults

from .squares import feature, moment, square


def url(slug, name="outline"):
    return reverse(f"territories:{name}", args=[slug])


def test_a_border_is_a_geojson_feature_with_its_vintage_licence_and_source(client, import_2024):
    import_2024(feature())
    response = client.get(url("QN01101I"))
    assert response["Content-Type"] == "application/geo+json"
    assert response["Cache-Control"] == "public, max-age=3600"
    content = response.json()
    assert (content["type"], content["id"]) == ("Feature", "QN01101I")
    assert content["properties"] == {
        "code": "QN01101I",
        "nom": "Ozanam",
        "millesime": 2024,
        "en_vigueur_depuis": "2024-01-01",
        "en_vigueur_jusqu_au": None,
        "licence": "Licence Ouverte 2.0",
        "source": "ANCT",
    }
    assert shape(content["geometry"]).equals(shape(square()))


def test_the_address_of_a_border_stands_under_its_territory(import_2024):
    import_2024(feature())
    assert url("QN01101I") == "/territoires/QN01101I/contour.geojson"


def test_a_border_that_did_not_change_is_not_sent_again(client, import_2024, django_assert_num_queries):
    import_2024(feature())
    first = client.get(url("QN01101I"))
    with django_assert_num_queries(1):
        again = client.get(url("QN01101I"), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    dated = client.get(url("QN01101I"), headers={"If-Modified-Since": first["Last-Modified"]})
    assert dated.status_code == 304
    import_2024(feature(name="Ozanam 2"), at=moment(2026, 6, 1))
    changed = client.get(url("QN01101I"), headers={"If-None-Match": first["ETag"]})
    assert changed.json()["properties"]["nom"] == "Ozanam 2"


def test_what_has_no_border_is_not_found(client, import_2024, three_communes):
    assert client.get(url("commune-11069")).status_code == 404
    assert client.get(url("QN99999M")).status_code == 404


def test_borders_are_only_read(client, import_2024):
    import_2024(feature())
    assert client.post(url("QN01101I")).status_code == 405


@pytest.mark.parametrize("number", [1, 3])
def test_the_borders_of_a_place_come_together(client, import_2024, number, django_assert_num_queries):
    import_2024(*[feature(f"QN0110{n}M", f"Quartier {n}", square(2 + n / 10)) for n in range(number)])
    with django_assert_num_queries(4):
        response = client.get(url("departement-11", "outlines"))
    content = response.json()
    assert content["type"] == "FeatureCollection"
    assert [one["id"] for one in content["features"]] == [f"QN0110{n}M" for n in range(number)]
    again = client.get(url("departement-11", "outlines"), headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


def test_the_borders_of_a_place_are_those_in_force(client, import_2024):
    import_2024(feature(), feature("QN01102M", "Viguier", square(2.1)))
    import_2024(feature(), at=moment(2026, 3, 1))
    assert Territory.objects.get(code="QN01102M").valid_until == datetime.date(2026, 3, 1)
    features = client.get(url("commune-11069", "outlines")).json()["features"]
    assert [one["id"] for one in features] == ["QN01101I"]
    assert client.get(url("departement-98", "outlines")).status_code == 404


def render(source, **context):
    return engines["django"].from_string(source).render(context)


def test_a_border_is_drawn_with_a_title_and_without_style(import_2024):
    import_2024(feature(name="Ozanam & <Cie>"))
    html = render(
        '{% include "territories/_outline.html" %}',
        territory=Territory.objects.select_related("outline").get(code="QN01101I"),
    )
    assert html_faults(html) == []
    drawing = ElementTree.fromstring(html)  # noqa: S314  our own template
    assert (drawing.tag, drawing.get("role")) == ("svg", "img")
    title = drawing.find("title")
    assert drawing.get("aria-labelledby") == title.get("id")
    assert title.text == "Contour de Ozanam & <Cie>, millésime 2024"
    assert drawing.get("viewBox") == "-8 -8 1016 1016"


@pytest.mark.parametrize("tiles", ["", "https://tuiles.exemple.org/{z}/{x}/{y}.png"])
def test_the_map_button_carries_all_that_the_map_needs(import_2024, settings, tiles):
    settings.MAP_TILES_URL, settings.MAP_TILES_CREDIT = tiles, "IGN" if tiles else ""
    import_2024(feature(name="Ozanam & <Cie>"))
    html = render('{% include "territories/_map_button.html" %}', territory=Territory.objects.get(code="QN01101I"))
    assert html_faults(html) == []
    assert 'data-outline-url="/territoires/QN01101I/contour.geojson"' in html
    assert 'data-neighbours-url="/territoires/departement-11/contours.geojson"' in html
    assert f'data-tiles-url="{tiles}"' in html
    assert "leaflet/leaflet.js" in html
    assert "Carte de Ozanam &amp; &lt;Cie&gt;" in html
    assert ("adresse IP" in html) is bool(tiles)
    assert re.search(r"<div[^>]*\bhidden\b", html), "there is no map without JavaScript"


def jagged(corners):
    """A star with many points: more than any drawing of 3 kB can hold."""
    angles = [index / corners * 6.2831853 for index in range(corners)]
    ring = [
        (2 + (0.02 + 0.004 * (index % 2)) * math.cos(angle), 43 + (0.02 + 0.004 * (index % 2)) * math.sin(angle))
        for index, angle in enumerate(angles)
    ]
    return shapely.MultiPolygon([shapely.Polygon(ring)])


def test_a_drawing_stays_small_and_inside_its_box():
    drawing = draw(jagged(5000))
    assert len(drawing.path) <= 3_000
    corners = outline_corners(drawing.path)
    assert min(x for x, _y in corners) >= 0
    assert max(x for x, _y in corners) <= 1000
    assert min(y for _x, y in corners) >= 0
    assert max(y for _x, y in corners) <= drawing.height


def outline_corners(path):
    corners = []
    for ring in path.split("z")[:-1]:
        start, steps = ring[1:].split("l")
        x, y = map(int, start.split())
        corners.append((x, y))
        numbers = list(map(int, re.findall(r"-?\d+", steps)))
        for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + step_x, y + step_y
            corners.append((x, y))
    return corners


def test_a_drawing_has_north_up_and_true_proportions():
    """A right triangle whose right angle is in the north-west; twice as wide as high, in metres, at 60° north."""
    triangle = shapely.MultiPolygon([shapely.Polygon([(2, 60), (2, 60.01), (2.04, 60.01)])])
    drawing = draw(triangle)
    assert drawing.height == pytest.approx(500, abs=3)
    assert set(outline_corners(drawing.path)) == {(0, drawing.height), (0, 0), (1000, 0)}


def test_a_narrow_shape_fits_the_box_by_its_height():
    drawing = draw(shapely.MultiPolygon([shapely.box(2, 43, 2.001, 43.1)]))
    assert drawing.height == 1000
    assert all(400 < x < 600 for x, _y in outline_corners(drawing.path))
