from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AdvocacyConfig(AppConfig):
    name = "maillage.advocacy"
    verbose_name = _("plaidoyer")

    def ready(self):
        from .ground import lay_ground

        post_migrate.connect(lay_ground, sender=self, dispatch_uid="advocacy-ground")
