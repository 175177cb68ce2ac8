from django.apps import AppConfig
from django.db.models.signals import post_save


class UiConfig(AppConfig):
    name = "maillage.ui"

    def ready(self):
        from .page_cache import drop_public_pages

        # The journal and the back office both write what they do in Wagtail's log.
        for entry in ("ModelLogEntry", "PageLogEntry"):
            post_save.connect(drop_public_pages, sender=f"wagtailcore.{entry}", dispatch_uid=f"pages-{entry}")
