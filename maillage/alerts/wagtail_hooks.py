"""What the back office's history calls the actions on alerts: neither who is in difficulty nor how."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

VERBS = {
    "alerts.send": _("Alerte envoyée"),
    "alerts.acknowledge": _("Alerte lue"),
    "alerts.choose_another": _("Alerte confiée à une autre personne"),
    "alerts.write": _("Message sur une alerte"),
    "alerts.close": _("Alerte close"),
}


@hooks.register("register_log_actions")
def register_verbs(actions):
    for verb, label in VERBS.items():
        actions.register_action(verb, label, label)
