"""Writing articles: of the national draft by its editors, of an adaptation's draft by its promoters."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.ui.forms import add_refusal

from .. import actions
from ..conflicts import TwoWords
from ..forms.texts import ArticleForm, ChangeArticleForm, MarkForm, TreatmentForm, VersionForm
from ..importing import free_key
from ..models import Article, CharterVersion
from ..permissions import can_edit_draft, can_edit_national_text
from ..working_text import read_working_text
from .texts import current_national


def draft_or_403(request, slug=None):
    """The draft being written: national, or of the adaptation ``slug``."""
    drafts = CharterVersion.objects.visible_to(request.user).drafts().select_related("adaptation", "based_on")
    drafts = drafts.filter(adaptation__slug=slug) if slug else drafts.filter(adaptation=None)
    draft = drafts.first()
    if draft is None:
        raise Http404
    if not can_edit_draft(request.user, draft):
        raise PermissionDenied
    return draft


def desk_of(version):
    """Where one comes back to, after an article."""
    if version.adaptation_id:
        return reverse("charters:workshop", args=[version.adaptation.slug])
    return reverse("charters:national-draft")


@login_required
@require_safe
def national_draft(request):
    """The editor's desk: the national draft, or how to start one."""
    if not can_edit_national_text(request.user):
        raise PermissionDenied
    draft = CharterVersion.objects.national().drafts().first()
    context = {
        "version": draft,
        "articles": draft.articles.all() if draft else [],
        "current": current_national(),
        "form": VersionForm(instance=draft) if draft else None,
    }
    return render(request, "charters/national_draft.html", context)


@login_required
@require_POST
def name_national(request):
    """The title and the source; without a source, the text says that it is a working text."""
    draft = draft_or_403(request)
    form = VersionForm(request.POST, instance=CharterVersion.objects.get(pk=draft.pk))
    if form.is_valid():
        actions.name_version(draft, actor=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, gettext("Le titre et la source sont enregistrés."))
    else:
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
    return redirect("charters:national-draft")


@login_required
@require_POST
def start_national_draft(request):
    """From the version in force; on a new platform, from the working text that ships with it."""
    current = current_national()
    title, articles = (current.title, None) if current else read_working_text()
    try:
        actions.draft_national_version(actor=request.user, at=timezone.now(), title=title, articles=articles)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("charters:national-draft")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def publish_national(request):
    """Publishing is for ever: a page says what it does before the button does it."""
    draft = draft_or_403(request)
    if request.method == "POST":
        try:
            actions.publish_national_version(draft, actor=request.user, at=timezone.now())
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect("charters:national-draft")
        messages.success(request, gettext("La version %(number)s est publiée.") % {"number": draft.number})
        return redirect("charters:charter")
    return render(request, "charters/publish_national.html", {"version": draft, "current": current_national()})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_article(request, key, slug=None):
    """Write in an article. Whoever saves over somebody else's words is shown them first, and keeps their own."""
    draft = draft_or_403(request, slug)
    article = get_object_or_404(draft.articles, key=key)
    is_inherited = draft.adaptation_id is not None and article.treatment != Article.Treatment.ADDED
    form_class = TreatmentForm if is_inherited else ChangeArticleForm
    # The form writes in its own copy: what the article said is still to be shown.
    form = form_class(request.POST or None, instance=get_object_or_404(draft.articles, key=key))
    two_words = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_article(article, actor=request.user, at=timezone.now(), **form.cleaned_data)
        except actions.ConflictingEdit as refusal:
            form.show_over(refusal.article)
            words = {name: form.cleaned_data[name] for name in ("title", "text", "plain_language")}
            two_words = TwoWords(refusal.article, **words)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, gettext("L’article est enregistré."))
            return redirect(f"{desk_of(draft)}#{key}")
    context = {
        "form": form,
        "two_words": two_words,
        "version": draft,
        "adaptation": draft.adaptation,
        "article": article,
        "parent": draft.based_on.articles.filter(key=key).first() if is_inherited else None,
        "desk": desk_of(draft),
        "can_remove": not is_inherited,
        "as_read": MarkForm(initial={"mark": article.mark}, auto_id=False),
    }
    return render(request, "charters/article_edit.html", context, status=409 if two_words else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_article(request, slug=None):
    draft = draft_or_403(request, slug)
    form = ArticleForm(request.POST or None, initial={"kind": Article.Kind.COMMITMENT})
    if request.method == "POST" and form.is_valid():
        try:
            article = actions.add_article(
                draft,
                actor=request.user,
                at=timezone.now(),
                key=free_key(form.cleaned_data["title"], set(draft.articles.values_list("key", flat=True))),
                **form.cleaned_data,
            )
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, gettext("L’article est ajouté."))
            return redirect(f"{desk_of(draft)}#{article.key}")
    context = {
        "form": form,
        "two_words": None,
        "version": draft,
        "adaptation": draft.adaptation,
        "article": None,
        "parent": None,
        "desk": desk_of(draft),
        "can_remove": False,
    }
    return render(request, "charters/article_edit.html", context)


@login_required
@require_POST
def remove_article(request, key, slug=None):
    draft = draft_or_403(request, slug)
    article = get_object_or_404(draft.articles, key=key)
    try:
        actions.remove_article(article, actor=request.user, at=timezone.now(), mark=_mark_of(request))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, gettext("L’article « %(title)s » est retiré du projet.") % {"title": article.title})
    return redirect(desk_of(draft))


@login_required
@require_POST
def confirm_plain_language(request, key, slug=None):
    """The summary still says what the changed article says."""
    draft = draft_or_403(request, slug)
    article = get_object_or_404(draft.articles, key=key)
    try:
        actions.confirm_plain_language(article, actor=request.user, at=timezone.now(), mark=_mark_of(request))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, gettext("Le langage clair est à jour."))
    return redirect(f"{desk_of(draft)}#{key}")


def _mark_of(request):
    """What the article was on the page that this button was on; None where it does not say."""
    form = MarkForm(request.POST)
    return form.cleaned_data["mark"] if form.is_valid() else None
