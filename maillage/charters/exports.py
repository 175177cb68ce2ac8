"""The signatories as a table to take away."""

import csv

from django.utils import timezone
from django.utils.translation import gettext as _

HEADER = (
    *("organisation", "rna", "siret", "texte", "version", "signee_le", "mandat"),
    *("a_renouveler_le", "en_sommeil_depuis", "canal", "verification"),
)


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, value):
        return value


def csv_lines(header, rows):
    """Lines of a CSV that French spreadsheets open: UTF-8 with BOM, semicolons, no cell that would run."""
    writer = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff" + writer.writerow(header)
    for row in rows:
        yield writer.writerow(safe_cell(value) for value in row)


def signatories_csv(signatures, *, address):
    """Lines of the CSV for ``signatures``; ``address``: function from one to the address that verifies it."""
    return csv_lines(HEADER, (_cells(signature, address) for signature in signatures))


def _cells(signature, address):
    number = signature.organisation_number
    return (
        signature.organisation_name,
        number if number.startswith("W") else "",
        "" if number.startswith("W") else number,
        signature.version.title,
        signature.version.reference,
        timezone.localdate(signature.signed_at).isoformat(),
        _("confirmé") if signature.has_confirmed_mandate else _("à confirmer"),
        signature.renew_by.isoformat(),
        timezone.localdate(signature.dormant_at).isoformat() if signature.dormant_at else "",
        signature.get_channel_display(),
        address(signature),
    )


def safe_cell(value):
    """A cell that a spreadsheet would run as a formula is kept as text; a number is a number, negative or not."""
    if isinstance(value, int | float):
        return str(value)
    text = str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
