"""What the collective of a neighbourhood reads, groups, takes up and answers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.organisations.models import TerritoryRole
from maillage.territories.models import Territory
from maillage.ui.gestures import did, made_by
from maillage.ui.pagination import BoundedPaginator

from .. import actions, permissions, queries
from ..forms.collective import GroupForm, LookForm, MediatorForm, SetAsideForm
from ..models import HeardNeed, ResidentVoice
from ..screening import pieces, without_details

A_PAGE = 50


def place_or_404(request, slug):
    """The neighbourhood, for whoever reads its voices."""
    territory = get_object_or_404(Territory, slug=slug)
    if not permissions.can_group(request.user, territory.pk):
        raise Http404
    return territory


def voice_or_404(request, uuid):
    """A voice, for whoever looks at it before the others."""
    found = ResidentVoice.objects.visible_to(request.user).select_related("territory", "need", "recording")
    voice = get_object_or_404(found, uuid=uuid)
    if not permissions.can_look_at(request.user, voice.territory_id):
        raise Http404
    return voice


@login_required
@require_safe
def places(request):
    """The neighbourhoods whose voices one reads; straight to it where there is one. Who reads none behind the wall is
    led to what everybody reads.
    """
    found = list(queries.places_of(request.user))
    if not found:
        return redirect("participation:places")
    if len(found) == 1:
        return redirect("participation:collective", slug=found[0].slug)
    return render(request, "participation/places.html", {"places": found})


@login_required
@require_safe
def collective(request, slug):
    """What is to be looked at, what is to be grouped, the needs and where they stand."""
    territory = place_or_404(request, slug)
    user = request.user
    looks = permissions.can_look_at(user, territory.pk)
    needs = queries.needs_of(user, territory)
    context = {
        "territory": territory,
        "counts": queries.counts_of(territory),
        "looks": looks,
        "to_look_at": queries.voices_to_look_at(user, territory)[:A_PAGE] if looks else [],
        "voices": queries.voices_without_need(user, territory)[:A_PAGE],
        "open_needs": needs.filter(closed_at=None)[:100],
        "page": BoundedPaginator(needs, A_PAGE).get_page(request.GET.get("page")),
        "appoints": permissions.can_appoint_mediators(user, territory.pk),
        "today": timezone.localdate(),
    }
    return render(request, "participation/collective.html", context)


@login_required
@require_POST
def group(request, slug):
    territory = place_or_404(request, slug)
    form = GroupForm(
        request.POST,
        voices=queries.voices_without_need(request.user, territory),
        needs=HeardNeed.objects.visible_to(request.user).filter(territory=territory, closed_at=None),
    )
    if form.is_valid():
        need = made_by(request, form, actions.group_voices, territory=territory, **form.cleaned_data)
        if need:
            messages.success(request, gettext("Ces paroles sont dans ce besoin. Qui s’en charge ?"))
            return redirect(need)
    messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("participation:collective", slug=territory.slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def look(request, uuid):
    """Read a voice before the others: what may name somebody is marked; share it, or set it aside."""
    voice = voice_or_404(request, uuid)
    has_sound = hasattr(voice, "recording")
    initial = {
        "words": voice.words,
        "shared_words": voice.shared_words or (without_details(voice.words) if voice.language == "fr" else ""),
        "subject": voice.subject,
    }
    form = LookForm(request.POST or None, initial=initial, has_sound=has_sound)
    is_ready = request.method == "POST" and form.is_valid()
    if is_ready and made_by(request, form, actions.share_voice, voice, **form.cleaned_data):
        messages.success(request, gettext("Partagée avec le collectif."))
        return _next(request, voice.territory)
    context = {
        "voice": voice,
        "form": form,
        "pieces": pieces(voice.words),
        "aside_form": SetAsideForm(auto_id="ecarter-%s"),
        "has_sound": has_sound,
    }
    return render(request, "participation/look.html", context)


@login_required
@require_POST
def set_aside(request, uuid):
    voice = voice_or_404(request, uuid)
    form = SetAsideForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Dites pourquoi : la personne le lira."))
        return redirect("participation:look", uuid=voice.uuid)
    said = gettext("Écartée. Vous pouvez encore la partager pendant un mois.")
    did(request, actions.set_aside, voice, why=form.cleaned_data["why"], said=said)
    return _next(request, voice.territory)


def _next(request, territory):
    """The next voice to look at, or the collective's page."""
    following = queries.voices_to_look_at(request.user, territory).first()
    if following:
        return redirect("participation:look", uuid=following.uuid)
    return redirect("participation:collective", slug=territory.slug)


@login_required
@require_POST
def ungroup(request, uuid):
    found = ResidentVoice.objects.visible_to(request.user).select_related("territory", "need")
    voice = get_object_or_404(found, uuid=uuid)
    need = voice.need
    if not permissions.can_group(request.user, voice.territory_id):
        raise PermissionDenied
    did(request, actions.ungroup_voice, voice, said=gettext("Cette parole est sortie du besoin."))
    return redirect(need) if need else redirect("participation:collective", slug=voice.territory.slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mediators(request, slug):
    """Who listens there; the coordination names them."""
    territory = place_or_404(request, slug)
    if not permissions.can_appoint_mediators(request.user, territory.pk):
        raise PermissionDenied(gettext("C’est à la coordination du quartier de le faire."))
    form = MediatorForm(request.POST or None)
    is_ready = request.method == "POST" and form.is_valid()
    if is_ready and made_by(request, form, actions.appoint_mediator, territory, **form.cleaned_data):
        messages.success(request, gettext("C’est fait : un message part avec l’adresse de la page à ouvrir."))
        return redirect("participation:mediators", slug=territory.slug)
    context = {"territory": territory, "form": form, "mediators": queries.mediators_of(territory)}
    return render(request, "participation/mediators.html", context)


@login_required
@require_POST
def end_mediation(request, slug, pk):
    territory = place_or_404(request, slug)
    if not permissions.can_appoint_mediators(request.user, territory.pk):
        raise PermissionDenied
    roles = TerritoryRole.objects.filter(territory=territory, role=TerritoryRole.Role.MEDIATOR)
    did(
        request,
        actions.end_mediation,
        get_object_or_404(roles, pk=pk),
        said=gettext("Cette personne n’écoute plus ici."),
    )
    return redirect("participation:mediators", slug=territory.slug)
