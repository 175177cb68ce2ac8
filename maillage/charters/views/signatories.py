"""Who stands by which text."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.ui.page_cache import kept_for_visitors

from .. import queries
from ..exports import signatories_csv
from ..forms.signing import SignatoryFilterForm
from ..rows import signatory_rows

A_PAGE = 18


def _filtered(request):
    form = SignatoryFilterForm(request.GET, texts=queries.texts_open_for_signature(request.user))
    wanted = form.cleaned_data if form.is_valid() else {}
    found = queries.signatories(
        request.user,
        on=timezone.localdate(),
        text=wanted.get("text", ""),
        territory=wanted.get("territory", ""),
        network=wanted.get("network"),
        name=wanted.get("q", ""),
    )
    return form, wanted, found


@require_safe
@kept_for_visitors(page=r"\d{1,3}", text=r"[\w-]{0,80}", q="", territory="", network="")
def signatories(request):
    form, wanted, found = _filtered(request)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    is_filtered = any(wanted.values())
    context = {
        "form": form,
        "page": page,
        "rows": signatory_rows(page),
        "is_filtered": is_filtered,
        "concealed": 0 if is_filtered else queries.concealed_count(),
    }
    return render(request, "charters/signatories.html", context)


@require_safe
def signatories_as_csv(request):
    *_rest, found = _filtered(request)

    def address(signature):
        return settings.SITE_ADDRESS + signature.get_absolute_url()

    rows = signatories_csv(found.iterator(chunk_size=500), address=address)
    response = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="signataires.csv"'
    return response
