from django.urls import path

from . import views

app_name = "privacy"

urlpatterns = [
    path("", views.my_data, name="my-data"),
    path("<uuid:uuid>/export.zip", views.export, name="export"),
    path("effacer/", views.forget, name="forget"),
    path("efface/", views.forgotten, name="forgotten"),
    path("organisations/<uuid:uuid>/export.zip", views.export_organisation, name="export-organisation"),
]
