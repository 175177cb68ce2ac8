"""Starting an agreement, naming its parties, joining files."""

import datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from maillage.charters.scans import MOST_BYTES
from maillage.cooperations.models import Cooperation
from maillage.organisations.audiences import reader_of
from maillage.organisations.queries import associations_of
from maillage.ui.gestures import did, made_by

from .. import actions, permissions, queries
from ..forms import AttachmentForm, PartyForm, StartForm
from ..models import Agreement
from .reading import visible_or_404

READ, WRITE = ["GET", "HEAD", "POST"], "POST"


def edited_or_403(request, uuid):
    found = visible_or_404(request, uuid)
    if not permissions.can_edit(request.user, found):
        raise PermissionDenied(gettext("Son texte est arrêté, ou c’est à ses parties de l’écrire."))
    return found


@login_required
@require_http_methods(READ)
def start(request):
    """`?cooperation=` a cooperation: with its partners; `?avenant=` or `?renouveler=` an agreement: from its text."""
    organisations = associations_of(request.user)
    if not organisations:
        raise PermissionDenied(gettext("Il faut représenter une association confirmée pour rédiger une convention."))
    cooperation, source, link = _asked_for(request)
    if source:
        bound = source.parties.values("organisation")
        organisations = organisations.filter(pk__in=bound)
    form = StartForm(
        request.POST or None,
        initial=_first_values(cooperation, source, link, organisations),
        organisations=organisations,
        others=_others(request, cooperation, source),
        link=link,
        cooperations=Cooperation.objects.filter(
            partners__organisation__in=organisations, partners__state="accepted"
        ).distinct(),
    )
    if request.method == WRITE and form.is_valid():
        told = form.cleaned_data | ({link: source} if source else {})
        if made := made_by(request, form, actions.start_agreement, **told):
            messages.success(request, gettext("C’est un brouillon : relisez chaque article, il est à adapter."))
            return redirect(made)
    return render(request, "agreements/start.html", {"form": form, "source": source, "link": link})


def _asked_for(request):
    """(cooperation, agreement, "amends" or "renews") that the address names and that one may read; else None, ""."""
    cooperation = None
    if slug := request.GET.get("cooperation"):
        cooperation = Cooperation.objects.visible_to(request.user).filter(slug=slug[:80]).first()
    for name, link in (("avenant", "amends"), ("renouveler", "renews")):
        if (text := request.GET.get(name)) and (uuid := _uuid(text)):
            source = Agreement.objects.visible_to(request.user).filter(uuid=uuid, state="signed").first()
            if source and permissions.parties_for(request.user, source):
                return cooperation, source, link
    return cooperation, None, ""


def _uuid(text):
    try:
        return UUID(text)
    except ValueError:
        return None


def _others(request, cooperation, source):
    found = queries.to_name(request.user)
    keys = set(found.values_list("pk", flat=True))
    if cooperation:
        keys |= set(cooperation.partners.accepted().values_list("organisation_id", flat=True))
    if source:
        keys |= set(source.parties.values_list("organisation_id", flat=True))
    model = found.model
    mine = reader_of(request.user).association_ids
    return model.objects.filter(pk__in=keys).exclude(pk__in=mine).order_by("search_name")


def _first_values(cooperation, source, link, organisations):
    values = {}
    mine = {one.pk for one in organisations}
    if cooperation:
        partners = cooperation.partners.accepted().values_list("organisation_id", flat=True)
        values = {"cooperation": cooperation.pk, "title": cooperation.title, "others": set(partners) - mine}
    if source:
        parties = source.parties.values_list("organisation_id", flat=True)
        title = gettext("Avenant : %(title)s") % {"title": source.title} if link == "amends" else source.title
        values |= {"title": title[:150], "others": set(parties) - mine}
        values["cooperation"] = source.cooperation_id
    if link == "renews" and source.ends_on:
        values["starts_on"] = source.ends_on + datetime.timedelta(days=1)
    return values


@login_required
@require_http_methods(READ)
def parties(request, uuid):
    found = edited_or_403(request, uuid)
    form = PartyForm(request.POST or None, organisations=queries.to_name(request.user, found))
    if request.method == WRITE and form.is_valid():
        by = permissions.parties_for(request.user, found)[0].organisation
        if made_by(request, form, actions.name_party, found, by=by, **form.cleaned_data):
            messages.success(request, gettext("Cette organisation est nommée, et prévenue."))
            return redirect("agreements:parties", uuid=uuid)
    context = {"form": form, "agreement": found, "parties": found.parties.select_related("organisation")}
    return render(request, "agreements/parties.html", context)


@login_required
@require_POST
def remove_party(request, uuid, pk):
    found = edited_or_403(request, uuid)
    party = get_object_or_404(found.parties, pk=pk)
    did(request, actions.remove_party, found, party, said=gettext("Cette organisation n’est plus partie."))
    if not permissions.parties_for(request.user, found):
        # One's own organisation: there is nothing left to read.
        return redirect("agreements:agreement-list")
    return redirect("agreements:parties", uuid=uuid)


@login_required
@require_http_methods(READ)
def attachments(request, uuid):
    found = edited_or_403(request, uuid)
    form = AttachmentForm(request.POST or None, request.FILES or None)
    if request.method == WRITE and form.is_valid():
        content = form.cleaned_data["file"].read(MOST_BYTES + 1)
        title = form.cleaned_data["title"]
        if made_by(request, form, actions.add_attachment, found, title=title, content=content):
            messages.success(request, gettext("La pièce est jointe."))
            return redirect("agreements:attachments", uuid=uuid)
    context = {"form": form, "agreement": found, "attachments": found.attachments.all()}
    return render(request, "agreements/attachments.html", context)


@login_required
@require_POST
def remove_attachment(request, uuid, attachment):
    found = edited_or_403(request, uuid)
    row = get_object_or_404(found.attachments, uuid=attachment)
    did(request, actions.remove_attachment, row, said=gettext("La pièce est retirée."))
    return redirect("agreements:attachments", uuid=uuid)
