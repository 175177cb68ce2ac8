from django.urls import path

from . import views

app_name = "ui"

urlpatterns = [
    path("ui/<slug:digest>.css", views.stylesheet, name="stylesheet"),
    path("composants/", views.gallery, name="gallery"),
    path("favicon.svg", views.favicon, name="favicon"),
    path("favicon.ico", views.favicon_ico, name="favicon-ico"),
    path("application.webmanifest", views.manifest, name="manifest"),
    path("gestion/login/", views.back_office_door, name="back-office-door"),
    path("robots.txt", views.robots, name="robots"),
]
