"""The shared calendar: public without account; what associations tell each other behind the wall."""

from django.urls import path

from maillage.ui import converters  # noqa: F401  days in addresses

from .views import editing, feeds, following, reading

app_name = "events"

EVENT = "evenements/<uuid:uuid>/"

urlpatterns = [
    path("", reading.calendar, name="calendar"),
    path("nouveau/", editing.announce, name="announce"),
    path("abonnements/", following.followed, name="followed"),
    path("abonnements/cle/", following.give_key, name="give-key"),
    path("abonnements/cle/retirer/", following.withdraw_key, name="withdraw-key"),
    path("abonnements/suivre/", following.follow, name="follow"),
    path("abonnements/<uuid:uuid>/relire/", following.read_again, name="read-again"),
    path("abonnements/<uuid:uuid>/arreter/", following.stop, name="stop"),
    path("cle/<str:token>.ics", feeds.own, name="own-feed"),
    path("cle/<str:token>/<slug:slug>.ics", feeds.of_group, name="group-feed"),
    path(EVENT, reading.event, name="event"),
    path("evenements/<uuid:uuid>.ics", feeds.event_file, name="event-file"),
    path(f"{EVENT}modifier/", editing.change, name="change"),
    path(f"{EVENT}annuler/", editing.cancel, name="cancel"),
    path(f"{EVENT}reprendre/", editing.resume, name="resume"),
    path(f"{EVENT}retirer/", editing.remove, name="remove"),
    path(f"{EVENT}avec/", editing.name_organiser, name="name-organiser"),
    path(f"{EVENT}avec/<slug:slug>/retirer/", editing.leave, name="leave"),
    path(f"{EVENT}dates/<isodate:day>/", editing.change_date, name="change-date"),
    path(f"{EVENT}dates/<isodate:day>/retablir/", editing.restore_date, name="restore-date"),
    path("<slug:slug>.ics", feeds.of_territory, name="territory-feed"),
    path("<slug:slug>/affiche.pdf", reading.poster, name="poster"),
    path("<slug:slug>/", reading.month, name="month"),
]
