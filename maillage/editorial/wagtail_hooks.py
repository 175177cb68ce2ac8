"""The back office: what its history calls our actions, choosing an organisation or a territory, publishing a case."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from maillage.territories.folding import fold

from .models import CaseStudy

VERBS = {
    "editorial.ask_assents": _("Accords demandés sur une pratique"),
    "editorial.agree": _("Accord donné sur une pratique"),
    "editorial.refuse": _("Accord refusé sur une pratique"),
    "editorial.withdraw": _("Accord retiré d’une pratique"),
    "editorial.publish": _("Pratique publiée, tous d’accord"),
    "editorial.tell": _("Récit proposé à la rédaction"),
    "editorial.copy": _("Pratique reprise en coopération"),
    "editorial.appoint": _("Éditrice ou éditeur nommé"),
    "editorial.end_editor": _("Fin d’un rôle d’édition"),
    "editorial.settle_comment": _("Commentaire relu"),
}


for _signal, _model, _uid in (
    (task_submitted, TaskState, "group_approval_task_submitted_email_notification"),
    (workflow_submitted, WorkflowState, "workflow_state_submitted_email_notification"),
    (workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification"),
    (workflow_approved, WorkflowState, "workflow_state_approved_email_notification"),
):
    # Wagtail would write to people past the outbox, without saying why: what waits is told in my space.
    _signal.disconnect(sender=_model, dispatch_uid=_uid)


@hooks.register("register_log_actions")
def register_verbs(actions):
    for verb, label in VERBS.items():
        actions.register_action(verb, label, label)


@hooks.register("before_publish_page")
def wait_for_assents(request, page):
    """The words are saved; they are published once everybody named agrees. `may_be_published` hides the button; here
    the words have changed in the very form that publishes.
    """
    if isinstance(page, CaseStudy) and not page.may_be_published:
        said = gettext("C’est enregistré, sans être publié : il manque l’accord d’une organisation.")
        messages.error(request, said)
        return redirect(reverse("editorial:assents", args=[page.slug]))
    return None


class NameFilterForm(BaseFilterForm):
    """Looks for a name, whatever its accents."""

    q = forms.CharField(label=_("Nom"), required=False, max_length=80)

    def filter(self, objects):
        objects = super().filter(objects)
        asked = self.cleaned_data.get("q", "")
        if asked:
            self.is_searching, self.search_query = True, asked
            for word in fold(asked).split()[:6]:
                objects = objects.filter(search_name__contains=word)
        return objects


class OfTheReader:
    """Lists what the person who chooses may see."""

    filter_form_class = NameFilterForm

    def get_object_list(self):
        found = super().get_object_list()
        return found.visible_to(self.request.user) if hasattr(found, "visible_to") else found


class Choose(OfTheReader, chooser.ChooseView):
    pass


class ChooseResults(OfTheReader, chooser.ChooseResultsView):
    pass


class OrganisationChooser(ChooserViewSet):
    model = "organisations.Organisation"
    icon = "group"
    choose_one_text = _("Choisir une organisation")
    choose_another_text = _("En choisir une autre")
    edit_item_text = _("Modifier")
    choose_view_class = Choose
    choose_results_view_class = ChooseResults


class TerritoryChooser(ChooserViewSet):
    model = "territories.Territory"
    icon = "site"
    choose_one_text = _("Choisir un territoire")
    choose_another_text = _("En choisir un autre")
    edit_item_text = _("Modifier")
    choose_view_class = Choose
    choose_results_view_class = ChooseResults


@hooks.register("register_admin_viewset")
def organisations_to_choose():
    return OrganisationChooser("choisir-organisation", url_prefix="choisir-organisation")


@hooks.register("register_admin_viewset")
def territories_to_choose():
    return TerritoryChooser("choisir-territoire", url_prefix="choisir-territoire")
