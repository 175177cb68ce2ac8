"""What the back office's history calls the actions of groups."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

VERBS = {
    "groups.create": _("Groupe ouvert"),
    "groups.edit": _("Groupe modifié"),
    "groups.close": _("Groupe clos"),
    "groups.add_member": _("Membre d’un groupe ajouté"),
    "groups.set_member": _("Rôle d’un membre d’un groupe changé"),
    "groups.end_member": _("Membre d’un groupe parti"),
    "groups.ask_to_join": _("Demande à rejoindre un groupe"),
    "groups.decline": _("Demande à rejoindre un groupe refusée"),
    "groups.add_seat": _("Siège d’habitant·e réservé"),
    "groups.end_seat": _("Siège d’habitant·e libéré"),
    "groups.invite_partner": _("Partenaire public invité dans un groupe"),
    "groups.end_partner": _("Partenaire public retiré d’un groupe"),
    "groups.plan_meeting": _("Réunion prévue"),
    "groups.edit_meeting": _("Réunion modifiée"),
    "groups.send_invitations": _("Convocation envoyée"),
    "groups.cancel_meeting": _("Réunion annulée"),
    "groups.change_agenda": _("Ordre du jour changé"),
    "groups.hold_meeting": _("Réunion tenue"),
    "groups.read_minutes": _("Compte rendu relu"),
    "groups.correct_minutes": _("Compte rendu changé pendant sa relecture"),
    "groups.settle_correction": _("Correction d’un compte rendu réglée"),
    "groups.validate_minutes": _("Compte rendu validé"),
    "groups.share_meeting": _("Compte rendu partagé avec les partenaires invités"),
    "groups.unshare_meeting": _("Compte rendu qui n’est plus partagé"),
    "groups.add_point": _("Action notée"),
    "groups.entrust_point": _("Action confiée"),
    "groups.close_point": _("Action close"),
    "groups.reopen_point": _("Action reprise"),
    "groups.open_decision": _("Proposition soumise au groupe"),
    "groups.speak": _("Prise de parole sur une proposition"),
    "groups.settle_statement": _("Réponse à une prise de parole"),
    "groups.withdraw_statement": _("Prise de parole retirée"),
    "groups.move_on": _("Proposition passée à l’étape suivante"),
    "groups.give_more_time": _("Dernier jour d’une proposition repoussé"),
    "groups.decide": _("Décision prise"),
    "groups.note_decision": _("Décision notée"),
    "groups.share_decision": _("Décision partagée avec les partenaires invités"),
    "groups.unshare_decision": _("Décision qui n’est plus partagée"),
    "groups.open_poll": _("Sondage de dates ouvert"),
    "groups.close_poll": _("Sondage de dates clos"),
}


@hooks.register("register_log_actions")
def register_verbs(actions):
    for verb, label in VERBS.items():
        actions.register_action(verb, label, label)
