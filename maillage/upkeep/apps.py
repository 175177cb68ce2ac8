from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    name = "maillage.upkeep"

    def ready(self):
        from . import checks  # noqa: F401
