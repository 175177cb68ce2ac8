"""What the back office's history calls the actions on the letters of territories."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

VERBS = {
    "newsletter.compose": _("Lettre du territoire composée"),
    "newsletter.send": _("Lettre du territoire envoyée"),
}


@hooks.register("register_log_actions")
def register_verbs(actions):
    for verb, label in VERBS.items():
        actions.register_action(verb, label, label)
