"""What the back office's history calls the actions on what is lent and sought."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

VERBS = {
    "resources.offer": _("Ressource proposée"),
    "resources.change": _("Ressource modifiée"),
    "resources.withdraw": _("Ressource retirée"),
    "resources.add_photo": _("Photo d’une ressource ajoutée"),
    "resources.remove_photo": _("Photo d’une ressource retirée"),
    "resources.change_hours": _("Créneaux d’une ressource changés"),
    "resources.renew_calendar": _("Adresse du calendrier d’une ressource changée"),
    "resources.ask_loan": _("Prêt demandé"),
    "resources.accept_loan": _("Prêt accepté"),
    "resources.refuse_loan": _("Prêt refusé"),
    "resources.cancel_loan": _("Prêt annulé"),
    "resources.hand_out": _("Prêt remis"),
    "resources.take_back": _("Prêt rendu"),
    "resources.note_incident": _("Incident noté sur un prêt"),
    "resources.close_loan": _("Prêt clos"),
    "resources.say_need": _("Besoin dit"),
    "resources.answer_need": _("Réponse à un besoin"),
    "resources.close_need": _("Besoin clos"),
    "resources.open_ledger": _("Carnet d’heures ouvert"),
    "resources.stop_ledger": _("Carnet d’heures arrêté"),
    "resources.note_hours": _("Heures notées"),
    "resources.cancel_hours": _("Heures annulées"),
}


@hooks.register("register_log_actions")
def register_verbs(actions):
    for verb, label in VERBS.items():
        actions.register_action(verb, label, label)
