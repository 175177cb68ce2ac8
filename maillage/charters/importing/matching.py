"""Recognising an article by its title, whatever its number, accents and capitals."""

import re
import unicodedata

from django.utils.text import slugify

NUMBER = re.compile(
    r"^\s*(?:(?:article|engagement|principe|valeur|titre|chapitre|partie)\s+)?(?:n\s?[°º]\s*)?"
    r"(?:\d+(?:\.\d+)*|[ivxlc]+)\s*(?:er)?\s*[.):–—-]+\s*(?=\S)",
    re.IGNORECASE,
)


def without_number(title):
    """« Article 3 – Le dialogue » → « Le dialogue »."""
    return NUMBER.sub("", title) or title


def title_mark(title):
    """What two titles that name the same article have in common."""
    plain = unicodedata.normalize("NFKD", without_number(title[:500])).encode("ascii", "ignore").decode()
    return " ".join(re.findall(r"\w+", plain.casefold()))


def free_key(title, taken):
    """A key made of the title, that is not in ``taken``."""
    key = stem = slugify(without_number(title))[:50].strip("-") or "article"
    number = 2
    while key in taken:
        key, number = f"{stem}-{number}", number + 1
    return key
