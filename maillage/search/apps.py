"""One search for the whole site."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "maillage.search"
    verbose_name = _("recherche")

    def ready(self):
        from . import receivers

        receivers.connect()
