"""What the back office's history calls the actions on look backs."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

VERBS = {
    "evaluation.open": _("Bilan ouvert"),
    "evaluation.close": _("Bilan clos"),
    "evaluation.count_paper": _("Feuilles comptées"),
    "evaluation.add_step": _("Suite d’un bilan ajoutée"),
    "evaluation.remove_step": _("Suite d’un bilan retirée"),
    "evaluation.adopt_steps": _("Suites d’un bilan adoptées"),
    "evaluation.share": _("Synthèse partagée avec les partenaires publics"),
    "evaluation.publish": _("Synthèse publiée"),
    "evaluation.unshare": _("Synthèse qui n’est plus montrée"),
    "evaluation.finish": _("Retour terminé"),
    "evaluation.note": _("Engagement suivi"),
}


@hooks.register("register_log_actions")
def register_verbs(actions):
    for verb, label in VERBS.items():
        actions.register_action(verb, label, label)
