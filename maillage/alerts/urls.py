"""Alerts: between an association and one person."""

from django.urls import path

from . import views

app_name = "alerts"

ALERT = "<uuid:uuid>/"

urlpatterns = [
    path("", views.alert_list, name="alert-list"),
    path("nouvelle/", views.send, name="send"),
    path("synthese/", views.synthesis, name="synthesis"),
    path(ALERT, views.alert, name="alert"),
    path(f"{ALERT}lue/", views.acknowledge, name="acknowledge"),
    path(f"{ALERT}ecrire/", views.write, name="write"),
    path(f"{ALERT}clore/", views.close, name="close"),
    path(f"{ALERT}confier/", views.choose_another, name="choose-another"),
]
