"""What the back office's history calls the actions on the shared calendar."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

VERBS = {
    "events.announce": _("Évènement annoncé"),
    "events.change": _("Évènement modifié"),
    "events.cancel": _("Évènement annulé"),
    "events.resume": _("Évènement rétabli"),
    "events.remove": _("Évènement retiré"),
    "events.change_date": _("Date d’un évènement changée"),
    "events.restore_date": _("Date d’un évènement rétablie"),
    "events.name_organiser": _("Organisateur nommé"),
    "events.leave": _("Organisateur retiré"),
    "events.follow_calendar": _("Calendrier suivi"),
    "events.stop_calendar": _("Calendrier plus suivi"),
    "events.give_key": _("Adresse privée d’agenda donnée"),
    "events.withdraw_key": _("Adresse privée d’agenda retirée"),
}


@hooks.register("register_log_actions")
def register_verbs(actions):
    for verb, label in VERBS.items():
        actions.register_action(verb, label, label)
