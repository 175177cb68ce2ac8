"""What the history calls the actions on first steps and on successions."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

VERBS = {
    "digest.contacted": _("Signataire contacté par la coordination"),
    "digest.propose_succession": _("Coordination proposée à quelqu’un"),
    "digest.withdraw_succession": _("Proposition de coordination retirée"),
    "digest.accept_succession": _("Coordination transmise"),
}


@hooks.register("register_log_actions")
def register_verbs(actions):
    for verb, label in VERBS.items():
        actions.register_action(verb, label, label)
