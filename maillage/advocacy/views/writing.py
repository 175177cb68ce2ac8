"""Entering a proposal, echoing it, saying where it stands; letters and replies."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.cooperations.models import Cooperation, Partner
from maillage.organisations.audiences import reader_of
from maillage.organisations.queries import associations_of
from maillage.territories.models import Territory
from maillage.ui.gestures import did, made_by
from maillage.ui.pdf import pdf_response

from .. import actions, permissions, queries
from ..documents import appeal_pdf
from ..forms import AppealForm, EchoForm, PlaceForm, ProposalForm, ReplyForm, SendForm, StateForm
from ..models import Appeal, Echo
from .reading import echo_or_404, proposal_or_404


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request, number):
    found = proposal_or_404(request, number)
    if not permissions.can_enter(request.user):
        raise PermissionDenied(gettext("C’est à l’édition nationale d’entrer les propositions, depuis le plaidoyer."))
    initial = {
        **{name: getattr(found, name) for name in ("text", "source_page", "addressees")},
        "stake": found.stake and found.stake.number,
    }
    form = ProposalForm(request.POST or None, initial=initial)
    is_ready = request.method == "POST" and form.is_valid()
    if is_ready and made_by(request, form, actions.enter_proposal, found, **form.cleaned_data):
        messages.success(request, gettext("La proposition est entrée, avec sa page."))
        return redirect(found)
    return render(request, "advocacy/enter.html", {"proposal": found, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def echo(request, number):
    """Say one's own case; a second time, correct it."""
    found = proposal_or_404(request, number)
    organisations = associations_of(request.user)
    if not organisations:
        raise PermissionDenied(gettext("Il faut représenter une association confirmée pour faire écho."))
    partners = Partner.objects.accepted().filter(organisation__in=organisations).values("cooperation")
    cooperations = Cooperation.objects.visible_to(request.user).filter(pk__in=partners)
    said = Echo.objects.standing().filter(proposal=found, organisation__in=organisations).first()
    initial = {"organisation": said.organisation.slug} if said else {}
    if said and said.cooperation:
        initial["cooperation"] = said.cooperation.slug
    form = EchoForm(
        request.POST or None, instance=said, initial=initial, organisations=organisations, cooperations=cooperations
    )
    is_ready = request.method == "POST" and form.is_valid()
    if is_ready and made_by(request, form, actions.say_echo, found, **form.cleaned_data):
        messages.success(request, gettext("Votre écho est publié."))
        return redirect(found)
    return render(request, "advocacy/echo.html", {"proposal": found, "form": form, "said": said})


@login_required
@require_POST
def withdraw_echo(request, uuid):
    found = echo_or_404(request, uuid)
    did(request, actions.withdraw_echo, found, said=gettext("Votre écho ne paraît plus."))
    return redirect(found.proposal)


def _territories(user, *, everywhere):
    """Where this person may say where a proposal stands, or write."""
    if everywhere and permissions.can_enter(user):
        return Territory.objects.filter(kind__in=[Territory.Kind.REGION, Territory.Kind.DEPARTEMENT])
    return Territory.objects.filter(pk__in=reader_of(user).coordinated_territory_ids)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def note_state(request, number):
    found = proposal_or_404(request, number)
    territories = _territories(request.user, everywhere=True)
    if not territories:
        raise PermissionDenied(gettext("C’est à la coordination d’un territoire de dire où en est une proposition."))
    form = StateForm(request.POST or None, territories=territories.order_by("search_name"))
    is_ready = request.method == "POST" and form.is_valid()
    if is_ready and made_by(request, form, actions.note_state, found, **form.cleaned_data):
        messages.success(request, gettext("C’est noté, avec sa source."))
        return redirect(found)
    return render(request, "advocacy/note_state.html", {"proposal": found, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write_appeal(request, number):
    """`?territoire=` on which territory; the letter is drafted from its echoes, then edited."""
    found = proposal_or_404(request, number)
    territories = _territories(request.user, everywhere=False)
    if not territories:
        raise PermissionDenied(gettext("C’est à la coordination d’un territoire d’écrire en son nom."))
    choice = PlaceForm(request.GET, territories=territories)
    if "territoire" in request.GET and not choice.is_valid():
        raise Http404
    territory = choice.cleaned_data["territoire"] if choice.is_valid() else territories.order_by("search_name")[0]
    echoes = queries.echoes_to_cite(request.user, found, territory)
    initial = {"text": queries.letter_from(found, territory, echoes), "echoes": [one.pk for one in echoes]}
    form = AppealForm(request.POST or None, initial=initial, echoes=echoes)
    if request.method == "POST" and form.is_valid():
        appeal = made_by(request, form, actions.write_appeal, found, territory=territory, **form.cleaned_data)
        if appeal:
            messages.success(request, gettext("La lettre est gardée. Relisez-la à plusieurs."))
            return redirect(appeal)
    context = {"proposal": found, "form": form, "territory": territory, "territories": territories}
    return render(request, "advocacy/write_appeal.html", context)


def appeal_or_404(request, uuid):
    found = Appeal.objects.visible_to(request.user).select_related("proposal", "territory")
    return get_object_or_404(found, uuid=uuid)


@require_safe
def appeal(request, uuid):
    return _shown(request, appeal_or_404(request, uuid))


def _shown(request, found, **refused):
    user = request.user
    can_edit = permissions.can_edit(user, found)
    replies_here = found.sent_on and permissions.can_note_on(user, found.territory)
    context = {
        "appeal": found,
        "echoes": found.echoes.select_related("organisation"),
        "replies": found.replies.all(),
        "can_edit": can_edit,
        "send_form": SendForm(auto_id="envoyer-%s") if can_edit else None,
        "reply_form": ReplyForm(auto_id="repondre-%s") if replies_here else None,
        **refused,
    }
    return render(request, "advocacy/appeal.html", context, status=422 if refused else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_appeal(request, uuid):
    found = appeal_or_404(request, uuid)
    if not permissions.can_edit(request.user, found):
        raise PermissionDenied(gettext("Une lettre partie ne change plus ; avant, c’est à la coordination."))
    echoes = queries.echoes_to_cite(request.user, found.proposal, found.territory)
    initial = {"echoes": list(found.echoes.values_list("pk", flat=True))}
    form = AppealForm(request.POST or None, instance=found, initial=initial, echoes=echoes)
    told = {"territory": found.territory, "appeal": found}
    is_ready = request.method == "POST" and form.is_valid()
    if is_ready and made_by(request, form, actions.write_appeal, found.proposal, **told, **form.cleaned_data):
        messages.success(request, gettext("La lettre est gardée."))
        return redirect(found)
    context = {"proposal": found.proposal, "form": form, "territory": found.territory, "territories": []}
    return render(request, "advocacy/write_appeal.html", context)


@login_required
@require_POST
def send_appeal(request, uuid):
    found = appeal_or_404(request, uuid)
    form = SendForm(request.POST)
    if form.is_valid() and made_by(request, form, actions.send_appeal, found, **form.cleaned_data):
        messages.success(request, gettext("C’est noté : tout le monde peut lire cette lettre."))
        return redirect(found)
    return _shown(request, found, send_form=form)


@login_required
@require_POST
def note_reply(request, uuid):
    found = appeal_or_404(request, uuid)
    form = ReplyForm(request.POST)
    if form.is_valid() and made_by(request, form, actions.note_reply, found, **form.cleaned_data):
        messages.success(request, gettext("La réponse est notée ; les associations citées sont prévenues."))
        return redirect(found)
    return _shown(request, found, reply_form=form)


@require_safe
def appeal_file(request, uuid):
    found = appeal_or_404(request, uuid)
    return pdf_response(appeal_pdf(found), f"lettre-{found.territory.slug}-{found.proposal.number}.pdf")
