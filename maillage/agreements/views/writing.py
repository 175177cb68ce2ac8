"""Writing the facts, the articles and the payments: of two people at once the second sees what the first kept."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from maillage.ui.forms import add_refusal

from .. import actions, conflicts
from ..forms import ClauseFormSet, InstalmentFormSet, facts_form
from .drafting import READ, WRITE, edited_or_403


def edition_read(request):
    """The edition that the form was opened on, as its hidden field says; 0 where it says nothing."""
    told = request.POST.get("edition", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 9 else 0


@login_required
@require_http_methods(READ)
def facts(request, uuid):
    found = edited_or_403(request, uuid)
    form = facts_form(found)(request.POST or None, instance=found, initial={"edition": found.edition})
    context = {"form": form, "agreement": found}
    if request.method == WRITE and form.is_valid():
        try:
            actions.change_agreement(found, **form.cleaned_data, actor=request.user, at=timezone.now())
        except actions.AlreadyChanged:
            found.refresh_from_db()
            context["conflict"] = conflicts.facts_beside(form, found)
            form.data = form.data | {"edition": found.edition}
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, gettext("C’est enregistré."))
            return redirect(found)
    return render(request, "agreements/facts.html", context)


@login_required
@require_http_methods(READ)
def clauses(request, uuid):
    """The articles, one after another; emptied, an article leaves; numbered otherwise, it moves."""
    found = edited_or_403(request, uuid)
    rows = [
        {"title": clause.title, "text": clause.text, "ORDER": number}
        for number, clause in enumerate(found.clauses.all(), start=1)
    ]
    formset = ClauseFormSet(request.POST or None, initial=rows)

    def typed():
        told = [form.cleaned_data for form in formset if form.cleaned_data.get("title")]
        told.sort(key=lambda clause: clause.get("ORDER") or 99)
        return [(row["title"], row["text"]) for row in told]

    def beside(given):
        return conflicts.clauses_beside(list(found.clauses.values_list("title", "text")), given)

    return _rows(request, found, formset, "clauses", actions.change_clauses, typed, beside)


@login_required
@require_http_methods(READ)
def instalments(request, uuid):
    found = edited_or_403(request, uuid)
    formset = InstalmentFormSet(request.POST or None, initial=list(found.instalments.values("due_on", "amount")))

    def typed():
        told = [form.cleaned_data for form in formset if form.cleaned_data.get("due_on")]
        return [(row["due_on"], row["amount"]) for row in told]

    def beside(given):
        return conflicts.payments_beside(list(found.instalments.values_list("due_on", "amount")), given)

    return _rows(request, found, formset, "instalments", actions.change_instalments, typed, beside)


def _rows(request, found, formset, name, action, typed, beside):
    """A page of rows, kept by ``action``. What it refuses stands above them, what was typed below."""
    context = {"formset": formset, "agreement": found, "edition": found.edition}
    if request.method == WRITE:
        context["edition"] = edition_read(request)
    if request.method == WRITE and formset.is_valid():
        rows = typed()
        try:
            action(found, rows, edition=context["edition"], actor=request.user, at=timezone.now())
        except actions.AlreadyChanged:
            found.refresh_from_db()
            context |= {"conflict": beside(rows), "edition": found.edition}
        except ValidationError as refusal:
            formset._non_form_errors.extend(refusal.messages)
        else:
            messages.success(request, gettext("C’est enregistré."))
            return redirect(found)
    return render(request, f"agreements/{name}.html", context)
