"""Cooperations: the list, one of them, proposing, changing, moving on, publishing."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.charters.exports import csv_lines
from maillage.organisations.audiences import reader_of
from maillage.organisations.models.organisation import Theme
from maillage.organisations.queries import associations_of
from maillage.territories.models import Territory
from maillage.ui.gestures import did, made_by
from maillage.ui.pagination import BoundedPaginator

from .. import actions, permissions, queries
from ..forms import (
    AskForm,
    ContributionForm,
    EditCooperationForm,
    FindingForm,
    MilestoneForm,
    NewCooperationForm,
    StageForm,
)
from ..models import Contribution, Cooperation, Partner, StageChange


def cooperation_or_404(request, slug):
    return get_object_or_404(Cooperation.objects.visible_to(request.user), slug=slug)


def taking_part_or_403(request, slug, may=permissions.can_take_part):
    found = cooperation_or_404(request, slug)
    if not may(request.user, found):
        raise PermissionDenied(gettext("C’est aux partenaires de cette coopération de le faire."))
    return found


def led_or_403(request, slug):
    return taking_part_or_403(request, slug, permissions.can_lead)


MOST_IN_A_TABLE = 5000
CHOICES = {"stage": Cooperation.Stage, "form": Cooperation.Form, "theme": Theme}


def _found(request):
    """What this person may see, narrowed by what was asked: (rows, what was asked)."""
    asked = {name: request.GET.get(name, "")[:80].replace("\x00", "") for name in ("q", "territory", *CHOICES)}
    rows = Cooperation.objects.visible_to(request.user).matching(asked["q"])
    for name, known in CHOICES.items():
        if asked[name] in known.values:
            rows = rows.filter(**{"themes__theme" if name == "theme" else name: asked[name]})
    if asked["territory"]:
        rows = rows.filter(territories__slug=asked["territory"])
    return rows.distinct(), asked


def _places(user):
    shown = Cooperation.objects.visible_to(user)
    here = Cooperation.territories.through.objects.filter(cooperation__in=shown.values("pk"))
    return Territory.objects.filter(pk__in=here.values("territory")).order_by("name")[:200]


@require_safe
def cooperation_list(request):
    rows, asked = _found(request)
    context = {
        "page": BoundedPaginator(queries.with_partners(rows), 20).get_page(request.GET.get("page")),
        "asked": asked,
        "choices": [(name, known.choices) for name, known in CHOICES.items()],
        "places": _places(request.user),
        "may_propose": permissions.can_propose(request.user),
    }
    return render(request, "cooperations/cooperation_list.html", context)


@require_safe
def cooperation_csv(request):
    rows, _asked = _found(request)
    header = ["titre", "etape", "forme", "territoires", "partenaires", "but", "adresse"]
    lines = csv_lines(header, map(_cells, queries.with_partners(rows)[:MOST_IN_A_TABLE]))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="cooperations.csv"'
    return response


def _cells(row):
    places = ", ".join(f"{place.name} ({place.code})" for place in row.territories.all())
    names = ", ".join(partner.organisation.name for partner in row.taking_part)
    address = settings.SITE_ADDRESS + row.get_absolute_url()
    return row.title, row.get_stage_display(), row.get_form_display(), places, names, row.aim, address


@require_safe
def cooperation(request, slug):
    """What everybody may read; and, inside, what its partners bring, plan and learn."""
    found = get_object_or_404(queries.with_partners(Cooperation.objects.visible_to(request.user)), slug=slug)
    user, reader = request.user, reader_of(request.user)
    standing = found.partners.standing().select_related("organisation")
    own = list(standing.filter(organisation_id__in=reader.organisation_ids))
    inside = permissions.is_inside(user, found)
    may = permissions.can_take_part(user, found)
    context = {
        "cooperation": found,
        "inside": inside,
        "may_take_part": may,
        "may_lead": permissions.can_lead(user, found),
        "own": own,
        "changes": StageChange.objects.visible_to(user).filter(cooperation=found),
        "is_known_to_members": not found.published_at,
        "stages": _stages(found),
    }
    if inside:
        context |= _inside(found)
    elif reader.is_public_partner and any(one.state == Partner.State.ACCEPTED for one in own):
        context["has_shared_pages"] = True
    if may:
        context |= {
            # Several short forms on one page: each has identifiers of its own.
            "contribution_forms": [
                (one, ContributionForm(auto_id=f"apport-{one.pk}-%s"))
                for one in own
                if one.state == Partner.State.ACCEPTED
            ],
            "milestone_form": MilestoneForm(auto_id="date-%s"),
            "finding_form": FindingForm(auto_id="appris-%s"),
            "mine": {one.pk for one in own},
        }
    if found.is_living and not own and reader.association_ids:
        context["ask_form"] = AskForm(organisations=associations_of(user), auto_id="demande-%s")
    return render(request, "cooperations/cooperation.html", context)


def _stages(found):
    """[(label, "done" | "current" | "to come")] of the usual way; what became of it at its end."""
    usual = [stage for stage in Cooperation.Stage if stage.value not in {"renewed", "ended", "stopped"}]
    place = usual.index(found.stage) if found.stage in usual else len(usual)
    shown = [
        (stage.label, "done" if number < place else "current" if number == place else "to come")
        for number, stage in enumerate(usual)
    ]
    return shown if found.stage in usual else [*shown, (found.get_stage_display(), "current")]


def _inside(found):
    return {
        "contributions": Contribution.objects.filter(partner__in=found.partners.accepted()).select_related(
            "partner__organisation"
        ),
        "milestones": found.milestones.all(),
        "findings": found.findings.all(),
        "journal": found.journal.select_related("organisation")[:3],
        "review": found.reviews.first(),
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request):
    if not permissions.can_propose(request.user):
        raise PermissionDenied(gettext("Représentez d’abord une association confirmée."))
    mine = associations_of(request.user)
    first = mine.first()
    form = NewCooperationForm(
        request.POST or None,
        organisations=mine,
        initial={"organisation": first, "territories": [place.slug for place in first.territories.all()[:1]]},
    )
    if request.method == "POST" and form.is_valid():
        made = made_by(request, form, actions.propose_cooperation, **_cleaned(form))
        if made:
            messages.success(request, gettext("L’idée est partagée avec les associations du territoire."))
            return redirect(made)
    return render(request, "cooperations/cooperation_new.html", {"form": form})


def _cleaned(form):
    return {name: value for name, value in form.cleaned_data.items() if name != "territory_names"}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, slug):
    found = taking_part_or_403(request, slug)
    form = EditCooperationForm(
        request.POST or None,
        instance=Cooperation.objects.get(pk=found.pk),
        initial={
            "territories": [place.slug for place in found.territories.all()],
            "themes": [row.theme for row in found.themes.all()],
        },
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and made_by(request, form, actions.edit_cooperation, found, **_cleaned(form))
    ):
        messages.success(request, gettext("C’est enregistré."))
        return redirect(found)
    return render(request, "cooperations/cooperation_edit.html", {"cooperation": found, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def move_stage(request, slug):
    found = led_or_403(request, slug)
    stages = [*actions.NEXT.get(found.stage, ()), Cooperation.Stage.STOPPED]
    form = StageForm(request.POST or None, stages=stages)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        if made_by(
            request,
            form,
            actions.move_stage,
            found,
            stage=sent["stage"],
            words=sent["words"],
            is_private=not sent["is_told"],
        ):
            messages.success(request, gettext("C’est noté, et les partenaires le savent."))
            return redirect(found)
    return render(request, "cooperations/stage.html", {"cooperation": found, "form": form})


@login_required
@require_POST
def publish(request, slug):
    found = led_or_403(request, slug)
    published = request.POST.get("published") == "yes"
    said = gettext("Tout le monde peut la lire.") if published else gettext("Elle n’est plus publique.")
    did(request, actions.publish_cooperation, found, published=published, said=said)
    return redirect(found)
