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
    "charters.bring_changes": _("Changements du texte national amenés dans un projet"),
    "charters.decide_change": _("Changement du texte national décidé"),
    "charters.open_to_remarks": _("Texte ouvert aux remarques"),
    "charters.remark": _("Remarque faite"),
    "charters.answer_remark": _("Réponse à une remarque"),
    "charters.adopt": _("Adaptation adoptée"),
    "charters.enter_into_force": _("Adaptation entrée en vigueur"),
    "charters.sign": _("Signature confirmée"),
    "charters.renew": _("Signature renouvelée"),
    "charters.fall_asleep": _("Signature en sommeil"),
    "charters.lapse": _("Signature caduque"),
    "charters.propose_adaptation": _("Adaptation proposée"),
    "charters.join_adaptation": _("Adaptation rejointe"),
    "charters.review_adaptation": _("Point fait sur une adaptation"),
    "charters.rest_adaptation": _("Adaptation en sommeil"),
    "charters.wake_adaptation": _("Adaptation réveillée"),
    "charters.close_adaptation": _("Adaptation close"),
    "charters.gather": _("Signatures sur papier enregistrées"),
    "charters.help_sign": _("Signature saisie pour quelqu’un"),
    "charters.decide_borders": _("Changement de contour décidé"),
    "charters.merge": _("Organisations réunies"),
    "charters.withdraw": _("Signature retirée"),
    "charters.forget_signatory": _("Nom de la personne signataire effacé"),
}


@hooks.register("register_log_actions")
def register_verbs(actions):
    for verb, label in VERBS.items():
        actions.register_action(verb, label, label)
