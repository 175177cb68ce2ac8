"""What partners follow: contributions, dates, journal, brakes and levers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.charters.scans import MEDIA_TYPES, MOST_BYTES
from maillage.organisations.audiences import reader_of
from maillage.organisations.models import Organisation
from maillage.ui.forms import add_refusal
from maillage.ui.gestures import did
from maillage.ui.pagination import BoundedPaginator

from .. import actions, permissions
from ..forms import ContributionForm, EntryForm, FindingForm, MilestoneForm
from ..models import Contribution, JournalEntry
from .cooperations import cooperation_or_404, led_or_403, taking_part_or_403


def _short(request, found, form, action, *args, said, anchor):
    """A short form of the cooperation's page: done and said, or refused and said why."""
    if form.is_valid():
        did(request, action, *args, said=said, **form.cleaned_data)
    else:
        messages.error(request, " ".join(message for errors in form.errors.values() for message in errors))
    return redirect(f"{found.get_absolute_url()}#{anchor}")


@login_required
@require_POST
def add_contribution(request, slug, pk):
    found = taking_part_or_403(request, slug)
    partner = get_object_or_404(permissions.mine_in(request.user, found), pk=pk)
    said = gettext("Votre apport est noté.")
    form = ContributionForm(request.POST)
    return _short(request, found, form, actions.add_contribution, partner, said=said, anchor="apports")


@login_required
@require_POST
def remove_contribution(request, slug, pk):
    found = taking_part_or_403(request, slug)
    mine = Contribution.objects.filter(partner__in=permissions.mine_in(request.user, found))
    row = get_object_or_404(mine.select_related("partner__cooperation"), pk=pk)
    did(request, actions.remove_contribution, row, said=gettext("C’est retiré."))
    return redirect(f"{found.get_absolute_url()}#apports")


@login_required
@require_POST
def add_milestone(request, slug):
    found = taking_part_or_403(request, slug)
    said, form = gettext("La date est notée."), MilestoneForm(request.POST)
    return _short(request, found, form, actions.add_milestone, found, said=said, anchor="calendrier")


@login_required
@require_POST
def keep_milestone(request, slug, pk):
    found = taking_part_or_403(request, slug)
    row = get_object_or_404(found.milestones, pk=pk)
    done = request.POST.get("done") == "yes"
    did(request, actions.keep_milestone, row, done=done, said=gettext("C’est noté."))
    return redirect(f"{found.get_absolute_url()}#calendrier")


@login_required
@require_POST
def add_finding(request, slug):
    found = taking_part_or_403(request, slug)
    said, form = gettext("C’est noté : cela servira à d’autres."), FindingForm(request.POST)
    return _short(request, found, form, actions.add_finding, found, said=said, anchor="apprendre")


@login_required
@require_POST
def remove_finding(request, slug, pk):
    found = taking_part_or_403(request, slug)
    row = get_object_or_404(found.findings, pk=pk)
    did(request, actions.remove_finding, row, said=gettext("C’est retiré."))
    return redirect(f"{found.get_absolute_url()}#apprendre")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def journal(request, slug):
    """The pages of the journal, the latest first; for a public partner, those that were shared. POST writes one."""
    found = cooperation_or_404(request, slug)
    may = permissions.can_take_part(request.user, found)
    reader = reader_of(request.user)
    taking_part = found.partners.accepted().filter(organisation_id__in=reader.organisation_ids).exists()
    if not (taking_part or permissions.is_inside(request.user, found)):
        raise PermissionDenied(gettext("Ces pages sont celles des partenaires."))
    mine = Organisation.objects.filter(partnerships__in=permissions.mine_in(request.user, found))
    form = EntryForm(request.POST or None, request.FILES or None, organisations=mine)
    if request.method == "POST":
        taking_part_or_403(request, slug)
        if form.is_valid() and _write(request, found, form):
            messages.success(request, gettext("La page est écrite."))
            return redirect("cooperations:journal", slug=slug)
    rows = JournalEntry.objects.visible_to(request.user).filter(cooperation=found).select_related("organisation")
    context = {
        "cooperation": found,
        "page": BoundedPaginator(rows, 20).get_page(request.GET.get("page")),
        "form": form if may else None,
        "may_lead": permissions.can_lead(request.user, found),
        "partners_outside": found.partners.accepted().filter(organisation__kind="public_partner").exists(),
    }
    return render(request, "cooperations/journal.html", context)


def _write(request, found, form):
    sent = dict(form.cleaned_data)
    file = sent.pop("file")
    try:
        actions.write_entry(
            found,
            actor=request.user,
            at=timezone.now(),
            content=file.read(MOST_BYTES + 1) if file else b"",
            **sent,
        )
    except ValidationError as refusal:
        add_refusal(form, refusal)
        return False
    return True


@login_required
@require_POST
def share_entry(request, slug, pk):
    found = led_or_403(request, slug)
    entry = get_object_or_404(found.journal, pk=pk)
    shared = request.POST.get("shared") == "yes"
    said = gettext("Cette page est partagée.") if shared else gettext("Cette page n’est plus partagée.")
    did(request, actions.share_entry, entry, shared=shared, said=said)
    return redirect("cooperations:journal", slug=slug)


@login_required
@never_cache
@require_safe
def entry_file(request, slug, uuid):
    """The photo or document of a page, for those who may read the page."""
    rows = JournalEntry.objects.visible_to(request.user).exclude(file="")
    entry = get_object_or_404(rows, uuid=uuid, cooperation__slug=slug)
    try:
        response = FileResponse(entry.file.open("rb"), content_type=MEDIA_TYPES[entry.file_kind])
    except FileNotFoundError as error:
        raise Http404 from error
    response["Content-Disposition"] = f'inline; filename="page-{entry.pk}.{entry.file_kind}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
