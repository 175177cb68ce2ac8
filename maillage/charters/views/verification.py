"""Is it genuine? A signature, a PDF, the whole register."""

import re

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from maillage.ui.page_cache import kept_for_visitors
from maillage.ui.pdf import pdf_response

from .. import seal
from ..documents import certificate_name, certificate_pdf
from ..forms.signing import VerifyForm
from ..models import RegisterEntry, Signature
from ..permissions import can_download_certificate
from ..register import line_of

TOKEN = re.compile(r"[0-9a-f]{32}")


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request):
    form = VerifyForm(request.POST or None, request.FILES or None)
    report = None
    if request.method == "POST" and form.is_valid():
        token = TOKEN.search(form.cleaned_data["token"].lower().replace(" ", ""))
        if form.cleaned_data["document"]:
            report = seal.check(form.cleaned_data["document"].read())
        elif token and Signature.objects.filter(token=token[0]).exists():
            return redirect("charters:verify-signature", token=token[0])
        else:
            form.add_error("token", _unknown_code())
    context = {"form": form, "report": report, "signature": _signature_of(report), "head": _head()}
    return render(request, "charters/verify.html", context)


def _unknown_code():
    from django.utils.translation import gettext

    return gettext("Aucune signature ne porte ce code. Vérifiez-le : il compte 32 chiffres ou lettres de a à f.")


def _signature_of(report):
    """The signature that a genuine PDF speaks of, as it stands today; the register may say more since."""
    if report is None or not report.is_genuine:
        return None
    return Signature.objects.filter(token=report.token).select_related("version__adaptation", "organisation").first()


def _head():
    return RegisterEntry.objects.order_by("-sequence").first()


@require_safe
@kept_for_visitors()
def verify_signature(request, token):
    """A signature as the register tells it. Whoever holds the code may read it; no person is named."""
    signature = get_object_or_404(
        Signature.objects.select_related("version__adaptation", "organisation", "mandate", "gathering"), token=token
    )
    context = {
        "signature": signature,
        "entries": RegisterEntry.objects.filter(signature=signature).order_by("sequence"),
        "can_download": can_download_certificate(request.user, signature),
    }
    return render(request, "charters/verify_signature.html", context)


@login_required
@require_safe
def certificate(request, token):
    """The sealed PDF, for the organisation: it names the person who signed."""
    signature = get_object_or_404(
        Signature.objects.visible_to(request.user)
        .standing()
        .select_related("version__adaptation", "organisation", "mandate"),
        token=token,
    )
    if not can_download_certificate(request.user, signature):
        raise PermissionDenied
    return pdf_response(certificate_pdf(signature), certificate_name(signature))


@require_safe
def register(request):
    """The whole register, one JSON object a line, oldest first."""
    entries = RegisterEntry.objects.visible_to(request.user).order_by("sequence").values_list("body", "hash")
    lines = (line_of(body, digest) + "\n" for body, digest in entries.iterator(chunk_size=1000))
    response = StreamingHttpResponse(lines, content_type="application/x-ndjson; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="registre.ndjson"'
    return response


@require_safe
def seal_certificate(request):
    """The public half of the platform's seal: with it, `verify --certificate` works anywhere, offline."""
    response = HttpResponse(seal.files()[1].read_bytes(), content_type="application/x-pem-file")
    response["Content-Disposition"] = 'attachment; filename="cachet.pem"'
    return response
