"""Organisations that look like one another: the same number, or nearly the same name in the same place."""

import dataclasses
import itertools
from collections import defaultdict

from django.db.models import Q
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

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
    """Whether two names, already `bare`, are nearly the same: words in any order, or letters without the spaces."""
    glued = fuzz.ratio(one.replace(" ", ""), other.replace(" ", ""))
    return max(glued, fuzz.token_sort_ratio(one, other)) >= NEAR


def siren_of(organisation):
    """Its SIREN, which a SIRET begins with; '' where it gave neither."""
    return organisation.siren or organisation.siret[:9]


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
        same_place |= Q(siren=siren) | Q(siret__startswith=siren)
    here = Organisation.objects.visible_to(user).listed().filter(same_place).distinct()[:MOST_COMPARED]
    wanted = bare(name)
    return [other for other in here if (siren and siren_of(other) == siren) or are_near(wanted, bare(other.name))][:5]


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
    candidates = sorted({*_near_names(here), *_same_numbers(here)})
    pairs = []
    for first, second in ((here[one], here[other]) for one, other in candidates):
        if tuple(sorted((first.pk, second.pk))) not in known and (reason := _likeness(first, second)):
            pairs.append(Pair(first, second, reason))
    return pairs


def _near_names(organisations):
    """Places in the list, two by two, of those whose names are nearly the same: every pair is compared, in C."""
    names = [bare(organisation.name) for organisation in organisations]
    glued = [name.replace(" ", "") for name in names]
    for one in range(len(names)):
        for scorer, texts in ((fuzz.token_sort_ratio, names), (fuzz.ratio, glued)):
            later = process.cdist([texts[one]], texts[one + 1 :], scorer=scorer, score_cutoff=NEAR)[0]
            for offset in later.nonzero()[0]:
                yield one, one + 1 + int(offset)


def _same_numbers(organisations):
    """The same, of those whose SIREN is the same."""
    places = defaultdict(list)
    for place, organisation in enumerate(organisations):
        if number := siren_of(organisation):
            places[number].append(place)
    for same in places.values():
        yield from itertools.combinations(same, 2)


def _likeness(first, second):
    """Why two of these candidates may be one; '' where they are near in name and far in place."""
    if siren_of(first) and siren_of(first) == siren_of(second):
        return _("le même numéro SIREN")
    if first.seat_id and first.seat_id == second.seat_id:
        return _("presque le même nom, dans la même commune")
    shared = {t.pk for t in first.territories.all()} & {t.pk for t in second.territories.all()}
    return _("presque le même nom, sur le même territoire") if shared else ""
