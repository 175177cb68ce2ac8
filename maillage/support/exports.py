"""What is near, as a table."""

from django.utils.translation import gettext as _

from maillage.charters.exports import csv_lines


def near_lines(supports):
    """Lines of the CSV of ``supports``."""
    header = [
        *(_("dispositif"), _("qui le donne"), _("territoire"), _("fonction"), _("téléphone"), _("e-mail")),
        *(_("adresse"), _("quand"), _("source"), _("vérifié le")),
    ]
    return csv_lines(header, map(_cells, supports))


def _cells(one):
    place = one.territory.name if one.territory else ""
    checked = one.checked_on.isoformat() if one.checked_on else ""
    return [
        *(one.scheme.name, one.body, place, one.function, one.phone, one.email, one.address, one.hours),
        *(one.source_url, checked),
    ]
