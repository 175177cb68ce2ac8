"""Importing official files. Each import is one transaction: all of it, or nothing."""

from ..refusals import FileRefused
from .communes import import_communes
from .neighbourhoods import import_neighbourhoods
from .population import import_population
from .report import ImportReport

__all__ = ["FileRefused", "ImportReport", "import_communes", "import_neighbourhoods", "import_population"]
