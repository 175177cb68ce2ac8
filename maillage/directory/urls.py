from django.urls import path

from . import views

app_name = "directory"

urlpatterns = [
    path("territoires/", views.neighbourhood_list, name="neighbourhood-list"),
    path("territoires/<slug:code>/", views.territory, name="territory"),
    path("annuaire/", views.organisation_list, name="organisation-list"),
    path("annuaire/<slug:slug>/", views.organisation, name="organisation"),
    path("recherche/", views.search, name="search"),
]
