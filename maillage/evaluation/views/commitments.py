"""Our commitments: of one's own organisation, year by year. To read, to note, to print, to take away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from maillage.charters.exports import csv_lines
from maillage.organisations.queries import associations_of
from maillage.ui.forms import add_refusal

from .. import actions
from ..forms import CommitmentForm
from ..queries import commitments_of

FIRST_YEAR = 2019
"""The year of the charter."""


def _organisation_or_404(request, slug, year):
    if not FIRST_YEAR <= year <= timezone.localdate().year:
        raise Http404
    return get_object_or_404(associations_of(request.user), slug=slug)


@login_required
@require_safe
def mine(request):
    """The page of the only organisation, or the choice among several."""
    organisations = list(associations_of(request.user))
    year = timezone.localdate().year
    if len(organisations) == 1:
        return redirect("evaluation:commitments-of", slug=organisations[0].slug, year=year)
    return render(request, "evaluation/commitments_choice.html", {"organisations": organisations, "year": year})


@login_required
@require_safe
def of_year(request, slug, year):
    organisation = _organisation_or_404(request, slug, year)
    context = {
        "organisation": organisation,
        "year": year,
        "years": range(timezone.localdate().year, max(FIRST_YEAR, timezone.localdate().year - 6), -1),
        "texts": commitments_of(organisation, year),
    }
    return render(request, "evaluation/commitments.html", context)


@login_required
@require_safe
def as_csv(request, slug, year):
    organisation = _organisation_or_404(request, slug, year)
    header = [gettext("Texte"), gettext("Article"), gettext("Où nous en sommes"), gettext("Note"), gettext("Preuves")]
    rows = (
        (
            str(signature.version),
            article.title,
            noted.get_state_display() if noted else "",
            noted.note if noted else "",
            " ".join(noted.links) if noted else "",
        )
        for signature, lines in commitments_of(organisation, year)
        for article, noted in lines
    )
    response = HttpResponse("".join(csv_lines(header, rows)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="engagements-{organisation.slug}-{year}.csv"'
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def note(request, slug, year, pk):
    organisation = _organisation_or_404(request, slug, year)
    lines = [line for _signature, lines in commitments_of(organisation, year) for line in lines]
    article, noted = next((line for line in lines if line[0].pk == pk), (None, None))
    if article is None:
        raise Http404
    initial = {"edition": 0}
    if noted:
        initial = {name: getattr(noted, name) for name in ("edition", "state", "note", "proofs")}
    form, saved, status = CommitmentForm(request.POST or None, initial=initial), None, 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.note_commitment(
                organisation, article, year, actor=request.user, at=timezone.now(), **form.cleaned_data
            )
        except actions.SomebodyWrote as refusal:
            typed, saved, status = request.POST.copy(), refusal.saved, 409
            typed["edition"] = saved.edition if saved else 0
            form = CommitmentForm(typed)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, gettext("C’est noté."))
            return redirect("evaluation:commitments-of", slug=slug, year=year)
    context = {"organisation": organisation, "year": year, "article": article, "form": form, "saved": saved}
    return render(request, "evaluation/note.html", context, status=status)
