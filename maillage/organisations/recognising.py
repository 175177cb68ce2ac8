"""Which organisation each line of a network's list is: here, in the national register, or nobody that is known."""

from collections import defaultdict
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Q

from maillage.national_register import search as national
from maillage.national_register.numbers import RNA
from maillage.national_register.refusals import NoRegister
from maillage.territories.folding import fold

from . import identifiers
from .duplicates import bare
from .models import MemberLine, Organisation

State = MemberLine.State
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was found of one row; ``same_as`` is the line where the same member stands already."""

    row: object
    state: str
    organisation: Organisation | None = None
    same_as: int | None = None


def recognise(rows):
    """One `Recognised` a row, in the same order. Only published associations are recognised."""
    published = Organisation.objects.listed().associations().select_related("seat").prefetch_related("territories")
    by_number = _by_number(published, [row.identifier for row in rows])
    by_name = _by_name(published, [row.name for row in rows if row.name])
    seen, found = {}, []
    for row in rows:
        number = identifiers.normalise(row.identifier)
        mark = number or (bare(row.name), fold(row.commune))
        if mark in seen:
            found.append(Recognised(row, State.TWICE, same_as=seen[mark]))
            continue
        seen[mark] = row.line
        found.append(_one(row, number, by_number, by_name))
    return found


def _one(row, number, by_number, by_name):
    if number and not _is_well_written(number):
        return Recognised(row, State.INVALID)
    organisation = by_number.get(number) or by_number.get(number[:9] if len(number) == 14 else None)
    if organisation:
        return Recognised(row, State.HERE, organisation)
    state = _in_register(number)
    called = _called(row, by_name) if row.name and state != State.DISSOLVED else None
    if called and not (number and _has_another(called, number)):
        return Recognised(row, State.MAYBE, called)
    return Recognised(row, state)


def _has_another(organisation, number):
    """Whether ``organisation`` gives a number of the same kind, and not this one."""
    if RNA.fullmatch(number):
        return bool(organisation.rna)
    return bool(organisation.siren or organisation.siret)


def _called(row, by_name):
    """The one organisation of this name; where several have it, the one of this commune."""
    candidates = by_name.get(bare(row.name), [])
    if row.commune:
        candidates = [one for one in candidates if fold(row.commune) in _communes(one)]
    return candidates[0] if len(candidates) == 1 else None


def _communes(organisation):
    places = [organisation.seat, *organisation.territories.all()]
    return {fold(place.name) for place in places if place}


def _is_well_written(number):
    try:
        if RNA.fullmatch(number):
            return True
        if len(number) == 9:
            identifiers.validate_siren(number)
        else:
            identifiers.validate_siret(number)
    except ValidationError:
        return False
    return True


def _in_register(number):
    if not number:
        return State.NOT_HERE
    try:
        found = national.find(number, limit=1)
    except NoRegister:
        return State.NOT_HERE
    if not found:
        return State.UNKNOWN
    return State.DISSOLVED if found[0].is_dissolved else State.REGISTER


def _by_number(published, written):
    """{number: organisation} of those whose RNA, SIRET or SIREN is among ``written``."""
    found, numbers = {}, [number for number in map(identifiers.normalise, written) if number]
    for start in range(0, len(numbers), AT_ONCE):
        some = numbers[start : start + AT_ONCE]
        sirens = [number[:9] for number in some if number[:9].isdigit()]
        for organisation in published.filter(Q(rna__in=some) | Q(siret__in=some) | Q(siren__in=sirens)):
            for number in (organisation.rna, organisation.siret, organisation.siren, organisation.siret[:9]):
                if number:
                    found.setdefault(number, organisation)
    return found


def _by_name(published, names):
    """{bare name: organisations} of those that are called as one of ``names``.

    Every name of the directory is compared; of those that answer alone, the rest is read.
    """
    wanted = {bare(name) for name in names}
    everybody = published.select_related(None).prefetch_related(None).order_by().values_list("pk", "name")
    keys = [key for key, name in everybody.iterator(chunk_size=2_000) if bare(name) in wanted]
    found = defaultdict(list)
    for start in range(0, len(keys), AT_ONCE):
        for organisation in published.filter(pk__in=keys[start : start + AT_ONCE]):
            found[bare(organisation.name)].append(organisation)
    return found
