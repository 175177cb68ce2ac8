"""What the back office's history calls the actions on the watch."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

VERBS = {
    "watch.keep": _("Lien gardé"),
    "watch.drop": _("Lien retiré"),
    "watch.bring": _("Fichier de liens apporté"),
    "watch.undo": _("Fichier de liens défait"),
}


@hooks.register("register_log_actions")
def register_verbs(actions):
    for verb, label in VERBS.items():
        actions.register_action(verb, label, label)
