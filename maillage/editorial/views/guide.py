"""The guide: its contents, a chapter, and the whole of it to take away."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.organisations.audiences import anybody
from maillage.ui.page_cache import kept_for_visitors
from maillage.ui.pdf import pdf_response

from .. import guide as assembled
from .. import queries
from ..blocks_of import of_body
from ..editions import edition
from ..models import CaseStudy, Guide, GuideChapter
from ..models.pages import section
from .cases import reading_tools, words_of


def _head_or_404():
    """The guide, once it is published: neither its page nor its files exist before."""
    head = section(Guide)
    if head is None or not head.live:
        raise Http404
    return head


def _selection_or_404(request):
    asked = {name: request.GET.get(name, "")[:80].replace("\x00", "") for name in ("territoire", "reseau")}
    chosen = assembled.selection(asked["territoire"], asked["reseau"])
    if chosen is None:
        raise Http404
    return chosen


@require_safe
@kept_for_visitors()
def guide(request):
    """What the guide is, and its contents."""
    head = _head_or_404()
    chosen = _selection_or_404(request)
    context = {
        "page": head,
        "chosen": chosen,
        "chapters": assembled.chapters(),
        "blocks": of_body(head.body),
        "places": queries.places_of(CaseStudy.objects.visible_to(anybody()).live()),
        "notes": assembled.notes(),
        **reading_tools(request, head),
    }
    return render(request, "editorial/guide.html", context)


@require_safe
@kept_for_visitors()
def chapter(request, slug):
    found = get_object_or_404(GuideChapter.objects.visible_to(request.user), slug=slug)
    chosen, words, all_chapters = _selection_or_404(request), words_of(found), assembled.chapters()
    numbers = [one.pk for one in all_chapters]
    place = numbers.index(found.pk) if found.pk in numbers else None
    context = {
        "page": words,
        "chosen": chosen,
        "chapters": all_chapters,
        "blocks": assembled.blocks_of_chapter(words, chosen),
        "before": all_chapters[place - 1] if place else None,
        "after": all_chapters[place + 1] if place is not None and place + 1 < len(all_chapters) else None,
        **reading_tools(request, found),
    }
    return render(request, "editorial/chapter.html", context)


def _edition(request, kind):
    _head_or_404()
    return edition(assembled.document(_selection_or_404(request), at=timezone.now()), kind)


@require_safe
def guide_pdf(request):
    return pdf_response(_edition(request, "pdf"), "guide.pdf")


@require_safe
def guide_epub(request):
    response = HttpResponse(_edition(request, "epub"), content_type="application/epub+zip")
    response["Content-Disposition"] = 'attachment; filename="guide.epub"'
    return response
