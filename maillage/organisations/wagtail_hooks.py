"""The networks, in the back office; and what its history calls the actions on organisations."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet

from .models import Network

VERBS = {
    "organisations.create": _("Organisation créée"),
    "organisations.change": _("Fiche modifiée"),
    "organisations.refresh": _("Fiche relue"),
    "organisations.claim": _("Organisation reconnue par l’un de ses membres"),
    "organisations.confirm": _("Organisation confirmée"),
    "organisations.confirm_mandate": _("Mandat confirmé"),
    "organisations.add_member": _("Personne ajoutée"),
    "organisations.end_membership": _("Personne partie"),
    "organisations.renew_mandate": _("Mandat déclaré de nouveau"),
    "organisations.take_over": _("Gestion reprise"),
    "organisations.hand_over": _("Gestion transmise"),
    "organisations.archive": _("Organisation archivée"),
    "organisations.say_distinct": _("Organisations dites différentes"),
    "organisations.appoint_to_network": _("Réseau confié"),
    "organisations.confirm_member_list": _("Liste de membres confirmée"),
    "organisations.undo_member_list": _("Liste de membres défaite"),
    "organisations.appoint": _("Coordination confiée"),
}


@hooks.register("register_log_actions")
def register_verbs(actions):
    for verb, label in VERBS.items():
        actions.register_action(verb, label, label)


class NetworkViewSet(ModelViewSet):
    """Federations and their branches: a short list, kept by the operator."""

    model = Network
    name = "networks"
    menu_label = _("Réseaux")
    icon = "group"
    add_to_settings_menu = True
    form_fields = ["name", "slug", "kind", "parent"]
    list_display = ["name", "kind", "parent"]
    search_fields = ["name"]
    search_backend_name = None


@hooks.register("register_admin_viewset")
def register_networks():
    return NetworkViewSet()
