"""The languages of residents' pages: more than those of the site, chosen in the address, kept by no cookie."""

import dataclasses
from functools import wraps

from django.utils import translation

PARAMETER = "langue"


@dataclasses.dataclass(frozen=True)
class OwnLanguage:
    """``code``: of BCP 47; ``name``: as its speakers write it; ``direction``: of its writing."""

    code: str
    name: str
    direction: str = "ltr"

    @property
    def query(self):
        """What an address ends with, so that the next page speaks the same language; nothing for French."""
        return "" if self.code == "fr" else f"?{PARAMETER}={self.code}"


LANGUAGES = (
    OwnLanguage("fr", "Français"),
    OwnLanguage("en", "English"),
    OwnLanguage("ar", "العربية", "rtl"),
    OwnLanguage("tr", "Türkçe"),
    OwnLanguage("pt", "Português"),
)
BY_CODE = {language.code: language for language in LANGUAGES}
CHOICES = [(language.code, language.name) for language in LANGUAGES]


def in_own_language(view):
    """Marks a view that answers in the language that the address, or the form, asks for; else in the site's.

    The view finds it as ``request.own_language``.
    """

    @wraps(view)
    def marked(request, *args, **kwargs):
        asked = request.POST.get(PARAMETER) or request.GET.get(PARAMETER)
        language = BY_CODE.get(asked) or BY_CODE.get(translation.get_language()) or LANGUAGES[0]
        request.own_language = language
        with translation.override(language.code):
            response = view(request, *args, **kwargs)
        response["Content-Language"] = language.code
        return response

    return marked
