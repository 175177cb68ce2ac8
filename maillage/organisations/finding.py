"""Finding an organisation by what people type: here, and in the national register.

Words here are those of `OrganisationWord`, so accents, case, plural and ligatures do not count, and each word may be
unfinished. Where nothing is found, words that nobody has are read as mistyped.
"""

from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, Value, When
from rapidfuzz import fuzz, process

from maillage.national_register import search as national
from maillage.national_register import sirene, snapshots
from maillage.national_register.analysis import query_words, stem
from maillage.national_register.numbers import RNA, SIREN, SIRET, normalise
from maillage.national_register.ranking import likeness
from maillage.national_register.refusals import NoRegister, SireneUnavailable

from .models import Organisation, OrganisationWord
from .models.words import LONGEST

SHORTEST_MISTYPED = 4
LEAST_NEAR = 80
"""Of two words of four letters or more: one letter out of five may be wrong."""
MOST_NEAR = 5
MOST_FOUND, MOST_COMPARED = 12, 100


def matching(organisations, text):
    """Of ``organisations``, those that ``text`` names: a number, or words that must all be found. Names come first.

    A query set, in an order (`nearness`, then the name); at most two queries are made to build it, four where a word
    is mistyped.
    """
    if by_number := _numbered(text):
        return _ordered(organisations.filter(by_number), Value(0))
    words = [word[:LONGEST] for word in query_words(text)]
    if not words:
        return _ordered(organisations.none(), Value(0))
    found = _with_all(organisations, [_written(word) for word in words])
    if not found.exists():
        found = _with_all(organisations, [_written_or_near(word) for word in words])
    return found


def _numbered(text):
    """Who has the number that ``text`` is; an empty condition where it is no number."""
    number = normalise(text[:40])
    if RNA.fullmatch(number):
        return Q(rna=number)
    if SIREN.fullmatch(number) or SIRET.fullmatch(number):
        # A SIRET is one place of a SIREN: the same association elsewhere is found too.
        return Q(siren=number[:9]) | Q(siret__startswith=number[:9])
    return Q()


def _with_all(organisations, conditions):
    for condition in conditions:
        organisations = organisations.filter(pk__in=OrganisationWord.objects.filter(condition).values("organisation"))
    in_name = Q()
    for condition in conditions:
        named = OrganisationWord.objects.filter(condition, is_in_name=True)
        in_name &= Q(pk__in=named.values("organisation"))
    return _ordered(organisations, Case(When(in_name, then=0), default=1, output_field=IntegerField()))


def _ordered(organisations, nearness):
    return organisations.annotate(nearness=nearness).order_by("nearness", "search_name", "pk")


def _written(word):
    """The word itself, or one that it begins; its stem, where it is alone."""
    # Words are made of a to z and figures: whatever the order of the database, those that begin so lie between both.
    begun = Q(word__gte=word, word__lte=word + "z" * (LONGEST - len(word)))
    return begun | Q(word=stem(word))


def _written_or_near(word):
    if len(word) < SHORTEST_MISTYPED or OrganisationWord.objects.filter(_written(word)).exists():
        return _written(word)
    # Few words are this long within a letter or two: the database gives them, and they are compared here.
    known = OrganisationWord.objects.values_list("word", flat=True).distinct().order_by()
    near = process.extract(word, known, scorer=fuzz.ratio, score_cutoff=LEAST_NEAR, limit=MOST_NEAR)
    return Q(word__in=[found for found, _score, _place in near])


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What may be the association that somebody is looking for.

    ``here``: organisations of Maillage, at most MOST_FOUND, `has_more` where there are others. ``register``: rows of
    the national register that are not among them; ``vintage`` of the register, None where it is not imported.
    ``sirene``: rows of Sirene, asked only where somebody wants it; ``refusal``: why it did not answer.
    """

    here: list
    has_more: bool
    register: list
    vintage: object
    sirene: list
    refusal: str
    may_ask_sirene: bool

    @property
    def number(self):
        return len(self.here) + len(self.register) + len(self.sirene)


def suggest(text, *, user, asks_sirene=False):
    """The associations that ``text`` may name, here and in the national register, as ``user`` may see them."""
    listed = Organisation.objects.visible_to(user).listed().associations().select_related("seat")
    here = list(matching(listed, text)[: MOST_FOUND + 1])
    register, vintage = _in_register(text)
    companies, refusal = _in_sirene(text) if asks_sirene else ([], "")
    known = _known_numbers([*(row.rna for row in register), *(row.rna for row in companies)])
    sirens = _known_sirens([row.siren for row in companies])
    return Suggestions(
        here=here[:MOST_FOUND],
        has_more=len(here) > MOST_FOUND,
        register=[row for row in register if row.rna not in known],
        vintage=vintage,
        sirene=[row for row in companies if row.rna not in known and row.siren not in sirens],
        refusal=refusal,
        may_ask_sirene=sirene.is_configured() and not asks_sirene,
    )


def _known_numbers(numbers):
    if not (numbers := [number for number in numbers if number]):
        return set()
    return set(Organisation.objects.listed().filter(rna__in=numbers).values_list("rna", flat=True))


def _known_sirens(sirens):
    if not sirens:
        return set()
    same = Q(siren__in=sirens)
    for siren in sirens:
        same |= Q(siret__startswith=siren)
    rows = Organisation.objects.listed().filter(same).values_list("siren", "siret")
    return {siren or siret[:9] for siren, siret in rows}


def _in_register(text):
    try:
        return national.find(text, limit=MOST_FOUND), snapshots.current().vintage
    except NoRegister:
        return [], None


def _in_sirene(text):
    try:
        return sirene.search(text, limit=MOST_FOUND), ""
    except SireneUnavailable as refusal:
        return [], str(refusal)


def find_here(text, *, user, limit=10):
    """(organisation, how near it is from 0 to 1) of those that ``user`` may see, the nearest first."""
    query = query_words(text)
    found = matching(Organisation.objects.visible_to(user).listed().select_related("seat"), text)[:MOST_COMPARED]
    scored = [(one, 1.0 if _numbered(text) else _likeness(query, one)) for one in found]
    scored.sort(key=lambda pair: (-pair[1], pair[0].search_name))
    return scored[:limit]


def _likeness(query, organisation):
    place = organisation.seat.name if organisation.seat else ""
    return round(likeness(query, name=organisation.name, short_name=organisation.acronym, place=place), 4)
