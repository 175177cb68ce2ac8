"""Reading agreements: the list, one of them, its PDF, its files."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from maillage.charters.scans import MEDIA_TYPES
from maillage.cooperations.models import Cooperation
from maillage.ui.pagination import BoundedPaginator
from maillage.ui.pdf import pdf_response

from .. import permissions, queries
from ..documents import agreement_pdf
from ..forms import AnswerForm
from ..models import Agreement


def visible_or_404(request, uuid):
    return get_object_or_404(Agreement.objects.visible_to(request.user), uuid=uuid)


@login_required
@require_safe
def agreement_list(request):
    """Those of one's organisations; `?cooperation=`: of that one alone."""
    today, cooperation = timezone.localdate(), None
    if slug := request.GET.get("cooperation"):
        cooperation = Cooperation.objects.visible_to(request.user).filter(slug=slug[:80]).first()
    page = BoundedPaginator(queries.listed(request.user, cooperation=cooperation), 30).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "cooperation": cooperation,
        "rows": [(one, one.stage(today)) for one in page],
        "may_start": permissions.can_start(request.user),
    }
    return render(request, "agreements/agreement_list.html", context)


@login_required
@require_safe
def agreement(request, uuid):
    """The whole of it, where it is, and what one can do."""
    found = visible_or_404(request, uuid)
    user = request.user
    mine = permissions.parties_for(user, found)
    parties = list(found.parties.select_related("organisation", "mandate", "agreement", "entry"))
    requests = list(found.change_requests.select_related("organisation"))
    can_edit = permissions.can_edit(user, found)
    context = {
        "agreement": found,
        "stage": found.stage(timezone.localdate()),
        "parties": parties,
        "clauses": queries.with_models(found),
        "instalments": found.instalments.all() if found.is_transfer else [],
        "attachments": found.attachments.all(),
        "requests": [(one, AnswerForm(auto_id=f"d{one.pk}_%s") if can_edit else None) for one in requests],
        "mine": mine,
        "to_approve": [party for party in mine if not party.has_approved] if found.state == "review" else [],
        "to_sign": [party for party in mine if not party.signed_at] if found.state == "to_sign" else [],
        "can_edit": can_edit,
        "can_take_back": permissions.can_take_back(user, found),
        "can_drop": permissions.can_drop(user, found),
        "can_end": permissions.can_end(user, found),
        "can_follow": found.state == "signed" and mine and permissions.can_start(user),
        "cooperation": Cooperation.objects.visible_to(user).filter(pk=found.cooperation_id).first(),
        "related": _related(user, found),
    }
    return render(request, "agreements/agreement.html", context)


def _related(user, found):
    """Agreements that amend or renew it, or that it amends or renews, and that ``user`` may read."""
    keys = {found.amends_id, found.renews_id}
    keys |= set(found.amendments.values_list("pk", flat=True)) | set(found.renewals.values_list("pk", flat=True))
    return Agreement.objects.visible_to(user).filter(pk__in=keys - {None}).order_by("created_at")


@never_cache
@login_required
@require_safe
def pdf(request, uuid):
    found = visible_or_404(request, uuid)
    return pdf_response(agreement_pdf(found), f"convention-{found.starts_on}.pdf")


@never_cache
@login_required
@require_safe
def attachment(request, uuid, attachment):
    found = get_object_or_404(visible_or_404(request, uuid).attachments, uuid=attachment)
    try:
        response = FileResponse(found.file.open("rb"), content_type=MEDIA_TYPES[found.extension])
    except FileNotFoundError as error:
        # A database brought back without its folder of files: the page still stands.
        raise Http404 from error
    response["Content-Disposition"] = f'inline; filename="piece-{found.pk}.{found.extension}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
