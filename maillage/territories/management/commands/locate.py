import json
import re
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from maillage.territories.locate import current_index
from maillage.territories.places import find_place
from maillage.territories.refusals import PlaceNotFound

NEGATIVE_LONGITUDE = re.compile(r"^-\d[\d.]*([,;].*)?$")
SHOWN = ("vintage", "code", "name", "inside", "distance_m", "indicative")
FAR_M = 200_000


class Command(BaseCommand):
    help = (
        "Tells which priority neighbourhood holds an address or a point, by vintage: one JSON object a line."
        " Outside, the nearest one and the distance to its border, in metres."
    )

    def create_parser(self, prog_name, subcommand, **kwargs):
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        # argparse would take "-61.5,16.2" for an option: its own pattern knows lone negative numbers only.
        parser._negative_number_matcher = NEGATIVE_LONGITUDE
        return parser

    def add_arguments(self, parser):
        parser.add_argument("place", nargs="*", help='an address, or "longitude,latitude" in degrees')
        parser.add_argument("--vintage", type=int, help="one vintage alone (2015, 2024)")

    def handle(self, *, place, vintage, **options):
        text = " ".join(place).strip()
        if not text:
            raise CommandError(_("Donnez une adresse, ou une longitude et une latitude : 2.3530,48.8845"))
        index = current_index()
        if not index.vintages:
            raise CommandError(_("Aucun contour de quartier n’est importé ici : lancez d’abord import_territories."))
        if vintage is not None and vintage not in index.vintages:
            raise CommandError(
                _("Le millésime %(vintage)d n’est pas importé ici ; il y a : %(known)s.")
                % {"vintage": vintage, "known": ", ".join(map(str, index.vintages))}
            )
        try:
            found = find_place(text)
            locations = index.locate(found.longitude, found.latitude, vintage=vintage)
        except PlaceNotFound as refusal:
            raise CommandError(str(refusal)) from None
        if found.notice:
            self.stderr.write(found.notice)
        if all(location.distance_m > FAR_M and not location.inside for location in locations):
            self.stderr.write(
                _("Ce point est à plus de 200 km de tout quartier : la longitude vient avant la latitude.")
            )
        for location in locations:
            self.stdout.write(json.dumps(self._line(location, found), ensure_ascii=False))

    def _line(self, location, place):
        line = {key: value for key, value in asdict(location).items() if key in SHOWN}
        if place.precision == "point":
            return line
        # A commune's centre or a street's middle says little of one address.
        line["indicative"] = line["indicative"] or place.precision != "address"
        return {**line, "precision": place.precision, "place": place.label}
