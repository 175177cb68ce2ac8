"""What the back office's history calls the actions on agreements."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

VERBS = {
    "agreements.start": _("Convention commencée"),
    "agreements.change": _("Convention modifiée"),
    "agreements.name_party": _("Partie nommée dans une convention"),
    "agreements.remove_party": _("Partie retirée d’une convention"),
    "agreements.open_review": _("Convention donnée à relire"),
    "agreements.approve": _("Convention approuvée"),
    "agreements.settle": _("Texte d’une convention arrêté"),
    "agreements.ask_change": _("Changement demandé dans une convention"),
    "agreements.settle_change": _("Réponse à une demande de changement"),
    "agreements.take_back": _("Texte d’une convention repris"),
    "agreements.drop": _("Convention abandonnée"),
    "agreements.sign": _("Convention signée"),
    "agreements.bind": _("Convention signée par toutes les parties"),
    "agreements.end": _("Fin d’une convention"),
    "agreements.show": _("Convention montrée à la coordination, ou plus"),
    "agreements.note_payment": _("Versement noté"),
}


@hooks.register("register_log_actions")
def register_verbs(actions):
    for verb, label in VERBS.items():
        actions.register_action(verb, label, label)
