"""The directory of organisations: a list, the same on a map, the same to take away."""

from django.db.models import Exists, OuterRef
from django.http import HttpResponseBadRequest, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from maillage.charters.models import Signature
from maillage.organisations.models import Network
from maillage.ui.page_cache import kept_for_visitors
from maillage.ui.pagination import BoundedPaginator

from . import exports, searching
from .forms import OrganisationFilterForm

A_PAGE = 18
WORDLESS = dict.fromkeys(("q", "territory", "near"), "")
"""Sent empty by the form: what is typed there is not kept for other visitors."""


def _asked(request):
    form = OrganisationFilterForm(request.GET, networks=Network.objects.all())
    wanted, said = form.wanted(on=timezone.localdate())
    return form, wanted, said, searching.organisations(request.user, wanted)


def _signatories(user, organisations):
    """The ids of those, of ``organisations``, that stand by a text."""
    standing = Signature.objects.visible_to(user).standing().filter(organisation__in=organisations)
    return set(standing.values_list("organisation_id", flat=True))


@require_safe
@kept_for_visitors(
    page=r"\d{1,2}",
    **dict.fromkeys(("theme", "employer", "offers", "needs", "sort"), r"[a-z_]{0,20}"),
    network=r"[\w-]{0,80}",
    **dict.fromkeys(("seeks_partners", "unaffiliated", "signatory"), "on"),
    **WORDLESS,
)
def organisation_list(request):
    form, wanted, said, found = _asked(request)
    page = BoundedPaginator(searching.for_list(found, near=wanted.near), A_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    for organisation in shown:
        organisation.distance_km = searching.distance_km(organisation, wanted.near) if wanted.near else None
    asked = [(name, value) for name, value in request.GET.items() if value and name in form.fields]
    query = urlencode(asked)
    context = {
        "form": form,
        "said": said,
        "wanted": wanted,
        "page": page,
        "organisations": shown,
        "signatories": _signatories(request.user, [organisation.pk for organisation in shown]),
        "is_filtered": bool(query),
        "query": f"?{query}" if query else "",
        "crowds": list(exports.Crowd),
    }
    is_fragment = "fragment" in request.GET
    return render(request, f"directory/{'_organisations' if is_fragment else 'organisation_list'}.html", context)


def _not_understood():
    """A file that did not follow a filter would be wrong, and nobody would see it."""
    said = gettext("Un filtre n’est pas compris : revenez à l’annuaire et choisissez-le de nouveau.")
    return HttpResponseBadRequest(said, content_type="text/plain; charset=utf-8")


@require_safe
def organisation_csv(request):
    """What the list shows, all of it, to take away."""
    form, wanted, _said, found = _asked(request)
    if form.errors:
        return _not_understood()
    standing = Signature.objects.visible_to(request.user).standing().filter(organisation=OuterRef("pk"))
    signatories = set(found.order_by().filter(Exists(standing)).values_list("pk", flat=True))
    rows = exports.organisations_csv(
        searching.for_export(found, on=wanted.on).iterator(chunk_size=500),
        signatories=signatories,
        address=request.build_absolute_uri,
    )
    response = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="annuaire.csv"'
    return response


@require_safe
def organisation_map(request):
    """Where those that the list shows act."""
    form, _wanted, _said, found = _asked(request)
    if form.errors:
        return _not_understood()
    asked = {name: value for name, value in request.GET.items() if value and name in form.fields}
    where = reverse("directory:organisation-list")
    features = exports.organisation_features(
        searching.places_of(found),
        address=lambda territory: f"{where}?{urlencode({**asked, 'territory': territory.slug})}",
    )
    return JsonResponse(features, content_type="application/geo+json")
