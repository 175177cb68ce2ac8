from django.apps import AppConfig


class CooperationsConfig(AppConfig):
    name = "maillage.cooperations"
