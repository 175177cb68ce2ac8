"""Reading the watch; keeping a link; bookmark files in and out."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.syndication.views import Feed
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.organisations.audiences import anybody
from maillage.ui.forms import add_refusal
from maillage.ui.gestures import did
from maillage.ui.page_cache import kept_for_visitors
from maillage.ui.pagination import BoundedPaginator

from . import actions, bookmarks, permissions, queries
from .forms import BringForm, LinkForm, SearchForm
from .models import Link, LinkImport

A_PAGE = 40
A_FEED = 50


@require_safe
@kept_for_visitors(page=r"[1-9]\d{0,2}")
def links(request):
    """What was read, the latest first; `?q=` words, `?tag=` one word to find by."""
    form = SearchForm(request.GET)
    told = form.cleaned_data if form.is_valid() else {"q": "", "tag": "", "etat": ""}
    keeps = permissions.can_keep(request.user)
    found = queries.listed(request.user, text=told["q"], tag=told["tag"], status=told["etat"] if keeps else "")
    context = {
        "form": form,
        "page": BoundedPaginator(found, A_PAGE).get_page(request.GET.get("page")),
        "tag": told["tag"],
        "is_filtered": any(told.values()),
        "tags": queries.tag_counts(request.user),
        "keeps": keeps,
    }
    return render(request, "watch/links.html", context)


@require_safe
def link(request, uuid):
    found = get_object_or_404(Link.objects.visible_to(request.user), uuid=uuid)
    return render(request, "watch/link.html", {"link": found, "keeps": permissions.can_keep(request.user)})


def _team_or_403(request):
    if not permissions.can_keep(request.user):
        raise PermissionDenied(gettext("La veille est tenue par l’édition et les coordinations."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request):
    """`?url=…&title=…`: what the gesture of the browser sends; nothing is kept before the button."""
    _team_or_403(request)
    asked = {"url": request.GET.get("url", "")[:700], "title": request.GET.get("title", "")[:250]}
    initial = {**asked, "status": Link.Status.TO_READ}
    form = LinkForm(request.POST or None, initial=initial)
    address = f"{settings.SITE_ADDRESS}{reverse('watch:add')}"
    told = "?url='+encodeURIComponent(location.href)+'&title='+encodeURIComponent(document.title)"
    gesture = f"javascript:location.href='{address}{told}"
    return _written(request, form, None, gesture=gesture)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request, uuid):
    _team_or_403(request)
    found = get_object_or_404(Link.objects.visible_to(request.user), uuid=uuid)
    return _written(request, LinkForm(request.POST or None, instance=found), found)


def _written(request, form, found, **context):
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.keep_link(form.filled(), actor=request.user, at=timezone.now())
        except actions.AlreadyKept as known:
            messages.warning(request, gettext("Ce lien est déjà dans la veille : le voici."))
            return redirect(known.link)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, gettext("C’est gardé."))
            return redirect(kept)
    return render(request, "watch/write.html", {"form": form, "link": found, **context})


@login_required
@require_POST
def drop(request, uuid):
    _team_or_403(request)
    found = get_object_or_404(Link.objects.visible_to(request.user), uuid=uuid)
    did(request, actions.drop_link, found, said=gettext("Le lien n’est plus dans la veille."))
    return redirect("watch:links")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request):
    """A bookmark file: all of it or nothing; what is refused is said, line by line."""
    _team_or_403(request)
    form = BringForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        told = {"name": form.cleaned_data["file"].name, "even_if_cut": form.cleaned_data["even_if_cut"]}
        try:
            brought, number = actions.bring_links(form.found, **told, actor=request.user, at=timezone.now())
        except ValidationError as refusal:
            form.add_error("file", refusal)
        else:
            known = len(form.found.bookmarks) - number
            context = {"brought": brought, "number": number, "known": known, "found": form.found}
            return render(request, "watch/brought.html", context)
    return render(request, "watch/bring.html", {"form": form})


@login_required
@require_POST
def undo(request, uuid):
    _team_or_403(request)
    brought = get_object_or_404(LinkImport, uuid=uuid)
    number = actions.undo_import(brought, actor=request.user, at=timezone.now())
    messages.success(request, gettext("%(number)s liens retirés.") % {"number": number})
    return redirect("watch:links")


@require_safe
def take_away(request):
    """All that this person may read, as browsers and Shaarli read it."""
    found = queries.listed(request.user)[: queries.MOST_LINKS]
    lines = bookmarks.write(found.iterator(chunk_size=500), title=gettext("Veille"))
    response = StreamingHttpResponse(lines, content_type="text/html; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="veille.html"'
    return response


class LinksFeed(Feed):
    """The last public links, as Atom."""

    feed_type = Atom1Feed

    def title(self):
        return gettext("Veille")

    def link(self):
        return reverse("watch:links")

    def items(self):
        return queries.listed(anybody())[:A_FEED]

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return item.note

    def item_pubdate(self, item):
        return item.added_at

    item_updateddate = item_pubdate


links_feed = require_safe(LinksFeed())
