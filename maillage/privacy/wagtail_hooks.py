"""What the back office's history calls the actions of this app."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

VERBS = {
    "privacy.forget": _("Personne oubliée"),
    "privacy.leave": _("Organisation laissée sans personne pour la gérer"),
}


@hooks.register("register_log_actions")
def register_verbs(actions):
    for verb, label in VERBS.items():
        actions.register_action(verb, label, label)
