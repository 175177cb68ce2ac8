from django.urls import path

from . import (
    coverage_views,
    network_views,
    organisation_views,
    partner_views,
    territory_views,
    views,
    writing_views,
)

app_name = "directory"


def _coverage(start, name):
    """The board of one kind of place: the page, its table to take away, its map."""
    return [
        path(start, coverage_views.coverage, name=name),
        path(f"{start}couverture.csv", coverage_views.coverage_csv, name=f"{name}-csv"),
        path(f"{start}couverture.geojson", coverage_views.coverage_map, name=f"{name}-map"),
    ]


urlpatterns = [
    path("territoires/", views.neighbourhood_list, name="neighbourhood-list"),
    # Before the page of a territory, whose code could be any word.
    *_coverage("territoires/couverture/", "coverage"),
    *_coverage("territoires/couverture/<slug:region>/", "coverage-region"),
    *_coverage("territoires/couverture/departement/<slug:departement>/", "coverage-departement"),
    path("territoires/<slug:code>/", territory_views.territory, name="territory"),
    path("territoires/<slug:code>/quartiers.geojson", territory_views.territory_map, name="territory-map"),
    path("territoires/<slug:code>/liens/", territory_views.links, name="links"),
    path("annuaire/", organisation_views.organisation_list, name="organisation-list"),
    path("annuaire/annuaire.csv", organisation_views.organisation_csv, name="organisation-list-csv"),
    path("annuaire/annuaire.geojson", organisation_views.organisation_map, name="organisation-list-map"),
    # Before the page of an organisation, whose slug could be any word.
    path("annuaire/reseaux/", network_views.network_list, name="network-list"),
    path("annuaire/reseaux/<slug:slug>/", network_views.network, name="network"),
    path("annuaire/<slug:slug>/", views.organisation, name="organisation"),
    path("annuaire/<slug:slug>/partenaires/", partner_views.partners, name="partners"),
    path("annuaire/<slug:slug>/ecrire/", writing_views.write, name="write"),
]
