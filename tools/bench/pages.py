"""What a page weighs, asks and costs: drawn, and kept."""

import json
import re
from bisect import bisect_right
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from .server import fetch, run, served

FLOOR = "/robots.txt"
"""A view that reads nothing and draws nothing: what a request costs before it does anything."""
PAGES = {
    "home": "/",
    "charter": "/charte/",
    "signing, step 1": "/charte/signer/",
    "signatories": "/charte/signataires/",
    "adaptations": "/charte/adaptations/",
    "neighbourhoods": "/territoires/",
    "a neighbourhood": r"/territoires/ href=\"(/territoires/(?!couverture/)[\w-]+/)\"",
    "coverage board": "/territoires/couverture/",
    "directory": "/annuaire/",
    "an organisation": r"/annuaire/ href=\"(/annuaire/[\w-]+/)\"",
}
"""A second word is a pattern: the first link of the list that leads there."""

# EcoIndex, quantiles of the HTTP Archive as its authors publish them (elements, requests, kilobytes).
QUANTILES = {
    "elements": [0, 47, 75, 159, 233, 298, 358, 417, 476, 537, 603, 674, 753, 843, 949, 1076, 1237, 1459, 1801, 2479],
    "requests": [0, 2, 15, 25, 34, 42, 49, 56, 63, 70, 78, 86, 95, 105, 117, 130, 147, 170, 205, 281],
    "kilobytes": [
        *(0, 1.37, 144.7, 319.53, 479.46, 631.97, 783.38, 937.91, 1098.62, 1265.47, 1448.32),
        *(1648.27, 1876.08, 2142.06, 2465.37, 2866.31, 3401.59, 4155.73, 5400.08, 8037.54),
    ],
}
WEIGHTS = {"elements": 3, "requests": 2, "kilobytes": 1}


class Page(HTMLParser):
    """Counts elements, an SVG drawing as one, and gathers what the page asks for."""

    def __init__(self):
        super().__init__()
        self.elements, self.assets, self.drawing = 0, set(), 0

    def handle_starttag(self, tag, attributes):
        self.elements += not self.drawing
        self.drawing += tag == "svg"
        found = dict(attributes)
        if tag in {"script", "img"} and found.get("src") and found.get("loading") != "lazy":
            self.assets.add(found["src"])
        if tag == "link" and found.get("rel") in {"stylesheet", "icon", "modulepreload"}:
            self.assets.add(found["href"])

    def handle_endtag(self, tag):
        self.drawing -= tag == "svg"


def ecoindex(**measures):
    score = 0.0
    for name, value in measures.items():
        marks = [*QUANTILES[name], float("inf")]
        rank = bisect_right(marks, value) - 1
        width = marks[rank + 1] - marks[rank]
        score += WEIGHTS[name] * (rank + (value - marks[rank]) / width)
    return 100 - 5 * score / sum(WEIGHTS.values())


def measure(figures, environment, requests):
    with served({**environment, "PAGE_CACHE_SECONDS": "0"}) as server:
        figures.add("empty view: processor", server.processor_a_request(FLOOR, requests), "ms")
        paths = {name: _path(server.address, place) for name, place in PAGES.items()}
        queries = json.loads(run(environment, "-m", "tools.bench.inside", "queries", *paths.values()))
        for name, path in paths.items():
            _weigh(figures, name, server.address + path)
            figures.add(f"{name}: queries", queries[path], "", most=10)
            figures.add(f"{name}: processor, drawn", server.processor_a_request(path, requests), "ms", most=10)
    with served({**environment, "PAGE_CACHE_SECONDS": "600"}) as server:
        figures.add("empty view, pages kept: processor", server.processor_a_request(FLOOR, 3 * requests), "ms")
        for name, path in paths.items():
            figures.add(f"{name}: processor, kept", server.processor_a_request(path, 3 * requests), "ms", most=1)


def _path(address, place):
    path, _space, pattern = place.partition(" ")
    return re.search(pattern, fetch(address + path)[1].decode())[1] if pattern else path


def _weigh(figures, name, address):
    wire, body = fetch(address)
    page = Page()
    page.feed(body.decode())
    ours = {urljoin(address, asset) for asset in page.assets if not asset.startswith("data:")}
    if {urlsplit(asset).netloc for asset in ours} - {urlsplit(address).netloc}:
        raise SystemExit(f"{address} asks another host")
    kilobytes = (len(wire) + sum(len(fetch(asset)[0]) for asset in ours)) / 1024
    score = ecoindex(elements=page.elements, requests=1 + len(ours), kilobytes=kilobytes)
    figures.add(f"{name}: first visit, compressed", kilobytes, "kB", most=40)
    figures.add(f"{name}: requests", 1 + len(ours), "", most=8)
    figures.add(f"{name}: elements", page.elements, "", most=400)
    figures.add(f"{name}: EcoIndex", score, "", least=85)
