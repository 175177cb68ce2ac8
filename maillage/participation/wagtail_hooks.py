"""What the back office's history calls the actions on residents' voices."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

VERBS = {
    "participation.note_voice": _("Parole notée"),
    "participation.share_voice": _("Parole partagée avec le collectif"),
    "participation.set_aside": _("Parole écartée"),
    "participation.tell_in_own_language": _("Réponse redite dans la langue de la personne"),
    "participation.group_voices": _("Paroles regroupées en un besoin"),
    "participation.ungroup_voice": _("Parole sortie d’un besoin"),
    "participation.reword_need": _("Besoin corrigé"),
    "participation.take_up": _("Besoin pris en charge"),
    "participation.let_go": _("Besoin rendu"),
    "participation.answer_need": _("Besoin répondu"),
    "participation.close_need": _("Réponse redite, besoin clos"),
    "participation.reopen_need": _("Besoin rouvert"),
    "participation.show_need": _("Besoin montré à tout le monde"),
    "participation.hide_need": _("Besoin qui n’est plus montré"),
    "participation.appoint_mediator": _("Personne nommée à l’écoute"),
    "participation.end_mediation": _("Écoute arrêtée"),
}


@hooks.register("register_log_actions")
def register_verbs(actions):
    for verb, label in VERBS.items():
        actions.register_action(verb, label, label)
