"""The drawing of links: organisations in one column, what they share in the other, a thread for each link.

Two columns rather than a cloud: names never cover each other, on a phone as on paper. Lengths are in `em` and in
parts of the width, so that letters keep their size.
"""

import textwrap

MOST_NODES = 60
LETTERS = 24
"""Of a line of a name."""
MOST_LINES = 3
LINE = 1.2
GAP = 0.9
"""Heights, in `em`."""
SWEEPS = 4


def drawing(links, *, most=MOST_NODES):
    """What `directory/_links_drawing.html` needs to draw ``links``, at most ``most`` names; None where there is none.

    Organisations are taken in the order of ``links`` until the drawing is full.
    """
    chosen = _first(links, most)
    if not chosen:
        return None
    # Here: networkx takes a tenth of a second to load, and the other pages do without.
    import networkx

    graph = networkx.Graph()
    for link in chosen:
        graph.add_edge(("organisation", link.organisation.pk), (link.gatherer.kind, link.gatherer.key), link=link)
    left, right = _columns(graph, networkx.connected_components(graph))
    names = {node: _lines(_named(graph, node)) for node in graph}
    places = _stacked(left, names)
    places |= _beside(right, names, graph, places)
    return {
        "height": _em(max(places[node] + _height(names[node]) / 2 for node in graph)),
        "organisations": [_node(node, names, places) for node in left],
        "gatherers": [_node(node, names, places) for node in right],
        "threads": [_thread(link, places) for *_ends, link in graph.edges(data="link")],
        "is_whole": len(chosen) == len(links),
    }


def _first(links, most):
    """Links whose two ends find their place among ``most`` nodes."""
    nodes, chosen = set(), []
    for link in links:
        ends = {("organisation", link.organisation.pk), (link.gatherer.kind, link.gatherer.key)}
        if len(nodes | ends) <= most:
            nodes |= ends
            chosen.append(link)
    return chosen


def _columns(graph, components):
    """Both columns from top to bottom: what hangs together stays together, with few crossings.

    Each node goes to the middle of its neighbours, one column after the other (the barycentre method).
    """
    left, right = [], []
    for component in sorted(components, key=lambda nodes: (-len(nodes), min(nodes))):
        ours = [node for node in graph if node in component and node[0] == "organisation"]
        theirs = [node for node in graph if node in component and node[0] != "organisation"]
        for _sweep in range(SWEEPS):
            theirs = _by_neighbours(graph, theirs, ours)
            ours = _by_neighbours(graph, ours, theirs)
        left += ours
        right += theirs
    return left, right


def _by_neighbours(graph, moved, still):
    rank = {node: place for place, node in enumerate(still)}
    return sorted(moved, key=lambda node: sum(rank[other] for other in graph[node]) / len(graph[node]))


def _named(graph, node):
    link = next(iter(graph[node].values()))["link"]
    return link.organisation.name if node[0] == "organisation" else link.gatherer.name


def _lines(name):
    return textwrap.wrap(name, LETTERS, max_lines=MOST_LINES, placeholder="…")


def _height(lines):
    return len(lines) * LINE + GAP


def _stacked(nodes, names):
    """The middle of each node, one under the other."""
    places, below = {}, 0.0
    for node in nodes:
        height = _height(names[node])
        places[node] = below + height / 2
        below += height
    return places


def _beside(nodes, names, graph, places):
    """The middle of each node, as near to its neighbours' as the node above lets it."""
    found, below = {}, 0.0
    for node in nodes:
        half = _height(names[node]) / 2
        wished = sum(places[other] for other in graph[node]) / len(graph[node])
        found[node] = max(wished, below + half)
        below = found[node] + half
    return found


def _em(length):
    return f"{length:.2f}em"


def _node(node, names, places):
    lines, middle = names[node], places[node]
    return {
        "kind": node[0],
        "lines": lines,
        "at": _em(middle),
        "words_at": _em(middle - (len(lines) - 1) * LINE / 2 + 0.35),
        "line": _em(LINE),
    }


def _thread(link, places):
    return {
        "kind": link.gatherer.kind,
        "is_promoter": "promoter" in link.ties,
        "from": _em(places["organisation", link.organisation.pk]),
        "to": _em(places[link.gatherer.kind, link.gatherer.key]),
    }
