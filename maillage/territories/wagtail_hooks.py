"""What the back office's history calls what an import did to a neighbourhood."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

VERBS = {
    "territories.end": _("Quartier absent du dernier fichier officiel"),
    "territories.revive": _("Quartier revenu dans le fichier officiel"),
}


@hooks.register("register_log_actions")
def register_verbs(actions):
    for verb, label in VERBS.items():
        actions.register_action(verb, label, label)
