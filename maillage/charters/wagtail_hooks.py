"""What the back office's history calls the actions on the charter."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

VERBS = {
    "charters.draft": _("Projet de version commencé"),
    "charters.change": _("Article modifié"),
    "charters.import": _("Texte importé d’un fichier"),
    "charters.publish": _("Version publiée"),
    "charters.open_adaptation": _("Adaptation ouverte"),
    "charters.revise_adaptation": _("Révision d’une adaptation commencée"),
    "charters.open_to_remarks": _("Texte ouvert aux remarques"),
    "charters.remark": _("Remarque faite"),
    "charters.answer_remark": _("Réponse à une remarque"),
    "charters.adopt": _("Adaptation adoptée"),
    "charters.enter_into_force": _("Adaptation entrée en vigueur"),
    "charters.sign": _("Signature confirmée"),
    "charters.withdraw": _("Signature retirée"),
}


@hooks.register("register_log_actions")
def register_verbs(actions):
    for verb, label in VERBS.items():
        actions.register_action(verb, label, label)
