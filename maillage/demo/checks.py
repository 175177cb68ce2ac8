"""The demo lets anybody become anybody: it must never face the public."""

from django.conf import settings
from django.core.checks import Error, register
from django.core.management import CommandError
from django.db import connection

LOOPBACK = {"127.0.0.1", "localhost", "[::1]", "testserver"}


@register
def demo_stays_on_this_machine(app_configs, **kwargs):
    """An error where the persona switcher is on and the site answers to a public name, or over HTTPS."""
    if not settings.DEMO:
        return []
    public = set(settings.ALLOWED_HOSTS) - LOOPBACK
    if not public and not settings.SECURE_SSL_REDIRECT:
        return []
    return [
        Error(
            "The demo's persona switcher is on, on a site that others can reach.",
            hint="Unset MAILLAGE_DEMO. The demo runs under config.settings.local, on 127.0.0.1 only.",
            id="maillage.E001",
        )
    ]


def refuse_a_story_without_the_demo():
    """Real people must not settle in an invented town: the next demo would tell it anew over them."""
    from .models import Story

    is_made = Story._meta.db_table in connection.introspection.table_names()
    if not settings.DEMO and is_made and Story.objects.exists():
        raise CommandError(
            "Cette base raconte la démonstration, et n’est pas une plateforme vide. Pour une vraie : un autre"
            " dossier, MAILLAGE_VAR=donnees make run. Pour la démonstration : make demo."
        )
