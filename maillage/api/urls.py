from django.urls import include, path

from . import views
from .service import api

app_name = "api"

OF_THE_LIBRARY = {"api-root"}
"""Its own addresses, which answer nothing."""

RESOURCES = [pattern for pattern in api.urls[0] if getattr(pattern, "name", "") not in OF_THE_LIBRARY]

urlpatterns = [
    path("donnees/", views.open_data, name="open-data"),
    path("api/v1/openapi.json", views.openapi, name="openapi"),
    path("api/v1/", include(RESOURCES)),
]
