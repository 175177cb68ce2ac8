"""The letter of a territory: asked for without account, read by everybody once sent."""

from django.urls import path

from . import views

app_name = "newsletter"

urlpatterns = [
    path("", views.ask, name="ask"),
    path("confirmer/<str:link>/", views.confirm, name="confirm"),
    path("composer/", views.compose, name="compose"),
    path("<slug:slug>/", views.letter, name="letter"),
    path("<slug:slug>/modifier/", views.change, name="change"),
    path("<slug:slug>/essai/", views.try_out, name="try-out"),
    path("<slug:slug>/envoyer/", views.send, name="send"),
]
