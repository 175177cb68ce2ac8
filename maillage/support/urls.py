"""Support near here: read by everybody, kept by coordination and editors."""

from django.urls import path

from . import views

app_name = "support"

SUPPORT = "<uuid:uuid>/"

urlpatterns = [
    path("", views.near, name="near"),
    path("aides.csv", views.near_csv, name="near-csv"),
    path("ajouter/", views.add, name="add"),
    path("a-verifier/", views.to_check, name="to-check"),
    path("dispositifs/<slug:slug>/", views.change_scheme, name="change-scheme"),
    path(SUPPORT, views.support, name="support"),
    path(f"{SUPPORT}modifier/", views.change, name="change"),
    path(f"{SUPPORT}verifie/", views.check, name="check"),
    path(f"{SUPPORT}finir/", views.end, name="end"),
    path(f"{SUPPORT}signaler/", views.report, name="report"),
]
