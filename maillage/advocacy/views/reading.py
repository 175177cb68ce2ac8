"""Reading the advocacy: stakes and proposals, one of them, where they stand, what changed."""

import datetime

from django.contrib.syndication.views import Feed
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from maillage.cooperations.models import Cooperation
from maillage.organisations.audiences import anybody, reader_of
from maillage.ui.page_cache import kept_for_visitors

from .. import permissions, queries
from ..forms import SinceForm
from ..models import Appeal, Echo, Proposal

A_QUARTER = datetime.timedelta(days=90)
A_YEAR = datetime.timedelta(days=365)


def proposal_or_404(request, number):
    return get_object_or_404(Proposal.objects.visible_to(request.user).select_related("stake"), number=number)


@require_safe
@kept_for_visitors()
def advocacy(request):
    """Four stakes, sixteen numbered proposals; where each stands, place by place."""
    places = queries.by_region(request.user)
    context = {
        "board": queries.board(request.user),
        "places": places,
        "numbers": sorted({number for _place, states in places for number in states}),
        "can_enter": permissions.can_enter(request.user),
    }
    return render(request, "advocacy/advocacy.html", context)


@require_safe
def proposal(request, number):
    """What it says, who echoes it, where it stands, what was written and answered."""
    found = proposal_or_404(request, number)
    user = request.user
    echoes = list(queries.echoes_of(user, found))
    linked = {echo.cooperation_id for echo in echoes} - {None}
    readable = set(Cooperation.objects.visible_to(user).filter(pk__in=linked).values_list("pk", flat=True))
    context = {
        "proposal": found,
        "echoes": [(echo, echo.cooperation_id in readable, permissions.can_withdraw(user, echo)) for echo in echoes],
        "states": queries.states_of(user, found),
        "appeals": Appeal.objects.visible_to(user).filter(proposal=found).select_related("territory"),
        "can_enter": permissions.can_enter(user),
        "can_echo": permissions.can_echo(user),
        "can_write": bool(reader_of(user).coordinated_territory_ids),
        "can_note": bool(reader_of(user).coordinated_territory_ids) or permissions.can_enter(user),
    }
    return render(request, "advocacy/proposal.html", context)


@require_safe
@kept_for_visitors(depuis=r"\d{4}-\d\d-\d\d")
def changes(request):
    """`?depuis=` a day: what changed since, in the order of days."""
    today = timezone.localdate()
    form = SinceForm(request.GET)
    since = form.cleaned_data["depuis"] if form.is_valid() else None
    since = since if since and since > today - 10 * A_YEAR else today - A_QUARTER
    context = {
        "form": SinceForm(initial={"depuis": since}),
        "since": since,
        "changes": queries.changes(anybody(), since=since),
    }
    return render(request, "advocacy/changes.html", context)


class ChangesFeed(Feed):
    """What changed within a year, as Atom."""

    feed_type = Atom1Feed

    def title(self):
        return gettext("Plaidoyer : ce qui a changé")

    def link(self):
        return reverse("advocacy:changes")

    def items(self):
        return queries.changes(anybody(), since=timezone.localdate() - A_YEAR)

    def item_title(self, item):
        return f"{item.what} : {item.title}"

    def item_link(self, item):
        return item.url

    def item_guid(self, item):
        return f"{item.url}#{item.on}-{item.what}-{item.title}"[:400]

    def item_description(self, item):
        return ""

    def item_updateddate(self, item):
        return timezone.make_aware(datetime.datetime.combine(item.on, datetime.time.min))


changes_feed = require_safe(ChangesFeed())


def echo_or_404(request, uuid):
    found = Echo.objects.visible_to(request.user).select_related("proposal", "organisation")
    return get_object_or_404(found, uuid=uuid)
