"""Residents' voices. What stands before `<slug>` is no neighbourhood's short name."""

from django.urls import path

from .views import collective, mediators, needs, residents

app_name = "participation"

VOICE, NEED = "parole/<uuid:uuid>/", "besoin/<uuid:uuid>/"

urlpatterns = [
    path("", residents.places, name="places"),
    path("affiche.pdf", residents.poster, name="poster"),
    path("suivre/", residents.follow, name="follow"),
    path("suivre/reprendre/", residents.take_back, name="take-back"),
    path("son/<uuid:uuid>/", residents.sound, name="sound"),
    path("noter/", mediators.note, name="note"),
    path("noter/programme.js", mediators.worker, name="worker"),
    path("collectif/", collective.places, name="collectives"),
    path(f"{VOICE}relire/", collective.look, name="look"),
    path(f"{VOICE}ecarter/", collective.set_aside, name="set-aside"),
    path(f"{VOICE}sortir/", collective.ungroup, name="ungroup"),
    path(f"{VOICE}redire/", needs.tell, name="tell"),
    path(NEED, needs.need, name="need"),
    path(f"{NEED}prendre/", needs.take_up, name="take-up"),
    path(f"{NEED}rendre/", needs.let_go, name="let-go"),
    path(f"{NEED}repondre/", needs.answer, name="answer"),
    path(f"{NEED}clore/", needs.close, name="close"),
    path(f"{NEED}rouvrir/", needs.reopen, name="reopen"),
    path(f"{NEED}montrer/", needs.show, name="show"),
    path(f"{NEED}cacher/", needs.hide, name="hide"),
    path(f"{NEED}corriger/", needs.reword, name="reword"),
    path("<slug:slug>/", residents.voices, name="voices"),
    path("<slug:slug>/dire/", residents.speak, name="speak"),
    path("<slug:slug>/reponses.pdf", residents.answers, name="answers"),
    path("<slug:slug>/collectif/", collective.collective, name="collective"),
    path("<slug:slug>/regrouper/", collective.group, name="group"),
    path("<slug:slug>/mediation/", collective.mediators, name="mediators"),
    path("<slug:slug>/mediation/<int:pk>/arreter/", collective.end_mediation, name="end-mediation"),
]
