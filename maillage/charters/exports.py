"""The signatories as a table to take away."""

import csv

from django.utils.translation import gettext as _

HEADER = ("organisation", "rna", "siret", "texte", "version", "signee_le", "mandat", "verification")


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, value):
        return value


def signatories_csv(signatures, *, address):
    """Rows of the CSV (UTF-8 with BOM, semicolons: what French spreadsheets open) for ``signatures``.

    ``address``: function from a signature to the address that verifies it.
    """
    writer = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff" + writer.writerow(HEADER)
    for signature in signatures:
        number = signature.organisation_number
        yield writer.writerow(
            safe_cell(value)
            for value in (
                signature.organisation_name,
                number if number.startswith("W") else "",
                "" if number.startswith("W") else number,
                signature.version.title,
                signature.version.reference,
                signature.signed_at.date().isoformat(),
                _("confirmé") if signature.has_confirmed_mandate else _("à confirmer"),
                address(signature),
            )
        )


def safe_cell(value):
    """A cell that a spreadsheet would run as a formula is kept as text."""
    text = str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
