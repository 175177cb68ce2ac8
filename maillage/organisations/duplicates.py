"""Organisations that look like one another: the same number, or nearly the same name in the same place."""

import dataclasses

from django.db.models import Q
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from maillage.territories.folding import fold

from .audiences import reader_of
from .models import Distinction, Organisation

NEAR = 88
"""Likeness (0 to 100, words in any order) from which two names are worth a look: 'Les Jardins partagés' and
'Jardin partagé' are at 93; 'Les Jardins partagés' and 'Les Jardins familiaux', at 42."""
SAID_BY_MANY = frozenset(
    "association asso collectif comite amicale club centre de des du d la le les l et pour a au aux en".split()
)
MOST_COMPARED = 3000


def bare(name):
    """``name`` without accents, case, articles and the words that half of all associations begin with."""
    words = [word for word in fold(name).replace("'", " ").replace("’", " ").split() if word not in SAID_BY_MANY]
    return " ".join(words) or fold(name)


def are_near(one, other):
    """Whether two names, already `bare`, are nearly the same."""
    return fuzz.token_sort_ratio(one, other) >= NEAR


@dataclasses.dataclass(frozen=True)
class Pair:
    """Two organisations that may be one, the older first, and why."""

    first: Organisation
    second: Organisation
    reason: str


def lookalikes(user, *, name, territories=(), seat=None, siren=""):
    """The organisations that ``user`` may see, in the same place, whose name or number is near: a short list."""
    places = {territory.pk for territory in territories}
    same_place = Q(territories__in=places)
    if seat:
        same_place |= Q(seat=seat)
    if siren:
        same_place |= Q(siren=siren)
    here = Organisation.objects.visible_to(user).listed().filter(same_place).distinct()[:MOST_COMPARED]
    wanted = bare(name)
    return [other for other in here if (siren and other.siren == siren) or are_near(wanted, bare(other.name))][:5]


def pairs_to_look_at(user):
    """Pairs that somebody who coordinates should look at, on their territories: a list of `Pair`."""
    coordinated = reader_of(user).coordinated_territory_ids
    if not coordinated:
        return []
    here = list(
        Organisation.objects.visible_to(user)
        .listed()
        .associations()
        .filter(territories__in=coordinated)
        .distinct()
        .prefetch_related("territories")
        .order_by("created_at")[:MOST_COMPARED]
    )
    known = set(Distinction.objects.values_list("first_id", "second_id"))
    names = {organisation.pk: bare(organisation.name) for organisation in here}
    pairs = []
    for index, first in enumerate(here):
        for second in here[index + 1 :]:
            if tuple(sorted((first.pk, second.pk))) in known:
                continue
            reason = _likeness(first, second, names)
            if reason:
                pairs.append(Pair(first, second, reason))
    return pairs


def _likeness(first, second, names):
    if first.siren and first.siren == second.siren:
        return _("le même numéro SIREN")
    if not are_near(names[first.pk], names[second.pk]):
        return ""
    if first.seat_id and first.seat_id == second.seat_id:
        return _("presque le même nom, dans la même commune")
    shared = {t.pk for t in first.territories.all()} & {t.pk for t in second.territories.all()}
    return _("presque le même nom, sur le même territoire") if shared else ""
