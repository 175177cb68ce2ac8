from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    name = "maillage.editorial"
    verbose_name = _("pages")

    def ready(self):
        from .ground import lay_ground

        post_migrate.connect(lay_ground, sender=self, dispatch_uid="editorial-ground")
