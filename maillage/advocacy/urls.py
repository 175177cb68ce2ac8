"""The advocacy: read by everybody; echoed by associations, carried by coordinations."""

from django.urls import path

from .views import reading, writing

app_name = "advocacy"

PROPOSAL, APPEAL = "proposition/<int:number>/", "lettre/<uuid:uuid>/"

urlpatterns = [
    path("", reading.advocacy, name="advocacy"),
    path("ce-qui-change/", reading.changes, name="changes"),
    path("ce-qui-change.atom", reading.changes_feed, name="changes-feed"),
    path(PROPOSAL, reading.proposal, name="proposal"),
    path(f"{PROPOSAL}entrer/", writing.enter, name="enter"),
    path(f"{PROPOSAL}echo/", writing.echo, name="echo"),
    path(f"{PROPOSAL}etat/", writing.note_state, name="note-state"),
    path(f"{PROPOSAL}lettre/", writing.write_appeal, name="write-appeal"),
    path("echo/<uuid:uuid>/retirer/", writing.withdraw_echo, name="withdraw-echo"),
    path(APPEAL, writing.appeal, name="appeal"),
    path(f"{APPEAL}lettre.pdf", writing.appeal_file, name="appeal-file"),
    path(f"{APPEAL}reprendre/", writing.change_appeal, name="change-appeal"),
    path(f"{APPEAL}partie/", writing.send_appeal, name="send-appeal"),
    path(f"{APPEAL}reponse/", writing.note_reply, name="note-reply"),
]
