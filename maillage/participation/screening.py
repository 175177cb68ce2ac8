"""What a person who reads a voice before the others is shown first: details that name somebody, insults.

It sorts nothing out by itself: it points, and a person decides. Places are (start, end) in the text.
"""

import dataclasses
import re

from django.utils.translation import gettext_lazy as _

TELEPHONE = re.compile(r"(?<!\d)(?:\+|00)?\d(?:[ .\-/()]{0,2}\d){8,13}(?!\d)")
EMAIL = re.compile(r"[\w.+-]+\s?(?:@|\[at\]| arobase )\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
ADDRESS = re.compile(
    r"\b\d{1,4}\s?(?:bis|ter|quater)?,?\s+(?:rue|avenue|av\.?|boulevard|bd|allée|impasse|place|square|chemin|cours|quai"
    r"|passage|résidence|tour|bâtiment|bât\.?)\b[^.,;\n]{0,40}",
    re.IGNORECASE,
)
FLAT = re.compile(
    r"\b(?i:appartement|appart|appt|étage|porte|escalier|bâtiment|bât)\.?\s+(?:n°\s*)?(?:\d[\w-]{0,4}|[A-Z]\d{0,2})\b"
)
TITLED_NAME = re.compile(
    r"\b(?:M\.|MM\.|Mr\.?|Mme|Mmes|Mlle|Monsieur|Madame|Mademoiselle|Docteur|Dr\.?|Maître|Me)\s+"
    r"(?:(?:de|du|des|la|le|El|Al|Ben|Ait|Aït|Da|Dos)\s+)*[A-ZÀ-Ý][\w'’-]+(?:\s+[A-ZÀ-Ý][\w'’-]+)?"
)
SAID_NAME = re.compile(r"(?i:\bje m['’]appelle|\bmon nom (?:est|c['’]est))\s+[\w'’-]+(?:\s+[A-ZÀ-Ý][\w'’-]+)?")
LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
INSULTS = re.compile(
    r"\b(?:connards?|connasses?|salopes?|salauds?|salopards?|putes?|encul[ée]+s?|fils de pute|fdp|ntm|nique(?:r|z)?"
    r"|bâtards?|batards?|pédés?|tapettes?|gouines?|bougnoules?|bicots?|nègres?|négros?|youpins?|chinetoques?|bamboulas?"
    r"|pouffiasses?|poufiasses?|crevures?|trous? du cul|ta gueule|débiles? mentaux"
    r"|sales? (?:arabes?|noirs?|juifs?|blancs?|roms?|gitans?))\b",
    re.IGNORECASE,
)
LOOKS = (
    (TELEPHONE, _("un numéro")),
    (EMAIL, _("une adresse e-mail")),
    (ADDRESS, _("une adresse")),
    (FLAT, _("un logement")),
    (TITLED_NAME, _("un nom")),
    (SAID_NAME, _("un nom")),
    (LINK, _("un lien")),
    (INSULTS, _("une insulte")),
)
HIDDEN = "[…]"


@dataclasses.dataclass(frozen=True)
class Finding:
    """``what`` was found, from ``start`` to ``end`` of the text."""

    start: int
    end: int
    what: str


def findings(text):
    """The `Finding`s of ``text``, in order; where two overlap, the first that began."""
    found = sorted(
        (Finding(*match.span(), what) for look, what in LOOKS for match in look.finditer(text)),
        key=lambda one: (one.start, -one.end),
    )
    kept, reached = [], 0
    for one in found:
        if one.start >= reached:
            kept.append(one)
            reached = one.end
    return kept


def pieces(text):
    """[(piece of ``text``, what it is or "")]: all of it, in order, for a page that marks what was found."""
    parts, reached = [], 0
    for one in findings(text):
        parts += [(text[reached : one.start], ""), (text[one.start : one.end], one.what)]
        reached = one.end
    return [part for part in [*parts, (text[reached:], "")] if part[0]]


def without_details(text):
    """``text`` with each thing found replaced by '[…]': what the moderator starts from."""
    return "".join(HIDDEN if what else piece for piece, what in pieces(text))
