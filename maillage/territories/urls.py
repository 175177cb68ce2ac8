from django.urls import path

from . import views

app_name = "territories"

urlpatterns = [
    path("<slug:slug>/contour.geojson", views.outline, name="outline"),
    path("<slug:slug>/contours.geojson", views.outlines, name="outlines"),
]
