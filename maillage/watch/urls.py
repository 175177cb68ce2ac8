"""The watch: annotated links, read by everybody once public."""

from django.urls import path

from . import views

app_name = "watch"

LINK = "<uuid:uuid>/"

urlpatterns = [
    path("", views.links, name="links"),
    path("flux.atom", views.links_feed, name="links-feed"),
    path("veille.html", views.take_away, name="take-away"),
    path("ajouter/", views.add, name="add"),
    path("apporter/", views.bring, name="bring"),
    path("apporter/<uuid:uuid>/defaire/", views.undo, name="undo"),
    path(LINK, views.link, name="link"),
    path(f"{LINK}modifier/", views.change, name="change"),
    path(f"{LINK}retirer/", views.drop, name="drop"),
]
