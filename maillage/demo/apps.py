from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "maillage.demo"

    def ready(self):
        from . import checks  # noqa: F401
