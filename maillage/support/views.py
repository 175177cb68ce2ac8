"""Support near here; keeping it true."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.territories.models import Territory
from maillage.ui.gestures import did, made_by
from maillage.ui.page_cache import kept_for_visitors

from . import actions, permissions, queries
from .exports import near_lines
from .forms import EndForm, NearForm, ReportForm, SchemeForm, SupportForm
from .models import Question, Support, SupportScheme

PLACE = "territoire"
MOST_PLACES = 12


@require_safe
@kept_for_visitors(territoire=r"[\w-]{1,40}", question="[a-z]{0,12}")
def near(request):
    """`?territoire=` where, by its short name; `?q=` looked for; `?question=` which question."""
    form = NearForm(request.GET)
    text, question = ("", "")
    if form.is_valid():
        text, question = form.cleaned_data["q"], form.cleaned_data["question"]
    territory = _place(request)
    context = {
        "form": form,
        "territory": territory,
        "question": question,
        "question_label": Question(question).label if question else "",
        "questions": Question.choices,
        "places": list(Territory.objects.matching(text)[:MOST_PLACES]) if text and not territory else [],
        "text": text,
        "supports": _with_staleness(queries.near(request.user, territory, question)) if territory else [],
        "schemes": _with_staleness(queries.schemes(request.user, question)),
        "edits": permissions.edits_somewhere(request.user),
    }
    return render(request, "support/near.html", context)


def _place(request):
    if not (slug := request.GET.get(PLACE, "")[:40]):
        return None
    return Territory.objects.select_related("departement", "region").filter(slug__iexact=slug).first()


def _with_staleness(rows):
    today = timezone.localdate()
    return [(one, one.is_stale(today)) for one in rows]


@require_safe
def near_csv(request):
    """The same list, as a table."""
    territory = get_object_or_404(Territory, slug__iexact=request.GET.get(PLACE, "")[:40])
    form = NearForm(request.GET)
    question = form.cleaned_data["question"] if form.is_valid() else ""
    table = "".join(near_lines(queries.near(request.user, territory, question)))
    response = HttpResponse(table, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="aides-{territory.slug}.csv"'
    return response


def _support_or_404(request, uuid):
    return get_object_or_404(
        Support.objects.visible_to(request.user).select_related("scheme", "territory"), uuid=uuid
    )


@require_safe
def support(request, uuid):
    """One support: who to ask, its source; saying that it is not true any more; keeping it."""
    found = _support_or_404(request, uuid)
    return _shown(request, found)


def _shown(request, found, **refused):
    may_edit = permissions.can_edit(request.user, found)
    context = {
        "support": found,
        "is_stale": found.is_stale(timezone.localdate()),
        "can_edit": may_edit,
        "reports": found.reports.filter(settled_at=None) if may_edit else [],
        "report_form": _report_form(request, found),
        "end_form": EndForm() if may_edit and not found.ended_on else None,
        **refused,
    }
    return render(request, "support/support.html", context, status=422 if refused else 200)


def _report_form(request, found):
    return ReportForm(auto_id="dire-%s") if request.user.is_authenticated and not found.ended_on else None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request):
    if not permissions.edits_somewhere(request.user):
        raise PermissionDenied(gettext("L’annuaire des aides est tenu par la coordination et l’édition."))
    return _written(request, SupportForm(request.POST or None), None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request, uuid):
    found = _edited_or_403(request, uuid)
    place = found.territory.slug if found.territory else ""
    initial = {"place": place, "scheme": found.scheme.slug}
    return _written(request, SupportForm(request.POST or None, instance=found, initial=initial), found)


def _written(request, form, found):
    if request.method == "POST" and form.is_valid():
        try:
            written = made_by(request, form, actions.write_support, form.filled())
        except PermissionDenied:
            form.add_error("place", gettext("Ce territoire n’est pas le vôtre."))
            written = None
        if written:
            messages.success(request, gettext("C’est noté, et vérifié aujourd’hui."))
            return redirect(written)
    return render(request, "support/write.html", {"form": form, "support": found})


def _edited_or_403(request, uuid):
    found = _support_or_404(request, uuid)
    if not permissions.can_edit(request.user, found):
        raise PermissionDenied(gettext("C’est à la coordination ou à l’édition de ce territoire de le faire."))
    return found


@login_required
@require_POST
def check(request, uuid):
    found = _edited_or_403(request, uuid)
    did(request, actions.check_support, found, said=gettext("Vérifié aujourd’hui."))
    return redirect("support:to-check")


@login_required
@require_POST
def end(request, uuid):
    found = _edited_or_403(request, uuid)
    form = EndForm(request.POST)
    if form.is_valid() and made_by(request, form, actions.end_support, found, **form.cleaned_data):
        messages.success(request, gettext("Il ne paraît plus ; la raison est gardée."))
        return redirect("support:to-check")
    return _shown(request, found, end_form=form)


@login_required
@require_POST
def report(request, uuid):
    found = get_object_or_404(Support.objects.visible_to(request.user).standing(), uuid=uuid)
    form = ReportForm(request.POST)
    if form.is_valid() and made_by(request, form, actions.report_support, found, **form.cleaned_data):
        messages.success(request, gettext("Merci : la personne qui tient cette fiche va vérifier."))
        return redirect(found)
    return _shown(request, found, report_form=form)


@login_required
@require_safe
def to_check(request):
    """What one keeps: reported, or not checked for long."""
    if not permissions.edits_somewhere(request.user):
        raise PermissionDenied(gettext("L’annuaire des aides est tenu par la coordination et l’édition."))
    rows = queries.to_check(request.user, timezone.localdate(), lambda one: permissions.can_edit(request.user, one))
    schemes = _with_staleness(queries.schemes(request.user)) if permissions.can_edit_schemes(request.user) else []
    return render(request, "support/to_check.html", {"rows": rows[:200], "schemes": schemes})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_scheme(request, slug):
    scheme = get_object_or_404(SupportScheme.objects.visible_to(request.user), slug=slug)
    if not permissions.can_edit_schemes(request.user):
        raise PermissionDenied(gettext("C’est à l’édition nationale de le faire."))
    form = SchemeForm(request.POST or None, instance=scheme)
    is_ready = request.method == "POST" and form.is_valid()
    if is_ready and made_by(request, form, actions.write_scheme, form.save(commit=False)):
        messages.success(request, gettext("C’est noté, et vérifié aujourd’hui."))
        return redirect("support:to-check")
    return render(request, "support/write_scheme.html", {"form": form, "scheme": scheme})
