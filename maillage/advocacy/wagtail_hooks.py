"""What the back office's history calls the actions of the advocacy."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

VERBS = {
    "advocacy.enter": _("Proposition entrée"),
    "advocacy.echo": _("Écho publié"),
    "advocacy.withdraw_echo": _("Écho retiré"),
    "advocacy.note_state": _("État d’une proposition noté"),
    "advocacy.write_appeal": _("Lettre écrite"),
    "advocacy.send_appeal": _("Lettre partie"),
    "advocacy.note_reply": _("Réponse notée"),
}


@hooks.register("register_log_actions")
def register_verbs(actions):
    for verb, label in VERBS.items():
        actions.register_action(verb, label, label)
