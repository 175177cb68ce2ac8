import json

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from maillage.national_register import search, snapshots
from maillage.national_register.refusals import NoRegister
from maillage.organisations.audiences import anybody
from maillage.organisations.finding import find_here

SHOWN = ("rna", "siret", "name", "commune", "score")


class Command(BaseCommand):
    help = (
        "Searches the organisations published here or, with --register, the national register: by RNA, SIREN or"
        " SIRET, or by words of name, acronym and commune, accents and case ignored. One JSON object a line,"
        " the nearest first."
    )

    def add_arguments(self, parser):
        parser.add_argument("text", nargs="+", help="a name, its beginning, with a commune; or a number")
        parser.add_argument("--register", action="store_true", help="the national register (import_rna)")
        parser.add_argument("--limit", type=int, default=10, help="lines at most, 10 by default, 100 at most")
        parser.add_argument("--commune", default="", help="with --register: INSEE code (75056 is all of Paris)")
        parser.add_argument("--departement", default="", help="with --register: 75, 2A, 974")
        parser.add_argument("--family", default="", help="with --register: family of objects (011 sport)")
        parser.add_argument("--position", default="", help="with --register: A active, D dissolved, S removed")

    def handle(self, *, text, register, limit, **options):
        text = " ".join(text)
        if limit < 1:
            raise CommandError(_("--limit est un nombre de lignes, à partir de 1."))
        narrowing = search.Narrowing(
            **{name: options[name] for name in ("commune", "departement", "family", "position")}
        )
        if not register:
            if narrowing.marks():
                raise CommandError(_("Ces filtres vont avec --register."))
            found = [
                {
                    "rna": one.rna,
                    "siret": one.siret,
                    "name": one.name,
                    "commune": one.seat.name if one.seat else "",
                    "score": score,
                }
                for one, score in find_here(text, user=anybody(), limit=min(limit, search.MOST_LIMIT))
            ]
        else:
            in_register = self._in_register(text, limit, narrowing)
            found = [{name: getattr(one, name) for name in SHOWN} for one in in_register]
        for one in found:
            self.stdout.write(json.dumps(one, ensure_ascii=False))
        if not found:
            self.stderr.write(_("Rien ne correspond."))

    def _in_register(self, text, limit, narrowing):
        try:
            found = search.find(text, limit=limit, narrowing=narrowing)
            self.stderr.write(
                _("Répertoire national des associations, état du %(day)s.") % {"day": snapshots.current().vintage.on}
            )
        except NoRegister as refusal:
            raise CommandError(str(refusal)) from None
        return found
