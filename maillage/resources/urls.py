"""What is lent and sought. The list is for everybody, with what owners show; loans and needs are behind the wall."""

from django.urls import path

from .views import hours, loans, manage, needs, resources

app_name = "resources"

LOAN = "prets/<uuid:uuid>/"
NEED = "besoins/<uuid:uuid>/"

urlpatterns = [
    path("", resources.resource_list, name="resource-list"),
    path("proposer/", manage.offer, name="offer"),
    path("besoins/", needs.need_list, name="need-list"),
    path("besoins/nouveau/", needs.new_need, name="new-need"),
    path(NEED, needs.need, name="need"),
    path(f"{NEED}clore/", needs.close_need, name="close-need"),
    path("prets/", loans.loan_list, name="loan-list"),
    path(LOAN, loans.loan, name="loan"),
    path(f"{LOAN}accepter/", loans.accept, name="accept"),
    path(f"{LOAN}refuser/", loans.refuse, name="refuse"),
    path(f"{LOAN}annuler/", loans.cancel, name="cancel"),
    path(f"{LOAN}remettre/", loans.hand_out, name="hand-out"),
    path(f"{LOAN}rendre/", loans.take_back, name="take-back"),
    path(f"{LOAN}incident/", loans.note_incident, name="incident"),
    path(f"{LOAN}clore/", loans.close, name="close-loan"),
    path(f"{LOAN}fiche.pdf", loans.sheet, name="loan-sheet"),
    path("heures/<slug:slug>/", hours.ledger, name="ledger"),
    path("heures/<slug:slug>/ouvrir/", hours.switch_on, name="open-ledger"),
    path("heures/<slug:slug>/arreter/", hours.switch_off, name="stop-ledger"),
    path("heures/<slug:slug>/<int:pk>/annuler/", hours.cancel, name="cancel-hours"),
    path("<uuid:uuid>/", resources.resource, name="resource"),
    path("<uuid:uuid>/demander/", loans.ask, name="ask"),
    path("<uuid:uuid>/modifier/", manage.change, name="change"),
    path("<uuid:uuid>/gerer/", manage.manage, name="manage"),
    path("<uuid:uuid>/retirer/", manage.withdraw, name="withdraw"),
    path("<uuid:uuid>/photos/", manage.add_photo, name="add-photo"),
    path("<uuid:uuid>/photos/<uuid:photo>.jpg", resources.photo, name="photo"),
    path("<uuid:uuid>/photos/<uuid:photo>/retirer/", manage.remove_photo, name="remove-photo"),
    path("<uuid:uuid>/creneaux/", manage.add_slot, name="add-slot"),
    path("<uuid:uuid>/creneaux/<int:pk>/retirer/", manage.remove_slot, name="remove-slot"),
    path("<uuid:uuid>/calendrier/", manage.renew_calendar, name="renew-calendar"),
    path("<uuid:uuid>/<str:token>.ics", resources.calendar, name="calendar"),
]
