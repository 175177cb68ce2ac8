"""One article of a text opened to a group: its words, what is proposed, what is said."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from maillage.ui.forms import add_refusal

from .. import actions
from ..forms import CommentForm
from ..models import Comment
from ..queries import articles_of
from .reaching import about, conversations, speaking_or_403, workshop_or_404


@login_required
@require_safe
def article(request, slug, pk, key):
    """Also where the text no longer has the article: what was proposed of it stays readable."""
    workshop = workshop_or_404(request, slug, pk)
    return render(request, "drafting/article.html", _article_page(request, workshop, key))


def _article_page(request, workshop, key):
    context = about(request, workshop)
    row = next((row for row in articles_of(workshop)[0] if row.key == key), None)
    if row is None:
        raise Http404
    return context | {"row": row, **conversations(request.user, workshop, row, context)}


def _place(workshop, comment):
    """Where a comment is read."""
    if comment.article_key:
        where = reverse("drafting:article", args=[workshop.group.slug, workshop.pk, comment.article_key])
    else:
        where = workshop.get_absolute_url()
    return f"{where}#commentaire-{comment.pk}"


@login_required
@require_POST
def comment(request, slug, pk):
    workshop = workshop_or_404(request, slug, pk)
    voices = speaking_or_403(request, workshop)
    form = CommentForm(request.POST, voices=voices)
    if form.is_valid():
        said = dict(form.cleaned_data)
        parent = said.pop("parent")
        if parent:
            parent = get_object_or_404(Comment.objects.filter(workshop=workshop), pk=parent)
        try:
            made = actions.make_comment(workshop, parent=parent, actor=request.user, at=timezone.now(), **said)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, gettext("C’est dit."))
            return redirect(_place(workshop, made))
    context = {"group": workshop.group, "workshop": workshop, "version": workshop.version, "form": form}
    return render(request, "drafting/comment.html", context, status=409)


@login_required
@require_POST
def resolve(request, slug, pk, number):
    """The conversation is settled; an answer opens it again."""
    workshop = workshop_or_404(request, slug, pk)
    found = get_object_or_404(Comment.objects.filter(workshop=workshop, parent=None), pk=number)
    try:
        actions.resolve_comment(found, actor=request.user, at=timezone.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect(_place(workshop, found))
