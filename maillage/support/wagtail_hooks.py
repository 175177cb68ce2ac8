"""What the back office's history calls the actions on the directory of support."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

VERBS = {
    "support.write": _("Appui noté"),
    "support.check": _("Appui vérifié"),
    "support.end": _("Appui qui n’existe plus"),
    "support.report": _("Appui signalé"),
    "support.write_scheme": _("Dispositif corrigé"),
}


@hooks.register("register_log_actions")
def register_verbs(actions):
    for verb, label in VERBS.items():
        actions.register_action(verb, label, label)
