"""What the back office's history calls the actions of cooperations."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

VERBS = {
    "cooperations.propose": _("Coopération proposée"),
    "cooperations.edit": _("Coopération modifiée"),
    "cooperations.move_stage": _("Coopération passée à une autre étape"),
    "cooperations.publish": _("Coopération publiée"),
    "cooperations.unpublish": _("Coopération qui n’est plus publiée"),
    "cooperations.invite": _("Partenaire invité"),
    "cooperations.ask": _("Demande à participer à une coopération"),
    "cooperations.accept": _("Partenaire accepté"),
    "cooperations.decline": _("Participation déclinée"),
    "cooperations.leave": _("Partenaire parti"),
    "cooperations.pass_lead": _("Tête de la coopération confiée"),
    "cooperations.contribute": _("Apport changé"),
    "cooperations.plan": _("Calendrier d’une coopération changé"),
    "cooperations.write": _("Page du journal écrite"),
    "cooperations.share": _("Page du journal partagée avec les partenaires publics"),
    "cooperations.unshare": _("Page du journal qui n’est plus partagée"),
    "cooperations.learn": _("Frein ou levier noté"),
    "cooperations.open_review": _("Regard sur une coopération ouvert"),
    "cooperations.answer_review": _("Réponse à un regard"),
    "cooperations.close_review": _("Regard sur une coopération clos"),
    "cooperations.prepare_story": _("Récit d’une coopération préparé"),
    "cooperations.edit_story": _("Récit d’une coopération modifié"),
}


@hooks.register("register_log_actions")
def register_verbs(actions):
    for verb, label in VERBS.items():
        actions.register_action(verb, label, label)
