"""What residents meet: no account, no name, no cookie, five languages.

These pages carry no token against forged requests: a form that is sent from elsewhere acts in nobody's name, since
nobody is known here (docs/decisions/0035). Browsers that say where a request comes from are asked all the same.
"""

from functools import wraps

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.territories.models import Territory
from maillage.ui.forms import add_refusal
from maillage.ui.page_cache import kept_for_visitors
from maillage.ui.pagination import BoundedPaginator
from maillage.ui.pdf import pdf_response
from maillage.ui.robots import is_caught

from .. import actions, queries
from ..codes import code_of
from ..documents import answers_sheet, poster_of
from ..forms.residents import CodeForm, PlaceForm, VoiceForm
from ..languages import LANGUAGES, in_own_language
from ..models import VoiceRecording

A_PAGE = 20


def from_here(view):
    """Refuses what a browser says another site made it send."""

    @wraps(view)
    def marked(request, *args, **kwargs):
        if request.method == "POST" and request.headers.get("Sec-Fetch-Site") == "cross-site":
            raise PermissionDenied(gettext("Ce formulaire s’envoie depuis sa propre page."))
        return view(request, *args, **kwargs)

    return marked


def _page(request, template, context, status=200):
    return render(
        request,
        f"participation/residents/{template}.html",
        {"own_language": request.own_language, "languages": LANGUAGES, **context},
        status=status,
    )


@require_safe
@kept_for_visitors(langue="[a-z]{2}")
@in_own_language
def places(request):
    """Where do you live?"""
    form = PlaceForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    found = list(queries.listened_places(text))
    return _page(request, "places", {"form": form, "places": found, "text": text})


@require_safe
@kept_for_visitors(langue="[a-z]{2}", page=r"[1-9]\d?")
@in_own_language
def voices(request, slug):
    """What was said in a neighbourhood, what was answered; the way to say something."""
    territory = get_object_or_404(Territory, slug=slug)
    page = BoundedPaginator(queries.shown_needs(territory), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "territory": territory,
        "is_listened": queries.is_listened(territory),
        "counts": queries.counts_of(territory),
        "page": page,
        "today": timezone.localdate(),
    }
    return _page(request, "voices", context)


@csrf_exempt
@never_cache
@from_here
@require_http_methods(["GET", "HEAD", "POST"])
@in_own_language
def speak(request, slug):
    """Say something: words or a voice note. The answer shows the code, once."""
    territory = get_object_or_404(Territory, slug=slug)
    if not queries.is_listened(territory):
        return _page(request, "nobody_listens", {"territory": territory})
    form = VoiceForm(request.POST or None, request.FILES or None)
    is_robot = request.method == "POST" and is_caught(request.POST)
    if request.method == "POST" and not is_robot and form.is_valid():
        voice = _deposit(request, form, territory)
        if voice:
            return _page(request, "said", {"territory": territory, "voice": voice, "code": code_of(voice.key)})
    form.refresh_when_opened()
    context = {"territory": territory, "form": form, "is_robot": is_robot}
    return _page(request, "speak", context, status=422 if is_robot or form.errors else 200)


def _deposit(request, form, territory):
    try:
        return actions.deposit_voice(
            territory, **form.cleaned_data, language=request.own_language.code, at=timezone.now()
        )
    except ValidationError as refusal:
        add_refusal(form, refusal)
        return None


@csrf_exempt
@never_cache
@from_here
@require_http_methods(["GET", "HEAD", "POST"])
@in_own_language
def follow(request):
    """With their code, a resident finds what became of their words. The code is never in an address."""
    form = CodeForm(request.POST or None)
    voice = None
    if request.method == "POST" and form.is_valid():
        voice = queries.voice_of(form.cleaned_data["code"])
        if voice is None:
            form.add_error("code", gettext("Aucune parole n’a ce code. Il a dix lettres et chiffres."))
    if voice is None:
        return _page(request, "follow", {"form": form}, status=422 if form.errors else 200)
    context = {"voice": voice, "need": voice.need, "code": form.cleaned_data["code"], "today": timezone.localdate()}
    return _page(request, "followed", context)


@csrf_exempt
@never_cache
@from_here
@require_POST
@in_own_language
def take_back(request):
    """A resident takes their words back: asked twice, then deleted at once."""
    form = CodeForm(request.POST)
    if not form.is_valid() or queries.voice_of(form.cleaned_data["code"]) is None:
        return _page(request, "taken_back", {"was_there": False})
    if "sure" not in request.POST:
        return _page(request, "take_back", {"code": form.cleaned_data["code"]})
    return _page(request, "taken_back", {"was_there": actions.take_back(form.cleaned_data["code"])})


@require_safe
def poster(request):
    """`?territoire=` the code of a neighbourhood: its poster with a QR code. `&format=a3` for a hall."""
    code = request.GET.get("territoire", "")[:12]
    found = Territory.objects.filter(code__iexact=code).order_by("-vintage").first() if code else None
    if found is None:
        raise Http404
    paper = "a3" if request.GET.get("format") == "a3" else "a4"
    return pdf_response(poster_of(found, paper=paper), f"paroles-{found.slug}-{paper}.pdf")


@require_safe
def answers(request, slug):
    """What was answered, to print and hang in the hall: what is shown to all alone, whoever asks."""
    territory = get_object_or_404(Territory, slug=slug)
    content = answers_sheet(territory, today=timezone.localdate())
    if content is None:
        raise Http404
    return pdf_response(content, f"reponses-{territory.slug}.pdf")


@require_safe
def sound(request, uuid):
    """A voice note, for who writes it down, or for all where its resident agreed."""
    found = VoiceRecording.objects.visible_to(request.user)
    recording = get_object_or_404(found, voice__uuid=uuid)
    response = FileResponse(recording.file.open("rb"), content_type=recording.media_type)
    response["Content-Disposition"] = "inline"
    response["Cache-Control"] = "private, no-store"
    return response
