"""Where those of a neighbourhood that ended go now: its coordination says."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from maillage.charters import actions
from maillage.charters.models import BorderChange
from maillage.territories.models import Territory

from .borders import decided, waiting

OUTSIDE, LATER = "dehors", ""


@login_required
@require_safe
def borders(request):
    context = {"ended": waiting(request.user), "decided": decided(request.user), "outside": OUTSIDE}
    return render(request, "dashboard/borders.html", context)


@login_required
@require_POST
def decide_borders(request, slug):
    """One neighbourhood that ended, all its lines at once; a line left for later waits."""
    seen = BorderChange.objects.visible_to(request.user)
    former = get_object_or_404(Territory.objects.filter(pk__in=seen.values("former")), slug=slug)
    followers = {territory.slug: territory for territory in former.successors.all()}
    choices, unknown = {}, False
    for change in seen.to_decide().filter(former=former):
        said = request.POST.get(f"change-{change.pk}", LATER)
        if said == OUTSIDE or said in followers:
            choices[change.pk] = followers.get(said)
        unknown = unknown or said not in {OUTSIDE, LATER, *followers}
    try:
        if unknown:
            raise ValidationError(gettext("Choisissez l’un des quartiers proposés, ou hors quartier prioritaire."))
        number = actions.decide_borders(former, choices=choices, actor=request.user, at=timezone.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        said = ngettext("C’est noté pour %(number)d ligne.", "C’est noté pour %(number)d lignes.", number)
        messages.success(request, said % {"number": number})
    return redirect("dashboard:borders")
