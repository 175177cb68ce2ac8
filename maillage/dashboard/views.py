"""My space: what I represent, what waits for me, what I may write."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.charters.models import BorderChange
from maillage.charters.permissions import can_edit_national_text
from maillage.organisations.audiences import reader_of

from . import queries
from .networks import followed


@login_required
@require_safe
def my_space(request):
    user = request.user
    reader, today = reader_of(user), timezone.localdate()
    context = {
        "memberships": queries.my_memberships(user),
        "signatures": queries.my_signatures(user),
        "signatures_behind": queries.signatures_behind(user),
        "signatures_to_renew": queries.signatures_to_renew(user, today),
        "adaptations_to_review": queries.adaptations_to_review(user, today),
        "adaptations_behind": queries.adaptations_behind_the_nation(user),
        "out_of_breath": queries.signatures_out_of_breath(user, today),
        "profiles_to_read_again": queries.profiles_to_read_again(user, today),
        "organisations_to_confirm": queries.organisations_to_confirm(user),
        "mandates_to_confirm": queries.mandates_to_confirm(user),
        "texts_open_to_remarks": queries.texts_open_to_remarks(user),
        "workshops": queries.my_workshops(user),
        "remarks_to_answer": queries.remarks_to_answer(user),
        "wish_to_act": queries.signatories_who_wish_to_act(user),
        "networks": followed(user),
        "borders": BorderChange.objects.visible_to(user).to_decide().count(),
        "is_coordinator": bool(reader.coordinated_territory_ids),
        "is_public_partner": reader.is_public_partner,
        "has_space": bool(reader.space_territory_ids),
        "can_edit_national_text": can_edit_national_text(user),
    }
    return render(request, "dashboard/my_space.html", context)
