"""What the back office's history calls the actions on organisations."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

VERBS = {
    "organisations.create": _("Organisation créée"),
    "organisations.change": _("Fiche modifiée"),
    "organisations.claim": _("Organisation reconnue par l’un de ses membres"),
    "organisations.confirm": _("Organisation confirmée"),
    "organisations.confirm_mandate": _("Mandat confirmé"),
    "organisations.add_member": _("Personne ajoutée"),
    "organisations.end_membership": _("Personne partie"),
}


@hooks.register("register_log_actions")
def register_verbs(actions):
    for verb, label in VERBS.items():
        actions.register_action(verb, label, label)
