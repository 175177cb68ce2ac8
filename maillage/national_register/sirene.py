"""Client of the State's public search of companies (recherche-entreprises, Sirene data). Off unless it is configured.

It completes the register of associations where that is empty: Alsace-Moselle, whose registers the courts keep. The
service takes 7 requests a second from one address, then answers 429 with the seconds to wait.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from maillage.territories.asking import BadAddress, NotUnderstood, Refused, Silent, ask_json

from .names import in_sentence_case
from .numbers import SIREN, SIRET, normalise
from .refusals import SireneUnavailable

MOST_CHARACTERS = 200
LOCAL_LAW = "9260"
"""Legal category: association under local law (Bas-Rhin, Haut-Rhin, Moselle)."""


@dataclass(frozen=True, slots=True)
class InSirene:
    """An association as Sirene knows it; '' where it does not say."""

    siren: str
    siret: str
    rna: str
    name: str
    short_name: str
    commune_code: str
    commune: str
    postcode: str
    is_closed: bool
    is_local_law: bool

    @property
    def shown_name(self):
        return in_sentence_case(self.name)


def is_configured():
    return bool(settings.SIRENE_SEARCH_URL)


def search(text, *, limit=10):
    """The associations that ``text`` names in Sirene, in the order of the service. One request goes out.

    Raises SireneUnavailable, in French, where the service is off, silent, saturated or not understood.
    """
    if not is_configured():
        raise SireneUnavailable(_("La recherche dans Sirene n’est pas activée ici."))
    number = normalise(text[:40])
    query = number if SIREN.fullmatch(number) or SIRET.fullmatch(number) else " ".join(text.split())[:MOST_CHARACTERS]
    if sum(character.isalnum() for character in query) < 3:
        return []
    answer = _ask({"q": query, "est_association": "true", "page": 1, "per_page": min(limit, 25)})
    try:
        # With a number the service forgets every other filter: what is no association is left out here.
        return [_read(row) for row in answer["results"] if _is_association(row)]
    except (TypeError, ValueError, LookupError, AttributeError):
        raise _not_understood() from None


def _is_association(row):
    # 92xx of the legal categories: associations of every regime.
    return bool(row.get("complements", {}).get("est_association")) or str(row["nature_juridique"]).startswith("92")


def _read(row):
    seat = row.get("siege") or {}
    return InSirene(
        siren=str(row["siren"]),
        siret=str(seat.get("siret") or ""),
        rna=str(row.get("complements", {}).get("identifiant_association") or ""),
        name=str(row.get("nom_raison_sociale") or row["nom_complet"]),
        short_name=str(row.get("sigle") or ""),
        commune_code=str(seat.get("commune") or ""),
        commune=str(seat.get("libelle_commune") or ""),
        postcode=str(seat.get("code_postal") or ""),
        is_closed=row.get("etat_administratif") == "C",
        is_local_law=str(row.get("nature_juridique")) == LOCAL_LAW,
    )


def _ask(parameters):
    address = f"{settings.SIRENE_SEARCH_URL.rstrip('/')}/search"
    try:
        return ask_json(address, parameters, seconds=settings.SIRENE_TIMEOUT_SECONDS)
    except BadAddress:
        raise SireneUnavailable(_("L’adresse du service Sirene est mal réglée.")) from None
    except Refused as refusal:
        if refusal.status == 429:
            raise SireneUnavailable(_("Sirene reçoit trop de demandes. Réessayez dans quelques secondes.")) from None
        said = _("Sirene a refusé la demande (réponse %(status)d).") % {"status": refusal.status}
        raise SireneUnavailable(said) from None
    except Silent:
        raise SireneUnavailable(_("Sirene ne répond pas : réessayez plus tard.")) from None
    except NotUnderstood:
        raise _not_understood() from None


def _not_understood():
    return SireneUnavailable(_("La réponse de Sirene n’est pas compréhensible."))
