"""What the back office's history calls what is done with a text opened to a group."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

VERBS = {
    "drafting.open": _("Texte ouvert à un groupe"),
    "drafting.change": _("Jour de fermeture d’un texte changé"),
    "drafting.close": _("Texte fermé au groupe"),
    "drafting.comment": _("Commentaire d’un texte"),
    "drafting.resolve": _("Conversation réglée"),
    "drafting.propose": _("Amendement proposé"),
    "drafting.stance": _("Avis donné sur un amendement"),
    "drafting.withdraw": _("Amendement retiré"),
    "drafting.accept": _("Amendement accepté"),
    "drafting.merge": _("Amendement accepté avec d’autres mots"),
    "drafting.refuse": _("Amendement refusé"),
}


@hooks.register("register_log_actions")
def register_verbs(actions):
    for verb, label in VERBS.items():
        actions.register_action(verb, label, label)
