from django.urls import include, path

from . import coverage_views, views

app_name = "directory"


def _coverage(name):
    """The board of one kind of place: the page, its table to take away, its map."""
    return [
        path("", coverage_views.coverage, name=name),
        path("couverture.csv", coverage_views.coverage_csv, name=f"{name}-csv"),
        path("couverture.geojson", coverage_views.coverage_map, name=f"{name}-map"),
    ]


urlpatterns = [
    path("territoires/", views.neighbourhood_list, name="neighbourhood-list"),
    # Before the page of a territory, whose code could be any word.
    path("territoires/couverture/", include(_coverage("coverage"))),
    path("territoires/couverture/<slug:region>/", include(_coverage("coverage-region"))),
    path("territoires/couverture/departement/<slug:departement>/", include(_coverage("coverage-departement"))),
    path("territoires/<slug:code>/", views.territory, name="territory"),
    path("annuaire/", views.organisation_list, name="organisation-list"),
    path("annuaire/<slug:slug>/", views.organisation, name="organisation"),
    path("recherche/", views.search, name="search"),
]
