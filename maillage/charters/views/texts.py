"""Reading the charter: the text in force, its versions, what changed between two, its history."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from maillage.ui.page_cache import kept_for_visitors
from maillage.ui.pdf import pdf_response

from ..differences import compare_versions
from ..documents import charter_pdf
from ..models import CharterVersion, Signature


def current_national():
    """The national version in force, or None before the first one."""
    return CharterVersion.objects.national().in_force().with_signature_count().first()


@require_safe
@kept_for_visitors()
def charter(request):
    return _show(request, current_national())


def _show(request, version):
    """A national version (None before the first one), with what stands beside it."""
    behind = Signature.objects.behind().filter(version__adaptation=None)
    earlier = behind.count() if version and version.is_open_for_signature else 0
    context = {
        "version": version,
        "versions": CharterVersion.objects.national().published().order_by("-number"),
        "articles": version.articles.all() if version else [],
        "adaptation_count": CharterVersion.objects.exclude(adaptation=None).in_force().count(),
        "earlier_count": earlier,
        "share": {"done": version.signature_count, "all": version.signature_count + earlier} if earlier else None,
    }
    return render(request, "charters/charter.html", context)


@require_safe
@kept_for_visitors()
def version(request, number):
    version = get_object_or_404(
        CharterVersion.objects.national().visible_to(request.user).with_signature_count(), number=number
    )
    return _show(request, version)


@require_safe
@kept_for_visitors()
def version_differences(request, before, after):
    national = CharterVersion.objects.national().visible_to(request.user)
    old, new = get_object_or_404(national, number=before), get_object_or_404(national, number=after)
    differences = compare_versions(list(old.articles.all()), list(new.articles.all()))
    context = {"before": old, "after": new, "differences": differences}
    return render(request, "charters/version_differences.html", context)


@require_safe
def pdf(request):
    version = current_national()
    if version is None:
        raise Http404
    return pdf_response(charter_pdf(version), f"charte-version-{version.number}.pdf")


@require_safe
@kept_for_visitors()
def history(request):
    return render(request, "charters/history.html")
