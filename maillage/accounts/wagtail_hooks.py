"""What the history of the back office calls the actions on accounts."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

VERBS = {"accounts.forget_second_factor": _("Second facteur oublié")}


@hooks.register("register_log_actions")
def register_verbs(actions):
    for verb, label in VERBS.items():
        actions.register_action(verb, label, label)
