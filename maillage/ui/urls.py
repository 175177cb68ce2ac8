from django.urls import path

from . import views

app_name = "ui"

urlpatterns = [
    path("ui/<slug:digest>.css", views.stylesheet, name="stylesheet"),
    path("composants/", views.gallery, name="gallery"),
    path("robots.txt", views.robots, name="robots"),
]
