"""Taking away what was done together: one's own, read through the wall."""

import json

import pytest

from tests.security.scene import build_scene

from .test_export import mine, theirs, unzip

pytestmark = pytest.mark.django_db


def test_an_association_takes_away_what_it_does_with_others(request, sign_in):
    scene = build_scene(request)
    files = unzip(theirs(sign_in(scene["amina"]), scene["entraide"]))

    def values(name, key):
        return [row[key] for row in json.loads(files[name]) if key in row]

    assert scene["group"].name in values("groupes.json", "groupe")
    assert "Réserver la salle" in values("actions.json", "a_faire")
    assert "Trop cher." in values("prises-de-parole.json", "mots")
    assert scene["cooperation"].title in values("cooperations.json", "cooperation")
    assert "Ici." in values("journaux-de-cooperation.json", "mots")
    assert {"La salle", "Le minibus"} <= set(values("prets.json", "prete"))
    assert values("engagements.json", "annee")
    assert "À signer" in values("conventions.json", "titre")
    assert "Le repas entre nous" in values("agenda.json", "titre")


def test_a_person_takes_away_what_they_said_and_not_what_others_did(request, sign_in):
    scene = build_scene(request)
    files = unzip(mine(sign_in(scene["amina"]), scene["amina"]))
    assert "Trop cher." in files["prises-de-parole.json"]
    others = unzip(mine(sign_in(scene["bruno"]), scene["bruno"]))
    assert "Trop cher." not in "".join(text for text in others.values() if isinstance(text, str))


def test_a_public_partner_takes_nothing_from_behind_the_wall(request, sign_in):
    scene = build_scene(request)
    scene["fatou"].memberships.update(role="manager")
    fatou = type(scene["fatou"]).objects.get(pk=scene["fatou"].pk)
    files = unzip(theirs(sign_in(fatou), scene["prefecture"]))
    for hidden in ("Le repas entre nous", "Trop cher.", "Réserver la salle", "Ici.", "La salle"):
        assert hidden not in "".join(text for text in files.values() if isinstance(text, str))
