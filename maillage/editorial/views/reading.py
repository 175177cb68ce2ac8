"""Reading later, comments, who edits what."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.organisations.audiences import reader_of
from maillage.territories.models import Territory
from maillage.ui.gestures import did, made_by

from .. import actions, permissions
from ..forms import CommentForm, EditorForm
from ..models import CaseStudy, Comment, Editor, Guide, GuideChapter, NewsPage, SavedPage

READABLE = (CaseStudy, GuideChapter, NewsPage, Guide)


def page_or_404(request, pk):
    """A page that this person may read and that is one of ours."""
    for model in READABLE:
        found = model.objects.visible_to(request.user).filter(pk=pk).first()
        if found is not None:
            return found
    raise Http404


@require_safe
def reading_list(request):
    kept = SavedPage.objects.visible_to(request.user)
    pages = {}
    for model in READABLE:
        rows = model.objects.visible_to(request.user).filter(pk__in=kept.values("page"))
        pages |= {row.pk: row for row in rows}
    shown = [(one, pages[one.page_id]) for one in kept if one.page_id in pages]
    return render(request, "editorial/reading_list.html", {"kept": shown})


@login_required
@require_POST
def keep(request, pk):
    page = page_or_404(request, pk)
    if request.POST.get("keep") == "no":
        did(request, actions.let_go, page, said=gettext("Retirée de vos pages à lire."))
    else:
        did(request, actions.keep_for_later, page, said=gettext("Gardée dans vos pages à lire."))
    return redirect(page)


@login_required
@require_POST
def say(request, pk):
    page = page_or_404(request, pk)
    form = CommentForm(request.POST)
    if form.is_valid():
        said = gettext("Merci. Quelqu’un le relit avant qu’il ne paraisse.")
        did(request, actions.comment, page, text=form.cleaned_data["text"], said=said)
    else:
        messages.error(request, gettext("Écrivez votre commentaire : mille cinq cents signes au plus."))
    return redirect(page)


@login_required
@require_safe
def comments(request):
    """What waits to be read, what looks unwanted last."""
    if not permissions.can_moderate(request.user):
        raise PermissionDenied(gettext("C’est à la rédaction de le faire."))
    waiting = Comment.objects.filter(state=Comment.State.WAITING).select_related("page")
    waiting = waiting.order_by("looks_like_spam", "written_at")[:100]
    return render(request, "editorial/comments.html", {"waiting": waiting})


@login_required
@require_POST
def settle(request, pk):
    if not permissions.can_moderate(request.user):
        raise PermissionDenied(gettext("C’est à la rédaction de le faire."))
    said = get_object_or_404(Comment, pk=pk)
    show = request.POST.get("show") == "yes"
    words = gettext("Le commentaire est publié.") if show else gettext("Le commentaire est écarté.")
    did(request, actions.settle_comment, said, show=show, said=words)
    return redirect("editorial:comments")


def _editors_or_403(request):
    if not (request.user.is_superuser or reader_of(request.user).is_editor):
        raise PermissionDenied(gettext("C’est à l’édition nationale de le faire."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def editors(request):
    """Who edits what; entrusting a subject to somebody."""
    _editors_or_403(request)
    form = EditorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        code = sent["territory"].strip().lower()
        place = Territory.objects.filter(slug=code).first() if code else None
        if code and place is None:
            form.add_error("territory", gettext("Aucun territoire n’a ce code."))
        elif made_by(
            request,
            form,
            actions.appoint_editor,
            sent["email"],
            subject=sent["subject"],
            territory=place,
            may_publish=sent["may_publish"],
        ):
            messages.success(request, gettext("C’est fait. Le back-office lui demandera un second moyen de preuve."))
            return redirect("editorial:editors")
    rows = Editor.objects.select_related("user", "territory").order_by("subject", "pk")
    return render(request, "editorial/editors.html", {"form": form, "editors": rows})


@login_required
@require_POST
def end_editor(request, pk):
    _editors_or_403(request)
    editor = get_object_or_404(Editor, pk=pk)
    did(request, actions.end_editor, editor, said=gettext("Cette personne n’édite plus ce sujet."))
    return redirect("editorial:editors")
