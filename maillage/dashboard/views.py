"""My space: what waits for me, what is new, what I represent and may write."""

import datetime

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.charters.models import BorderChange
from maillage.charters.permissions import can_edit_national_text
from maillage.charters.waiting import signatories_who_wish_to_act, signatures_out_of_breath
from maillage.digest.gathering import news_for, not_waiting, waiting_for
from maillage.digest.queries import first_steps_for
from maillage.organisations.audiences import reader_of

from . import queries
from .networks import followed

NEWS_OF = datetime.timedelta(days=14)


@login_required
@require_safe
def my_space(request):
    user = request.user
    reader, today, now = reader_of(user), timezone.localdate(), timezone.now()
    waiting = waiting_for(user, today=today)
    context = {
        "waiting": waiting,
        "news": not_waiting(news_for(user, since=now - NEWS_OF, until=now), waiting),
        "memberships": queries.my_memberships(user),
        "signatures": queries.my_signatures(user),
        "groups": queries.my_groups(user),
        "workshops": queries.my_workshops(user),
        "networks": followed(user),
        "borders": BorderChange.objects.visible_to(user).to_decide().count(),
        "is_coordinator": bool(reader.coordinated_territory_ids),
        "out_of_breath": signatures_out_of_breath(user, today),
        "wish_to_act": signatories_who_wish_to_act(user),
        "is_public_partner": reader.is_public_partner,
        "has_space": bool(reader.space_territory_ids),
        "can_edit_national_text": can_edit_national_text(user),
    }
    return render(request, "dashboard/my_space.html", context)


@login_required
@require_safe
def first_steps(request):
    """Three first things to do, for each organisation of this person that signed and wishes to act."""
    context = {"steps": first_steps_for(request.user), "is_public_partner": reader_of(request.user).is_public_partner}
    return render(request, "dashboard/first_steps.html", context)
