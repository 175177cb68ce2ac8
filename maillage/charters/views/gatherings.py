"""Signatures on paper: the sheet to print, the meeting to enter line by line; and signing with somebody's help."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from maillage.organisations.audiences import reader_of
from maillage.organisations.models import Organisation
from maillage.territories.models import Territory
from maillage.ui.forms import add_refusal
from maillage.ui.pdf import pdf_response

from .. import actions
from ..documents import sheet_pdf
from ..forms.life import CodeForm, GatheringForm, SheetLineForm
from ..models import CharterVersion, Gathering, SignatureRequest, TerritorialAdaptation
from ..permissions import can_gather
from ..scans import MEDIA_TYPES
from .signing import text_to_sign


@require_safe
def sheet(request, slug=None):
    """The sheet that a meeting signs, to print: a QR code to the text, and lines to fill."""
    version = text_to_sign(slug)
    return pdf_response(sheet_pdf(version), f"feuille-{version.reference.replace('/', '-')}.pdf")


def _coordinator_or_403(request):
    if not can_gather(request.user):
        raise PermissionDenied
    return reader_of(request.user).coordinated_territory_ids


def _texts_to_sign(user):
    """The texts that the coordinator's associations may sign, the adaptations of their territories first."""
    here = TerritorialAdaptation.objects.filter(territories__in=reader_of(user).coordinated_territory_ids)
    versions = CharterVersion.objects.visible_to(user).current().filter(adaptation__closed_at=None)
    return (
        versions.filter(Q(adaptation=None) | Q(adaptation__in=here.values("pk")))
        .select_related("adaptation")
        .order_by("-adaptation", "-number")
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_gathering(request):
    _coordinator_or_403(request)
    form = GatheringForm(request.POST or None, request.FILES or None, versions=_texts_to_sign(request.user))
    if request.method == "POST" and form.is_valid():
        wanted = {name: form.cleaned_data[name] for name in ("version", "place", "held_on")}
        scan = form.cleaned_data["scan"].read(10_000_001)
        try:
            gathering = actions.record_gathering(
                wanted.pop("version"), scan=scan, actor=request.user, at=timezone.now(), **wanted
            )
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, gettext("La feuille est gardée. Entrez maintenant ses lignes, une par une."))
            return redirect("charters:gathering", uuid=gathering.uuid)
    context = {
        "form": form,
        "versions": _texts_to_sign(request.user),
        "gatherings": Gathering.objects.visible_to(request.user).select_related("version"),
    }
    return render(request, "charters/gathering_new.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def gathering(request, uuid):
    """A sheet and the lines entered from it; a form for the next one."""
    territories = Territory.objects.filter(pk__in=_coordinator_or_403(request)).order_by("name")
    found = get_object_or_404(
        Gathering.objects.visible_to(request.user).select_related("version__adaptation", "entered_by"), uuid=uuid
    )
    signed = found.version.signatures.standing().values("organisation")
    here = (
        Organisation.objects.visible_to(request.user)
        .listed()
        .associations()
        .filter(territories__in=territories)
        .exclude(pk__in=signed)
        .distinct()
        .order_by("search_name")
    )
    form = SheetLineForm(request.POST or None, organisations=here, territories=territories)
    if request.method == "POST" and form.is_valid():
        try:
            signature = actions.sign_on_paper(found, actor=request.user, at=timezone.now(), **form.line)
        except ValidationError as refusal:
            form.add_error(None, refusal if not hasattr(refusal, "error_dict") else refusal.messages)
        else:
            name = signature.organisation_name
            messages.success(request, gettext("La signature de « %(name)s » est enregistrée.") % {"name": name})
            return redirect("charters:gathering", uuid=uuid)
    context = {
        "gathering": found,
        "signatures": found.signatures.visible_to(request.user).select_related("organisation").order_by("pk"),
        "form": form,
    }
    return render(request, "charters/gathering.html", context)


@login_required
@never_cache
@require_safe
def scan(request, uuid):
    """The scanned sheet itself: names and hand-written signatures, for those who may see the gathering alone."""
    found = get_object_or_404(Gathering.objects.visible_to(request.user), uuid=uuid)
    response = FileResponse(found.scan.open("rb"), content_type=MEDIA_TYPES[found.scan_kind], as_attachment=True)
    response["Content-Disposition"] = f'attachment; filename="feuille-{found.held_on}.{found.scan_kind}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def help_sign(request, uuid):
    """Somebody is helped to sign: the code that they received and read aloud."""
    prepared = get_object_or_404(
        SignatureRequest.objects.select_related("organisation", "version", "signature"),
        uuid=uuid,
        entered_by=request.user,
    )
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            signature = actions.confirm_by_code(prepared, actor=request.user, at=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, gettext("C’est signé. L’attestation part à l’adresse de la personne."))
            return redirect(signature)
    return render(request, "charters/help_sign.html", {"prepared": prepared, "form": form})
