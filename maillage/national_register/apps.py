from django.apps import AppConfig


class NationalRegisterConfig(AppConfig):
    name = "maillage.national_register"
