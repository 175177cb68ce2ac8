"""One box for the whole site."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from . import queries
from .forms import SearchForm

A_PAGE = 20


@require_safe
def search(request):
    """Everything that answers, kind by kind; with a kind, all of it, page by page."""
    form = SearchForm(request.GET)
    form.is_valid()
    wanted = form.cleaned_data
    text, kind, place = wanted.get("q", ""), wanted.get("kind", ""), wanted.get("territory")
    context = {"form": form, "q": text, "kind": kind, "place": place}
    if not text or form.errors:
        return render(request, "search/search.html", context)
    if kind:
        return _of_one_kind(request, context)
    context["groups"] = queries.groups_for(request.user, text, place=place)
    return render(request, "search/search.html", context)


def _of_one_kind(request, context):
    kind, text, place = context["kind"], context["q"], context["place"]
    question, found = queries.list_of(request.user, text, kind=kind, place=place)
    page = Paginator(found.pks, A_PAGE).get_page(request.GET.get("page"))
    hits = queries.hits_of(found, question, list(page))
    context |= {"found": found, "source": found.source, "page": page, "hits": hits, "most": queries.MOST}
    return render(request, "search/of_one_kind.html", context)
