"""Measures that need the program itself: `python -m tools.bench.inside queries PATH… | documents | places`.

Prints one JSON object.
"""

import json
import os
import statistics
import sys
import time
from pathlib import Path

OFFICIAL = "QP2024_France_Hexagonale_Outre_Mer_WGS84.geojson"
POINTS = 2_200_000


def queries(*paths):
    """How many queries a visitor's page makes, drawn."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, found = Client(SERVER_NAME="localhost"), {}
    for path in paths:
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            # The connection of a request that ends is checked at the next one: that is no query of the page.
            client.get(path)
        found[path] = len(asked)
    return found


def documents():
    """Median milliseconds of the charter's PDF and of a sealed certificate, once warm."""
    from maillage.charters.documents import certificate_pdf, charter_pdf
    from maillage.charters.models import CharterVersion, Signature

    version = CharterVersion.objects.national().current().get()
    signature = Signature.objects.standing().select_related("version__adaptation", "organisation", "mandate").first()
    return {"charter": _median(charter_pdf, version, 20), "sealed": _median(certificate_pdf, signature, 5)}


def _median(work, argument, turns):
    work(argument)
    return statistics.median(_timed(work, argument) for _turn in range(turns)) * 1000


def _timed(work, *arguments):
    started = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - started


def places():
    """One point, and 2.2 million of them, among the official neighbourhoods, or as many drawn ones."""
    import numpy as np
    import shapely

    from maillage.territories.locate import OutlineIndex

    rows, source = _outlines()
    index, dice = OutlineIndex(rows), np.random.default_rng(4)
    # Where the outlines are: half of the points near one, the others anywhere in mainland France.
    near = index.layers[2024].shapes[dice.integers(0, len(rows), POINTS // 2)]
    centres = shapely.get_coordinates(shapely.centroid(near)) + dice.normal(0, 0.01, (POINTS // 2, 2))
    longitudes = np.concatenate([centres[:, 0], dice.uniform(-4.5, 8, POINTS - POINTS // 2)])
    latitudes = np.concatenate([centres[:, 1], dice.uniform(42.5, 51, POINTS - POINTS // 2)])
    pairs = list(zip(longitudes[:2000].tolist(), latitudes[:2000].tolist(), strict=True))
    one = [_timed(index.code_at, *pair) for pair in pairs]
    return {
        "outlines": len(rows),
        "source": source,
        "one": statistics.median(one) * 1000,
        "all": _timed(index.which, longitudes, latitudes),
    }


def _outlines():
    import shapely

    file = Path(os.environ.get("MAILLAGE_DATA") or Path(__file__).parents[3] / "shared" / "data") / OFFICIAL
    if file.exists():
        shapes = [shapely.from_geojson(json.dumps(f["geometry"])) for f in json.loads(file.read_text())["features"]]
        source = "official"
    else:
        shapes = [
            shapely.Point(-4 + (rank % 40) * 0.3, 43 + (rank // 40) * 0.19).buffer(0.006, quad_segs=38)
            for rank in range(1600)
        ]
        source = "drawn"
    rows = [
        {"pk": rank, "code": f"QN{rank:05}", "name": "", "vintage": 2024, "geometry": shapely.to_wkb(shape)}
        for rank, shape in enumerate(shapes)
    ]
    return rows, source


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    os.environ["PAGE_CACHE_SECONDS"] = "0"
    import django

    django.setup()
    what, *arguments = sys.argv[1:]
    print(json.dumps({"queries": queries, "documents": documents, "places": places}[what](*arguments)))


if __name__ == "__main__":
    main()
