from django.urls import path

from . import refreshing_views, views

app_name = "organisations"

urlpatterns = [
    path("trouver/", views.find, name="find"),
    path("nouvelle/", views.create, name="create"),
    path("<uuid:uuid>/representer/", views.claim, name="claim"),
    path("<uuid:uuid>/modifier/", views.edit, name="edit"),
    path("<uuid:uuid>/relire/", refreshing_views.refresh, name="refresh"),
    path("relire/<str:link>/", refreshing_views.refresh_by_link, name="refresh-by-link"),
    path("<uuid:uuid>/personnes/", views.members, name="members"),
    path("<uuid:uuid>/personnes/<int:pk>/retirer/", views.end_membership, name="end-membership"),
    path("<uuid:uuid>/transmettre/", views.hand_over, name="hand-over"),
    path("<uuid:uuid>/reprendre/", views.take_over, name="take-over"),
    path("<uuid:uuid>/mon-mandat/", views.my_mandate, name="my-mandate"),
    path("<uuid:uuid>/confirmer/", views.confirm, name="confirm"),
    path("<uuid:uuid>/mandats/<int:pk>/confirmer/", views.confirm_mandate, name="confirm-mandate"),
]
