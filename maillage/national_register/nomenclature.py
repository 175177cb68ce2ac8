"""What the codes of the register mean. Source: its nomenclature, Ministère de l’Intérieur, Licence Ouverte 2.0."""

from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

POSITIONS = {
    "A": _("active"),
    "D": _("dissoute"),
    "S": _("supprimée"),
    "I": _("situation inconnue"),
}
TAKEN_OVER = "R"
"""Of the former layout: the association stands in the present register, under its new number."""
GROUPINGS = {"S": _("association simple"), "U": _("union"), "F": _("fédération")}


@cache
def object_codes():
    """The 297 codes and their labels; a family ends with 000."""
    lines = (Path(__file__).parent / "data" / "object_codes.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines if line)


@cache
def families():
    """Family (three figures) → label. 025 to 029 do not exist."""
    return {code[:3]: label for code, label in object_codes().items() if code.endswith("000")}


def object_label(code):
    """The label of ``code``, its family's where the code is unknown, '' where both are."""
    return object_codes().get(code) or families().get(code[:3], "")
