"""What look backs say together: of a territory, of a région."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.territories.models import Territory
from maillage.ui.pdf import pdf_response

from .. import documents
from ..models import Campaign, NextStep
from ..models.campaigns import MINIMUM
from ..permissions import can_read_regions
from ..synthesis import regional_synthesis, synthesis_of, years_of
from .campaigns import campaign_or_404


def _steps(request, found):
    return NextStep.objects.visible_to(request.user).filter(campaign=found)


@require_safe
def synthesis(request, uuid):
    found = campaign_or_404(request, uuid)
    context = {
        "campaign": found,
        "synthesis": synthesis_of(found),
        "steps": _steps(request, found),
        "minimum": MINIMUM,
        "inside": Campaign.objects.inside(request.user).filter(pk=found.pk).exists(),
    }
    return render(request, "evaluation/synthesis.html", context)


@require_safe
def synthesis_as_pdf(request, uuid):
    found = campaign_or_404(request, uuid)
    counted = synthesis_of(found)
    if counted is None:
        raise Http404
    content = documents.synthesis_pdf(found, counted, _steps(request, found))
    return pdf_response(content, f"bilan-{found.year}.pdf")


@login_required
@require_safe
def regions(request):
    if not can_read_regions(request.user):
        raise PermissionDenied
    return render(
        request,
        "evaluation/regions.html",
        {"regions": Territory.objects.filter(kind=Territory.Kind.REGION).order_by("name")},
    )


@login_required
@require_safe
def region(request, slug):
    if not can_read_regions(request.user):
        raise PermissionDenied
    place = get_object_or_404(Territory, kind=Territory.Kind.REGION, slug=slug)
    years = years_of(place)
    asked = request.GET.get("annee", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and int(asked[:6]) in years else years[0]
    context = {
        "place": place,
        "year": year,
        "years": years,
        "found": regional_synthesis(place, year, today=timezone.localdate()),
        "minimum": MINIMUM,
    }
    return render(request, "evaluation/region.html", context)
