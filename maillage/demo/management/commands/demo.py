"""The main job on a fresh machine: an invented town, told, then served."""

import logging
import shutil
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from maillage.accounts.models import User
from maillage.demo.mailbox import empty_folder
from maillage.demo.models import Story
from maillage.demo.story import Stage, tell_story


class Command(BaseCommand):
    help = "Tells the invented town of Clairmont-sur-Orle in a fresh database, then serves it on 127.0.0.1."

    def add_arguments(self, parser):
        parser.add_argument("--seed", type=int, default=4, help="the same seed tells the same story (default: 4)")
        parser.add_argument(
            "--stage",
            choices=[stage.value for stage in Stage],
            default=Stage.COOPERATING.value,
            help="how far to tell it",
        )
        parser.add_argument("--no-serve", action="store_true", help="tell only")
        parser.add_argument("--port", type=int, help="default: the PORT variable, else 8000")

    def handle(self, *, seed, stage, no_serve, port, **options):
        self._empty_database()
        now = timezone.now()
        # Links in e-mails and PDFs lead where it is served.
        site = settings.SITE_ADDRESS = f"http://127.0.0.1:{port}" if port else settings.SITE_ADDRESS
        self.stdout.write("\nL’histoire de Clairmont-sur-Orle (ville inventée)\n")
        empty_folder()
        # What the program would note of the story's past is not news.
        logging.disable(logging.INFO)
        with transaction.atomic():
            tell_story(seed=seed, stage=stage, at=now, say=lambda line, path: self._say(line, site + path))
        logging.disable(logging.NOTSET)
        self._say("Changer de personne : Amina, Bruno, Chloé, Elsa, Fatou, Gaël, Inès", f"{site}/demo/")
        self._say("Lire les e-mails envoyés par la démonstration", f"{site}/demo/courrier/")
        if not no_serve:
            call_command("serve", **({"port": port} if port else {}))

    def _say(self, line, address):
        self.stdout.write(f"  • {line}\n    {address}")
        self.stdout.flush()

    def _empty_database(self):
        """A fresh database: made if need be; emptied if it already tells a story; refused if it is somebody's."""
        self.stdout.write("Préparation de la base de données…")
        self.stdout.flush()
        if not self._is_made():
            call_command("migrate", verbosity=0, interactive=False)
        elif Story.objects.exists():
            self._start_again()
        elif User.objects.exists():
            raise CommandError(
                "Cette base contient de vraies données : la démonstration ne l’écrase pas. Choisissez un autre"
                " dossier, par exemple MAILLAGE_VAR=var-demo, ou une autre DATABASE_URL."
            )

    def _is_made(self):
        return Story._meta.db_table in connection.introspection.table_names()

    def _start_again(self):
        shutil.rmtree(settings.PRIVATE_ROOT, ignore_errors=True)
        if connection.vendor == "sqlite":
            name = Path(settings.DATABASES["default"]["NAME"])
            connection.close()
            for path in (name, Path(f"{name}-wal"), Path(f"{name}-shm")):
                path.unlink(missing_ok=True)
        else:
            with connection.cursor() as cursor:
                cursor.execute("DROP SCHEMA public CASCADE")
                cursor.execute("CREATE SCHEMA public")
        call_command("migrate", verbosity=0, interactive=False)
