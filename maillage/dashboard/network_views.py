"""For whoever works for a network: its members that are here, and the list that it brings."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.charters.exports import csv_lines
from maillage.organisations import actions
from maillage.organisations.member_csv import MOST_BYTES
from maillage.organisations.models import MemberLine, MemberList, Network, NetworkMembership
from maillage.organisations.permissions import can_follow
from maillage.ui.forms import RowsField, add_refusal

from . import networks

State = MemberLine.State
LINES_A_PAGE, LINES_A_STATE = 50, 100


class MemberFileForm(forms.Form):
    document = forms.FileField(
        label=_("Votre liste, au format CSV"),
        help_text=_(
            "Une ligne par association ; la première donne le nom des colonnes : Nom, RNA ou SIRET, Commune."
            " Les autres colonnes, adresses et téléphones compris, ne sont pas lues."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"empty": _("Ce fichier est vide.")},
    )

    def clean_document(self):
        document = self.cleaned_data["document"]
        if document.size > MOST_BYTES:
            raise forms.ValidationError(_("Ce fichier dépasse 2 Mo : ce n’est sans doute pas une liste de membres."))
        return document


class ConfirmListForm(forms.Form):
    """Which doubtful lines are the same organisation, and which memberships of a former list end."""

    same = RowsField(queryset=MemberLine.objects.none(), required=False)
    ended = RowsField(queryset=NetworkMembership.objects.none(), required=False)

    def __init__(self, *args, read, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["same"].queryset = read.lines.filter(state=State.MAYBE)
        self.fields["ended"].queryset = actions.left_by(read)
        self.fields["same"].MOST = self.fields["ended"].MOST = 10_000


def _followed(request, slug):
    network = get_object_or_404(Network, slug=slug)
    if not can_follow(request.user, network):
        # That somebody follows it is nobody's affair.
        raise Http404
    return network


@login_required
@require_safe
def network(request, slug):
    """Its members here: neighbourhoods, signatures; and what became of the list that it brought."""
    found = _followed(request, slug)
    members = networks.members_here(request.user, found, on=timezone.localdate())
    lists = MemberList.objects.visible_to(request.user).filter(network=found)
    current = lists.in_use().first()
    absent = MemberLine.objects.visible_to(request.user).filter(member_list=current, organisation=None)
    absent = absent.exclude(state=State.TWICE)
    context = {
        "network": found,
        "members": members,
        "signatories": sum(bool(member.signatures) for member in members),
        "dormant": sum(member.is_dormant for member in members),
        "in_neighbourhoods": sum(bool(member.neighbourhoods) for member in members),
        "waiting": lists.to_confirm().first(),
        "current": current,
        "page": Paginator(absent, LINES_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "dashboard/network.html", context)


@login_required
@require_safe
def network_csv(request, slug):
    found = _followed(request, slug)
    members = networks.members_here(request.user, found, on=timezone.localdate())
    rows = csv_lines(networks.HEADER, map(networks.cells, members))
    response = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="membres-{found.slug}.csv"'
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring_list(request, slug):
    """Choose a file: it is read into a list to look at, and nothing else happens."""
    found = _followed(request, slug)
    form = MemberFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        document = form.cleaned_data["document"]
        waiting = MemberList.objects.visible_to(request.user).to_confirm().filter(network=found).first()
        try:
            read = actions.read_member_list(
                found, content=document.read(), file_name=document.name, actor=request.user, at=timezone.now()
            )
        except ValidationError as refusal:
            form.add_error("document", refusal)
        else:
            if waiting:
                replaced = gettext("La liste « %(name)s », qui attendait, est remplacée par celle-ci.")
                messages.info(request, replaced % {"name": waiting.file_name})
            return redirect("dashboard:member-list", slug=slug, pk=read.pk)
    return render(request, "dashboard/bring_list.html", {"network": found, "form": form})


def _list(request, slug, pk):
    found = _followed(request, slug)
    lists = MemberList.objects.visible_to(request.user).filter(undone_at=None).select_related("network")
    return get_object_or_404(lists, network=found, pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def member_list(request, slug, pk):
    """What was found of each line; then the members that are here are confirmed."""
    read = _list(request, slug, pk)
    form = ConfirmListForm(request.POST if request.method == "POST" else None, read=read)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.confirm_member_list(
                read,
                same=[line.pk for line in form.cleaned_data["same"]],
                ended=[membership.pk for membership in form.cleaned_data["ended"]],
                actor=request.user,
                at=timezone.now(),
            )
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            said = ngettext(
                "C’est fait : %(number)d association est prévenue qu’elle est des vôtres.",
                "C’est fait : %(number)d associations sont prévenues qu’elles sont des vôtres.",
                len(made),
            )
            messages.success(request, said % {"number": len(made)})
            return redirect("dashboard:network", slug=slug)
    lines = list(read.lines.select_related("organisation__seat"))
    groups = [(state, [line for line in lines if line.state == state]) for state in State]
    context = {
        "network": read.network,
        "read": read,
        "form": form,
        # Whoever confirms must see each doubtful line; of the others, the file tells those that do not fit here.
        "groups": [
            (state, found if state == State.MAYBE else found[:LINES_A_STATE], len(found))
            for state, found in groups
            if found
        ],
        "left": actions.left_by(read).select_related("organisation") if read.confirmed_at is None else [],
        "number": len(lines),
    }
    return render(request, "dashboard/member_list.html", context)


@login_required
@require_safe
def member_list_csv(request, slug, pk):
    """What was found of each line, as a table: to correct the file where it is kept."""
    read = _list(request, slug, pk)
    lines = read.lines.select_related("organisation")
    response = StreamingHttpResponse(
        csv_lines(networks.LINE_HEADER, map(networks.line_cells, lines)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="lignes.csv"'
    return response


@login_required
@require_POST
def undo_list(request, slug, pk):
    """Takes a list back, confirmed or not."""
    read = _list(request, slug, pk)
    try:
        actions.undo_member_list(read, actor=request.user, at=timezone.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, gettext("C’est défait : ce que cette liste avait fait est retiré."))
    return redirect("dashboard:network", slug=slug)
