"""The coverage board as a table to take away, and as points and borders for its map."""

from maillage.charters.exports import csv_lines
from maillage.territories.geojson import LICENCE, border

from .coverage import State, name_communes

START = ("code", "nom", "communes", "millesime", "quartiers", "avec_signataire", "organisations_signataires")
COLUMNS = {
    State.NONE: "sans_signataire",
    State.SIGNED: "signataires_sans_adaptation",
    State.WRITTEN: "adaptation_en_ecriture",
    State.ADOPTED: "adaptation_adoptee",
    State.IN_FORCE: "adaptation_en_vigueur",
    State.TO_REVIEW: "adaptation_a_revoir",
    State.DORMANT: "adaptation_en_sommeil",
}


def coverage_csv(board, *, network=""):
    """Lines of the CSV: the rows of the table, then what they were read for: the network and the day.

    A neighbourhood has 1 under its state, so that every level has the same columns.
    """
    rows = name_communes(board.rows) if board.is_of_neighbourhoods else board.rows
    header = (*START, *(COLUMNS[state] for state in board.states), "reseau", "date")
    return csv_lines(header, (_cells(row, board, network) for row in rows))


def _cells(row, board, network):
    return (
        row.code,
        row.name,
        row.communes,
        row.vintage or "",
        row.neighbourhoods,
        row.with_signatory,
        row.signatories,
        *(row.number(state) for state in board.states),
        network,
        board.on.isoformat(),
    )


def coverage_features(board, *, address):
    """The neighbourhoods of ``board`` as GeoJSON: borders for a département, else the point in their middle.

    ``address``: function from a slug to the page of the neighbourhood. One that has no place on a map is left out.
    """
    found = board.neighbourhoods.order_by("code")
    if board.is_of_neighbourhoods:
        found = found.filter(outline__isnull=False).select_related("outline")
        shapes = ((territory, border(territory.outline)) for territory in found)
    else:
        found = found.filter(longitude__isnull=False, latitude__isnull=False)
        found = found.only("code", "slug", "name", "vintage", "longitude", "latitude")
        shapes = ((territory, _point(territory)) for territory in found)
    features = [_feature(board, territory, shape, address) for territory, shape in shapes]
    return {"type": "FeatureCollection", "licence": LICENCE, "date": board.on.isoformat(), "features": features}


def _point(territory):
    return {"type": "Point", "coordinates": [round(territory.longitude, 4), round(territory.latitude, 4)]}


def _feature(board, territory, shape, address):
    state = board.state_of(territory.pk)
    return {
        "type": "Feature",
        "id": territory.code,
        "properties": {
            "nom": territory.name,
            "millesime": territory.vintage,
            "etat": state.value,
            "signataires": board.signed.get(territory.pk, (None, 0))[1],
            "adresse": address(territory.slug),
        },
        "geometry": shape,
    }
