"""Case studies: the list, one of them, the feed; telling a cooperation, taking a case up here."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.cooperations.models import CaseStudyDraft, Cooperation
from maillage.organisations.audiences import reader_of
from maillage.organisations.queries import associations_of
from maillage.ui.gestures import made_by
from maillage.ui.page_cache import kept_for_visitors
from maillage.ui.pagination import BoundedPaginator

from .. import actions, permissions, queries
from ..forms import CaseFilterForm, CommentForm, CopyForm
from ..models import CasesSection, CaseStudy, Comment, SavedPage
from ..models.pages import section


def narrowed(request, cases):
    """(cases narrowed by what was asked, the form)."""
    form = CaseFilterForm(request.GET or None, places=queries.places_of(cases))
    asked = _asked(form) if form.is_bound else {}
    found = cases.matching(asked.get("q", ""))
    for field, name in (("theme", "themes"), ("form", "forms")):
        if asked.get(field):
            found = found.about(name, asked[field])
    for field, side in (("frein", "brake"), ("levier", "lever")):
        if asked.get(field):
            found = found.showing(side, asked[field])
    if asked.get("territoire"):
        found = found.filter(places__territory__slug=asked["territoire"])
    return found.distinct(), form


def _asked(form):
    """What was asked and is known; an unknown value narrows nothing, and is not told off."""
    form.is_valid()
    return {name: value for name, value in form.cleaned_data.items() if "\x00" not in value}


CODE = r"[a-z_]{0,20}"


@require_safe
@kept_for_visitors(page=r"\d{1,3}", theme=CODE, form=CODE, frein=CODE, levier=CODE, q="", territoire="")
def case_list(request):
    published = CaseStudy.objects.visible_to(request.user).live()
    cases, form = narrowed(request, published)
    drafts = CaseStudy.objects.none()
    if request.user.is_authenticated and not reader_of(request.user).is_public_partner:
        drafts = CaseStudy.objects.visible_to(request.user).filter(live=False).order_by("-latest_revision_created_at")
    context = {
        "section": section(CasesSection),
        "page": BoundedPaginator(
            queries.with_all(cases.order_by("to_complete", "-first_published_at", "-pk")), 20
        ).get_page(request.GET.get("page")),
        "form": form,
        "drafts": drafts[:50],
        "may_appoint": request.user.is_superuser or reader_of(request.user).is_editor,
    }
    return render(request, "editorial/case_list.html", context)


def words_of(case):
    """What is published; of a draft, its latest words."""
    return case if case.live else case.get_latest_revision_as_object()


@require_safe
@kept_for_visitors()
def case(request, slug):
    found = get_object_or_404(queries.with_all(CaseStudy.objects.visible_to(request.user)), slug=slug)
    user, words = request.user, words_of(found)
    context = {
        "page": words,
        "similar": queries.similar_to(found, user) if found.live else [],
        "may_edit": permissions.can_edit(user, words),
        "may_copy": found.live and not found.to_complete and bool(reader_of(user).association_ids),
        "has_changes": found.has_unpublished_changes and permissions.can_edit(user, words),
        **reading_tools(request, found),
    }
    return render(request, "editorial/case.html", context)


def reading_tools(request, page):
    """What every page that is read has at its foot: keeping it, comments where they are open."""
    user = request.user
    comments = Comment.objects.visible_to(user).filter(page_id=page.pk)
    return {
        "is_preview": False,
        "is_draft": not page.live,
        "is_kept": user.is_authenticated and SavedPage.objects.visible_to(user).filter(page_id=page.pk).exists(),
        "comments": [one for one in comments if one.state != Comment.State.REFUSED] if page.comments_open else [],
        "comment_form": CommentForm() if page.comments_open and user.is_authenticated else None,
    }


@login_required
@require_POST
def tell(request, slug):
    """From the story of a cooperation: a draft for the editors."""
    visible = Cooperation.objects.visible_to(request.user)
    found = get_object_or_404(visible, slug=slug)
    if not permissions.can_tell(request.user, found):
        raise PermissionDenied(gettext("C’est aux partenaires de cette coopération de le faire."))
    story = get_object_or_404(CaseStudyDraft, cooperation=found)
    try:
        made = actions.tell_cooperation(story, actor=request.user, at=timezone.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("cooperations:story", slug=slug)
    messages.success(
        request,
        gettext("La rédaction a votre récit. Rien n’est publié : chaque organisation nommée donnera son accord."),
    )
    return redirect(made)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def copy(request, slug):
    """'We could do this here': an idea of a cooperation, on one's own territory."""
    found = get_object_or_404(CaseStudy.objects.visible_to(request.user).live(), slug=slug)
    organisations = associations_of(request.user)
    if not organisations:
        raise PermissionDenied(gettext("Il faut représenter une association confirmée."))
    form = CopyForm(request.POST or None, organisations=organisations)
    if request.method == "POST" and form.is_valid():
        made = made_by(
            request,
            form,
            actions.copy_into_cooperation,
            found,
            organisation=form.cleaned_data["organisation"],
            territories=form.cleaned_data["territories"],
        )
        if made:
            messages.success(request, gettext("L’idée est partagée. Les mots viennent de la pratique : à vous."))
            return redirect(made)
    return render(request, "editorial/copy.html", {"page": found, "form": form})
