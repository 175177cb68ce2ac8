"""Looking back on a cooperation, and its story."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.ui.forms import add_refusal
from maillage.ui.gestures import did

from .. import actions, permissions, queries
from ..forms import ClosingReviewForm, PaperForm, ReviewForm, StoryForm
from ..models import CaseStudyDraft, ReviewAnswer
from .cooperations import cooperation_or_404, led_or_403, taking_part_or_403


def _inside_or_403(request, slug):
    found = cooperation_or_404(request, slug)
    if not permissions.is_inside(request.user, found):
        raise PermissionDenied(gettext("Ces pages sont celles des partenaires."))
    return found


@login_required
@require_safe
def review(request, slug):
    """The open look back and one's own answer; the closed ones, counted from five answers on."""
    found = _inside_or_403(request, slug)
    reviews = list(found.reviews.all())
    current = next((one for one in reviews if one.closed_at is None), None)
    mine = list(permissions.mine_in(request.user, found))
    may_answer = current is not None and found.is_living
    given = {}
    if current:
        rows = ReviewAnswer.objects.visible_to(request.user).filter(review=current)
        given = {answer.organisation_id: answer for answer in rows}
    context = {
        "cooperation": found,
        "current": current,
        "answered": current.answers.count() if current else 0,
        "forms": [(one, _form(one, given), one.organisation_id in given) for one in mine if may_answer],
        "paper_form": PaperForm(prefix="paper"),
        "closing_form": ClosingReviewForm(),
        "may_lead": permissions.can_lead(request.user, found),
        "may_close": any(one.role == "lead" for one in mine),
        "closed": [(one, queries.review_counts(one), queries.review_words(one)) for one in reviews if one.closed_at],
        "least": queries.LEAST_ANSWERS,
    }
    return render(request, "cooperations/review.html", context)


def _form(partner, given):
    return ReviewForm(prefix=f"o{partner.pk}", instance=given.get(partner.organisation_id))


@login_required
@require_POST
def open_review(request, slug):
    found = led_or_403(request, slug)
    did(request, actions.open_review, found, said=gettext("Chaque partenaire est invité à donner son regard."))
    return redirect("cooperations:review", slug=slug)


@login_required
@require_POST
def answer_review(request, slug, pk):
    found = taking_part_or_403(request, slug)
    partner = get_object_or_404(permissions.mine_in(request.user, found), pk=pk)
    current = get_object_or_404(found.reviews, closed_at=None)
    form = ReviewForm(request.POST, prefix=f"o{partner.pk}")
    if not form.is_valid():
        messages.error(request, gettext("Répondez aux quatre questions."))
        return redirect("cooperations:review", slug=slug)
    said = gettext("Merci. Vous pouvez changer votre réponse jusqu’à la clôture.")
    sent = form.cleaned_data
    did(request, actions.answer_review, current, organisation=partner.organisation, said=said, **sent)
    return redirect("cooperations:review", slug=slug)


@login_required
@require_POST
def paper_answer(request, slug):
    found = led_or_403(request, slug)
    current = get_object_or_404(found.reviews, closed_at=None)
    form = PaperForm(request.POST, prefix="paper")
    if not form.is_valid():
        messages.error(request, gettext("Répondez aux quatre questions."))
        return redirect("cooperations:review", slug=slug)
    said = gettext("La feuille est comptée.")
    did(request, actions.enter_resident_answer, current, said=said, **form.cleaned_data)
    return redirect("cooperations:review", slug=slug)


@login_required
@require_POST
def close_review(request, slug):
    found = _partner_or_403(request, slug)
    if not permissions.mine_in(request.user, found).filter(role="lead").exists():
        raise PermissionDenied(gettext("C’est aux partenaires de cette coopération de le faire."))
    current = get_object_or_404(found.reviews, closed_at=None)
    form = ClosingReviewForm(request.POST)
    if form.is_valid():
        did(request, actions.close_review, current, said=gettext("Le regard est clos."), **form.cleaned_data)
    else:
        messages.error(request, gettext("C’est trop long : deux mille signes au plus."))
    return redirect("cooperations:review", slug=slug)


def _partner_or_403(request, slug):
    """Told or not, its partners write its story: it may have ended."""
    found = cooperation_or_404(request, slug)
    if not permissions.mine_in(request.user, found).exists():
        raise PermissionDenied(gettext("C’est aux partenaires de cette coopération de le faire."))
    return found


@login_required
@require_POST
def prepare_story(request, slug):
    found = _partner_or_403(request, slug)
    done = did(request, actions.prepare_story, found, said=gettext("Le récit est préparé. À vous de l’écrire."))
    return redirect("cooperations:story", slug=slug) if done else redirect(found)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def story(request, slug):
    """The story on the guide's grid, to write on; what somebody else saved meanwhile is shown."""
    found = _partner_or_403(request, slug)
    draft = get_object_or_404(CaseStudyDraft, cooperation=found)
    form = StoryForm(request.POST or None, instance=draft, initial={"number": draft.number})
    theirs, status = None, 200
    if request.method == "POST" and form.is_valid():
        sent = dict(form.cleaned_data)
        try:
            actions.edit_story(draft, number=sent.pop("number"), actor=request.user, at=timezone.now(), **sent)
        except actions.StoryHasChanged as refusal:
            theirs, status = refusal.story, 409
            form.data = form.data.copy()
            form.data["number"] = str(theirs.number)
            form.add_error(None, refusal)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, gettext("C’est enregistré."))
            return redirect("cooperations:story", slug=slug)
    changed = []
    if theirs:
        for name in CaseStudyDraft.FIELDS:
            if getattr(theirs, name) != form.cleaned_data.get(name):
                changed.append((form.fields[name].label, getattr(theirs, name)))
    context = {"cooperation": found, "form": form, "changed": changed}
    return render(request, "cooperations/story.html", context, status=status)


@login_required
@require_safe
def story_file(request, slug):
    """The story as Markdown, to take away."""
    found = _partner_or_403(request, slug)
    draft = get_object_or_404(CaseStudyDraft, cooperation=found)
    parts = [f"# {found.title}"]
    for name in CaseStudyDraft.FIELDS:
        label = str(CaseStudyDraft._meta.get_field(name).verbose_name)
        parts.append(f"## {label[0].upper()}{label[1:]}\n\n{getattr(draft, name)}".rstrip())
    response = HttpResponse("\n\n".join(parts) + "\n", content_type="text/markdown; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.slug}.md"'
    return response
