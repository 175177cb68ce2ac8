from django.urls import path

from . import border_views, coordination_views, network_views, views

app_name = "dashboard"

urlpatterns = [
    path("", views.my_space, name="my-space"),
    path("premiers-pas/", views.first_steps, name="first-steps"),
    path("coordination/", coordination_views.desk, name="coordination"),
    path("coordination/contact/<str:token>/", coordination_views.say_contacted, name="say-contacted"),
    path("coordination/retirer/<int:pk>/", coordination_views.withdraw_succession, name="withdraw-succession"),
    path("coordination/accepter/<str:token>/", coordination_views.accept_succession, name="accept-succession"),
    path("coordination/passation/<slug:slug>/", coordination_views.hand_over, name="hand-over"),
    path("contours/", border_views.borders, name="borders"),
    path("contours/<slug:slug>/", border_views.decide_borders, name="decide-borders"),
    path("reseaux/<slug:slug>/", network_views.network, name="network"),
    path("reseaux/<slug:slug>/membres.csv", network_views.network_csv, name="network-csv"),
    path("reseaux/<slug:slug>/liste/", network_views.bring_list, name="bring-list"),
    path("reseaux/<slug:slug>/liste/<int:pk>/", network_views.member_list, name="member-list"),
    path("reseaux/<slug:slug>/liste/<int:pk>/lignes.csv", network_views.member_list_csv, name="member-list-csv"),
    path("reseaux/<slug:slug>/liste/<int:pk>/defaire/", network_views.undo_list, name="undo-list"),
]
