"""The look backs of a territory: opening, following, closing, saying what changes, showing."""

import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.charters.models import CharterVersion
from maillage.organisations.audiences import reader_of
from maillage.territories.models import Territory
from maillage.ui.forms import add_refusal
from maillage.ui.gestures import did, made_by
from maillage.ui.pagination import BoundedPaginator
from maillage.ui.pdf import pdf_response

from .. import actions, documents
from ..forms import AdoptForm, OpenForm, PaperForm, StepForm, number_name
from ..models import Campaign, LookBack
from ..models.campaigns import MINIMUM
from ..permissions import can_coordinate, can_read_regions
from ..queries import who_answered

SHOWN = {
    "share": (actions.share_synthesis, gettext_lazy("La synthèse est partagée avec les partenaires publics d’ici.")),
    "publish": (actions.publish_synthesis, gettext_lazy("La synthèse est publiée.")),
    "stop": (actions.stop_showing, gettext_lazy("La synthèse n’est plus montrée hors des associations.")),
}


def campaign_or_404(request, uuid):
    rows = Campaign.objects.visible_to(request.user).select_related("territory", "version__adaptation")
    return get_object_or_404(rows, uuid=uuid)


def coordinated_or_403(request, uuid):
    found = campaign_or_404(request, uuid)
    if not can_coordinate(request.user, found):
        raise PermissionDenied
    return found


@login_required
@require_safe
def campaign_list(request):
    rows = Campaign.objects.visible_to(request.user).select_related("territory")
    today = timezone.localdate()
    mine = (
        LookBack.objects.filter(
            organisation_id__in=reader_of(request.user).association_ids,
            campaign__in=Campaign.objects.running(today).values("pk"),
        )
        .select_related("organisation", "campaign__territory")
        .order_by("campaign__closes_on", "pk")
    )
    reader = reader_of(request.user)
    context = {
        "page": BoundedPaginator(rows, 30).get_page(request.GET.get("page")),
        "mine": mine,
        "may_open": bool(reader.coordinated_territory_ids or reader.is_editor),
        "may_read_regions": can_read_regions(request.user),
        "has_commitments": bool(reader.association_ids),
    }
    return render(request, "evaluation/campaign_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def open_new(request):
    reader, today = reader_of(request.user), timezone.localdate()
    if not (reader.coordinated_territory_ids or reader.is_editor):
        raise PermissionDenied
    here = Territory.objects.filter(pk__in=reader.coordinated_territory_ids)
    texts = CharterVersion.objects.visible_to(request.user).current().select_related("adaptation")
    if not reader.is_editor:
        texts = texts.filter(Q(adaptation=None) | Q(adaptation__territories__in=here)).distinct()
    form = OpenForm(
        request.POST or None,
        territories=here,
        versions=texts,
        is_national=reader.is_editor,
        initial={"opens_on": today, "closes_on": today + datetime.timedelta(days=21), "territory": here.first()},
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        made = made_by(request, form, actions.open_campaign, year=values["closes_on"].year, **values)
        if made:
            messages.success(request, gettext("Le bilan est ouvert ; les signataires sont invités le jour venu."))
            return redirect(made)
    return render(request, "evaluation/open.html", {"form": form})


@require_safe
def campaign(request, uuid):
    """For whoever is inside; outside, what is shown is the synthesis."""
    found = campaign_or_404(request, uuid)
    if not Campaign.objects.inside(request.user).filter(pk=found.pk).exists():
        return redirect("evaluation:synthesis", uuid=found.uuid)
    coordinates = can_coordinate(request.user, found)
    mine = found.look_backs.filter(organisation_id__in=reader_of(request.user).association_ids)
    context = {
        "campaign": found,
        "today": timezone.localdate(),
        "is_open": found.is_open(timezone.localdate()),
        "coordinates": coordinates,
        "mine": mine.select_related("organisation").order_by("organisation__name"),
        "steps": found.next_steps.all(),
        "minimum": MINIMUM,
    }
    if coordinates:
        rows = who_answered(found)
        context |= {"rows": rows, "answered": sum(1 for _who, finished, _shared in rows if finished)}
    return render(request, "evaluation/campaign.html", context)


@login_required
@require_POST
def close(request, uuid):
    found = coordinated_or_403(request, uuid)
    did(request, actions.close_campaign, found, said=gettext("Le bilan est clos."))
    return redirect(found)


@login_required
@require_POST
def show(request, uuid):
    found = coordinated_or_403(request, uuid)
    action, done = SHOWN.get(request.POST.get("how"), SHOWN["stop"])
    did(request, action, found, said=done)
    return redirect(found)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request, uuid):
    found = coordinated_or_403(request, uuid)
    kept = {number_name(row.audience, row.question, row.answer): row.number for row in found.paper_counts.all()}
    form = PaperForm(request.POST or None, initial=kept)
    if (
        request.method == "POST"
        and form.is_valid()
        and made_by(request, form, actions.count_paper, found, numbers=form.numbers)
    ):
        messages.success(request, gettext("Les feuilles sont comptées."))
        return redirect(found)
    return render(request, "evaluation/paper.html", {"campaign": found, "form": form})


@login_required
@require_safe
def paper_pdf(request, uuid):
    found = coordinated_or_403(request, uuid)
    return pdf_response(documents.paper_form_pdf(found), f"feuille-bilan-{found.year}.pdf")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def steps(request, uuid):
    found = coordinated_or_403(request, uuid)
    form = StepForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and made_by(request, form, actions.add_step, found, **form.cleaned_data)
    ):
        messages.success(request, gettext("La suite est notée."))
        return redirect("evaluation:steps", uuid=found.uuid)
    return _steps(request, found, form, AdoptForm(initial={"adopted_on": timezone.localdate()}))


def _steps(request, found, form, adopting):
    context = {"campaign": found, "form": form, "adopting": adopting, "steps": found.next_steps.all()}
    return render(request, "evaluation/steps.html", context)


@login_required
@require_POST
def adopt(request, uuid):
    found = coordinated_or_403(request, uuid)
    adopting = AdoptForm(request.POST)
    if adopting.is_valid():
        try:
            actions.adopt_steps(found, actor=request.user, at=timezone.now(), **adopting.cleaned_data)
        except ValidationError as refusal:
            add_refusal(adopting, refusal)
        else:
            messages.success(request, gettext("Les suites sont adoptées."))
            return redirect(found)
    return _steps(request, found, StepForm(), adopting)


@login_required
@require_POST
def remove(request, uuid, pk):
    found = coordinated_or_403(request, uuid)
    step = get_object_or_404(found.next_steps.select_related("campaign"), pk=pk)
    did(request, actions.remove_step, step, said=gettext("La suite est retirée."))
    return redirect("evaluation:steps", uuid=found.uuid)
