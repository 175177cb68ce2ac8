"""Writing the number of residents beside each neighbourhood."""

from django.db import transaction
from django.utils.translation import gettext as _

from ..models import Territory
from ..records import read_population, some
from ..refusals import FileRefused
from .report import ImportReport


@transaction.atomic
def import_population(rows, *, source, at, actor=None, column="population_2020"):
    """Write the residents that ``rows`` give, with their ``source``; returns an ImportReport (nothing is created).

    ``rows`` are (line number, dictionary) pairs with `code_qp` and ``column``. Raises FileRefused where no code of
    the file is known here.
    """
    figures, unpublished = read_population(rows, column=column)
    neighbourhoods = {
        row.code: row for row in Territory.objects.priority_neighbourhoods().filter(code__in=list(figures))
    }
    if not neighbourhoods:
        raise FileRefused(
            _("Aucun quartier de ce fichier n’est connu ici : importez d’abord les contours des quartiers.")
        )
    changed = []
    for code, row in neighbourhoods.items():
        if (row.population, row.population_source) != (figures[code], source):
            row.population, row.population_source = figures[code], source
            changed.append(row)
    Territory.objects.bulk_update(changed, ["population", "population_source"], batch_size=200)
    report = ImportReport(changed=len(changed), unchanged=len(neighbourhoods) - len(changed))
    unknown = sorted(set(figures) - set(neighbourhoods))
    if unknown:
        report.notes.append(_("Codes du fichier inconnus ici : %(codes)s.") % {"codes": some(unknown)})
    if unpublished:
        report.notes.append(_("Population non publiée pour %(codes)s.") % {"codes": some(sorted(unpublished))})
    return report
