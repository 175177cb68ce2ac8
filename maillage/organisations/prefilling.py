"""What official registers know of an association fills its form: nothing is kept that nobody has read again."""

from maillage.national_register import search as national
from maillage.national_register import sirene
from maillage.national_register.names import acronym, in_sentence_case
from maillage.national_register.numbers import FORMER_RNA, RNA, SIREN, SIRET, normalise
from maillage.national_register.refusals import NoRegister, SireneUnavailable
from maillage.territories.models import Territory

from .models import Organisation


def row_of(rna):
    """The row of the national register with this number; None where there is none, or no register."""
    number = normalise(rna)
    if not (RNA.fullmatch(number) or FORMER_RNA.fullmatch(number)):
        return None
    try:
        found = national.find(number, limit=1)
    except NoRegister:
        return None
    return found[0] if found else None


def dissolution_of(query):
    """What the page of a form says at once where the `rna` of its address is of a dissolved association."""
    row = row_of(query.get("rna", "")[:20])
    return {"dissolution": row} if row and row.is_dissolved else {}


def commune_of(code):
    """The commune with this INSEE code, None where it is not known here."""
    return Territory.objects.communes().filter(code=code, valid_until=None).first() if code else None


def initial_of(query):
    """What fills the form of a new organisation, from the address of its page: `nom`, `rna` or `siren`."""
    if row := row_of(query.get("rna", "")[:20]):
        return {
            "name": in_sentence_case(row.name)[:200],
            "acronym": acronym(row.short_name),
            "rna": row.rna if RNA.fullmatch(row.rna) else "",
            "siret": row.siret,
            "purpose": in_sentence_case(row.object)[:600],
            **_place(row.commune_code, row.commune),
        }
    if (number := normalise(query.get("siren", "")[:20])) and SIREN.fullmatch(number):
        try:
            found = sirene.search(number, limit=1)
        except SireneUnavailable:
            found = []
        if found:
            return _initial_from_sirene(found[0])
    typed = query.get("nom", "")[:200]
    if RNA.fullmatch(normalise(typed)):
        return {"rna": normalise(typed)}
    return {"siret": normalise(typed)} if SIRET.fullmatch(normalise(typed)) else {"name": typed}


def _initial_from_sirene(row):
    regime = Organisation.LegalRegime.LOCAL_LAW if row.is_local_law else Organisation.LegalRegime.LAW_1901
    return {
        "name": in_sentence_case(row.name)[:200],
        "acronym": acronym(row.short_name),
        "rna": row.rna if RNA.fullmatch(row.rna) else "",
        "siret": row.siret,
        "legal_regime": regime,
        **_place(row.commune_code, row.commune),
    }


def _place(code, name):
    commune = commune_of(code)
    return {"territories": [commune.slug]} if commune else {"territory_names": name}
