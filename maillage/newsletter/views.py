"""Asking for the letter of a territory; reading those that left; composing and sending."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.territories.models import Territory
from maillage.ui.gestures import did, made_by
from maillage.ui.pagination import BoundedPaginator

from . import actions, permissions, queries
from .forms import AskForm, LetterForm, SearchForm
from .links import open_confirm_link
from .models import Letter

PLACE = "territoire"
A_PAGE = 30
MOST_PLACES = 12


def _place(request):
    slug = request.GET.get(PLACE, "")[:40]
    return Territory.objects.filter(slug__iexact=slug).first() if slug else None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request):
    """`?territoire=` whose letter; the same answer whether the address is known or not."""
    territory, search = _place(request), SearchForm(request.GET)
    form = AskForm(request.POST or None) if territory else None
    if form is not None and request.method == "POST" and form.is_valid():
        actions.ask(form.cleaned_data["email"], [territory], language=get_language()[:2], at=timezone.now())
        return render(request, "newsletter/asked.html", {"territory": territory})
    text = search.cleaned_data["q"] if search.is_valid() else ""
    context = {
        "territory": territory,
        "form": form,
        "search": search,
        "text": text,
        "places": list(Territory.objects.matching(text)[:MOST_PLACES]) if text and not territory else [],
        "page": BoundedPaginator(queries.sent_letters(territory), A_PAGE).get_page(request.GET.get("page")),
        "writes": permissions.writes_somewhere(request.user),
    }
    return render(request, "newsletter/ask.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, link):
    """The link of the mail: one button, so that a mail program that opens links confirms nothing."""
    opened = open_confirm_link(link, at=timezone.now())
    if request.method == "POST":
        try:
            territories = actions.confirm(link, at=timezone.now())
        except ValidationError:
            opened = None
        else:
            return render(request, "newsletter/confirmed.html", {"territories": territories})
    territories = Territory.objects.filter(pk__in=opened[1]) if opened else []
    context = {"is_good": opened is not None, "territories": territories}
    return render(request, "newsletter/confirm.html", context, status=200 if opened else 410)


def letter_or_404(request, slug):
    found = Letter.objects.visible_to(request.user).select_related("territory")
    return get_object_or_404(found, slug=slug)


@require_safe
def letter(request, slug):
    found = letter_or_404(request, slug)
    writes = permissions.can_write(request.user, found.territory) and not found.sent_at
    number = queries.recipients(found.territory).count() if writes else 0
    return render(request, "newsletter/letter.html", {"letter": found, "writes": writes, "number": number})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def compose(request):
    """`?territoire=` whose letter; what is public there since the last one is proposed, ticked."""
    places = list(queries.places_to_write(request.user))
    if not places:
        raise PermissionDenied(gettext("La lettre d’un territoire est écrite par sa coordination et l’édition."))
    territory = _place(request) or places[0]
    if not permissions.can_write(request.user, territory):
        raise PermissionDenied(gettext("La lettre de ce territoire n’est pas la vôtre."))
    return _written(request, territory, None, places)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request, slug):
    found = letter_or_404(request, slug)
    if found.sent_at or not permissions.can_write(request.user, found.territory):
        raise PermissionDenied(gettext("Une lettre partie ne change plus."))
    return _written(request, found.territory, found, [])


def _written(request, territory, found, places):
    proposed = queries.proposed(territory, at=timezone.now())
    kept = [item["url"] for item in (found.items if found else proposed)]
    initial = {"items": kept, "title": found.title if found else territory.name}
    form = LetterForm(request.POST or None, instance=found, initial=initial, proposed=proposed)
    if request.method == "POST" and form.is_valid():
        written = made_by(request, form, actions.compose, territory, **form.cleaned_data, letter=found)
        if written:
            messages.success(request, gettext("La lettre est prête à relire."))
            return redirect(written)
    context = {"territory": territory, "form": form, "places": places, "letter": found}
    return render(request, "newsletter/compose.html", context)


@login_required
@require_POST
def try_out(request, slug):
    found = letter_or_404(request, slug)
    did(request, actions.try_out, found, said=gettext("Elle part à votre adresse, et à elle seule."))
    return redirect(found)


@login_required
@require_POST
def send(request, slug):
    found = letter_or_404(request, slug)
    did(request, actions.send, found, said=gettext("Elle est partie."))
    return redirect(found)
