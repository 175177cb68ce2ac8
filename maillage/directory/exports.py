"""The coverage board as a table to take away, and as points and borders for its map."""

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

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


ORGANISATION = (
    "nom sigle nature statut rna siren siret code_commune commune territoires themes ce_que_nous_faisons pour_qui"
    " langues quand_venir adresse acces emploi reseaux site signataire cherche_partenaires confirmee relue_le fiche"
).split()


def organisations_csv(found, *, signatories, address):
    """Lines of the CSV of the directory: what each publishes of itself, in the order of the list.

    ``signatories``: the ids of those that stand by a text; ``address``: function from a path to its whole address.
    """
    return csv_lines(ORGANISATION, (_organisation(one, one.pk in signatories, address) for one in found))


def _organisation(one, is_signatory, address):
    return (
        one.name,
        one.acronym,
        one.get_kind_display(),
        one.get_legal_regime_display(),
        one.rna,
        one.siren,
        one.siret,
        one.seat.code if one.seat else "",
        one.seat.name if one.seat else "",
        " ".join(sorted(territory.code for territory in one.territories.all())),
        ", ".join(str(theme) for theme in one.themes.all()),
        one.purpose,
        one.publics,
        one.languages,
        one.opening_hours,
        one.address,
        one.accessibility,
        one.get_employer_display(),
        ", ".join(sorted(membership.network.name for membership in one.network_memberships.all())),
        one.website,
        "oui" if is_signatory else "non",
        "oui" if one.seeks_partners else "non",
        "oui" if one.is_confirmed else "non",
        timezone.localdate(one.refreshed_at).isoformat() if one.refreshed_at else "",
        address(one.get_absolute_url()),
    )


class Crowd(TextChoices):
    """How many organisations act in a place, on the map."""

    ONE = "one", _("Une organisation")
    FEW = "few", _("De 2 à 9 organisations")
    MANY = "many", _("10 organisations ou plus")

    @property
    def shape(self):
        return {Crowd.ONE: "ring", Crowd.FEW: "dot", Crowd.MANY: "diamond"}[self]

    @classmethod
    def of(cls, number):
        return cls.ONE if number == 1 else cls.FEW if number < 10 else cls.MANY


def organisation_features(places, *, address):
    """Where organisations act, as GeoJSON points: (territory, number) of `searching.places_of`.

    ``address``: function from a territory to the list of those that act there.
    """
    features = [
        {
            "type": "Feature",
            "id": territory.code,
            "properties": {
                "nom": territory.name,
                "etat": Crowd.of(number).value,
                "nombre": number,
                "adresse": address(territory),
            },
            "geometry": _point(territory),
        }
        for territory, number in places
    ]
    return {"type": "FeatureCollection", "features": features}


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
