"""Groups: who is in them, their meetings, what they do. Nothing here is public."""

from django.urls import path

from maillage.ui import converters  # noqa: F401  days in addresses

from .views import decisions, groups, meetings, members, minutes, points, polls

app_name = "groups"


DECISION = "<slug:slug>/decisions/<int:pk>/"
MEETING = "<slug:slug>/reunions/<isodate:date>/"

urlpatterns = [
    path("", groups.group_list, name="group-list"),
    path("nouveau/", groups.new_group, name="new"),
    path("<slug:slug>/", groups.group, name="group"),
    path("<slug:slug>/modifier/", groups.edit_group, name="edit"),
    path("<slug:slug>/clore/", groups.close_group, name="close"),
    path("<slug:slug>/rejoindre/", members.ask_to_join, name="ask-to-join"),
    path("<slug:slug>/demandes/<int:pk>/", members.settle_join_request, name="settle-join-request"),
    path("<slug:slug>/membres/", members.members, name="members"),
    path("<slug:slug>/membres/<int:pk>/", members.set_member, name="set-member"),
    path("<slug:slug>/membres/<int:pk>/retirer/", members.end_member, name="end-member"),
    path("<slug:slug>/sieges/", members.add_seat, name="add-seat"),
    path("<slug:slug>/sieges/<int:pk>/retirer/", members.end_seat, name="end-seat"),
    path("<slug:slug>/partenaires/", members.invite_partner, name="invite-partner"),
    path("<slug:slug>/partenaires/<int:pk>/retirer/", members.end_partner, name="end-partner"),
    path("<slug:slug>/actions/", points.points, name="points"),
    path("<slug:slug>/actions/<int:pk>/", points.close_point, name="close-point"),
    path("<slug:slug>/actions/<int:pk>/confier/", points.entrust_point, name="entrust-point"),
    path("<slug:slug>/actions/<int:pk>/reprendre/", points.reopen_point, name="reopen-point"),
    path("<slug:slug>/decisions/", decisions.decision_list, name="decisions"),
    path("<slug:slug>/decisions.csv", decisions.decision_csv, name="decisions-csv"),
    path("<slug:slug>/decisions/proposer/", decisions.propose, name="propose"),
    path("<slug:slug>/decisions/noter/", decisions.note, name="note-decision"),
    path(DECISION, decisions.decision, name="decision"),
    path(f"{DECISION}parole/", decisions.speak, name="speak"),
    path(f"{DECISION}accord/", decisions.agree, name="agree"),
    path(f"{DECISION}delai/", decisions.more_time, name="more-time"),
    path(f"{DECISION}parole/<int:statement>/retirer/", decisions.withdraw, name="withdraw-statement"),
    path(f"{DECISION}parole/<int:statement>/", decisions.settle, name="settle-statement"),
    path(f"{DECISION}etape/", decisions.move_on, name="move-on"),
    path(f"{DECISION}voter/", decisions.vote, name="vote"),
    path(f"{DECISION}decider/", decisions.close, name="decide"),
    path(f"{DECISION}partager/", decisions.share, name="share-decision"),
    path("<slug:slug>/sondages/nouveau/", polls.new_poll, name="new-poll"),
    path("<slug:slug>/sondages/<int:pk>/", polls.poll, name="poll"),
    path("<slug:slug>/sondages/<int:pk>/choisir/", polls.choose_date, name="choose-date"),
    path("<slug:slug>/reunions/", meetings.meeting_list, name="meetings"),
    path("<slug:slug>/reunions/nouvelle/", meetings.plan_meeting, name="plan-meeting"),
    path(MEETING, meetings.meeting, name="meeting"),
    path(f"{MEETING}modifier/", meetings.edit_meeting, name="edit-meeting"),
    path(f"{MEETING}ordre-du-jour/", meetings.agenda, name="agenda"),
    path(f"{MEETING}ordre-du-jour/<int:pk>/deplacer/", meetings.move_item, name="move-item"),
    path(f"{MEETING}ordre-du-jour/<int:pk>/retirer/", meetings.remove_item, name="remove-item"),
    path(f"{MEETING}inviter/", meetings.invite, name="invite"),
    path(f"{MEETING}reponse/", meetings.answer, name="answer"),
    path(f"{MEETING}annuler/", meetings.cancel, name="cancel-meeting"),
    path(f"{MEETING}partager/", meetings.share, name="share-meeting"),
    path(f"{MEETING}reunion.ics", meetings.invitation_file, name="invitation-file"),
    path(f"{MEETING}presence.pdf", meetings.presence_sheet, name="presence-sheet"),
    path(f"{MEETING}compte-rendu.pdf", meetings.minutes_file, name="minutes-file"),
    path(f"{MEETING}compte-rendu/", minutes.minutes, name="minutes"),
    path(f"{MEETING}compte-rendu/points/", minutes.add_item, name="add-item"),
    path(f"{MEETING}compte-rendu/<int:pk>/", minutes.save_notes, name="save-notes"),
    path(f"{MEETING}compte-rendu/<int:pk>/actions/", minutes.add_point, name="add-point"),
    path(f"{MEETING}presence/", minutes.tick, name="tick"),
    path(f"{MEETING}tenue/", minutes.hold, name="hold"),
    path(f"{MEETING}relecture/", minutes.read, name="read-minutes"),
    path(f"{MEETING}relecture/<int:pk>/", minutes.settle, name="settle"),
    path(f"{MEETING}valider/", minutes.validate, name="validate"),
]
