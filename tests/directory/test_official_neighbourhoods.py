"""A page for each neighbourhood of the whole official file; skipped where the file is absent."""

import json

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from maillage.territories.actions import import_neighbourhoods
from maillage.territories.models import Territory

pytestmark = pytest.mark.django_db


def test_every_official_neighbourhood_has_its_page(client, official_data):
    file = official_data / "QP2024_France_Hexagonale_Outre_Mer_WGS84.geojson"
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    import_neighbourhoods(features, vintage=2024, source="ANCT, Licence Ouverte 2.0", at=timezone.now())
    slugs = list(Territory.objects.priority_neighbourhoods().values_list("slug", flat=True))
    assert len(slugs) == 1584

    for slug in slugs:
        response = client.get(reverse("directory:territory", args=[slug]))
        assert response.status_code == 200, slug
        assert b"2024" in response.content, f"{slug}: the vintage is not said"
        assert b"<path" in response.content, f"{slug}: no outline"

    found = client.get("/territoires/", {"q": "Toulouse", "departement": "31"}).content.decode()
    assert "Empalot" in found
    call_command("index_search")
    # The words that were typed are marked one by one: the address tells the place.
    assert "/territoires/qn07511m" in client.get("/recherche/", {"q": "goutte d'or"}).content.decode().lower()
