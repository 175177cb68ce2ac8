"""The operator forgets somebody who asked for it by another way than the site."""

import uuid

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from maillage.accounts.models import User
from maillage.privacy.actions import SoleManager, forget_person


class Command(BaseCommand):
    help = (
        "forget EMAIL: the account says nothing of anybody any more, signatures stand without the name. For good."
        " After a backup was restored, forget again those whose identifiers the log kept: forget UUID"
    )

    def add_arguments(self, parser):
        parser.add_argument("person", metavar="EMAIL", help="an e-mail address, or the identifier that the log kept")
        parser.add_argument(
            "--nobody-can-take-over",
            action="store_true",
            help="even if an organisation is left without anybody to manage it",
        )

    def handle(self, *, person, nobody_can_take_over, **options):
        user = self._user(person)
        try:
            forget_person(user, actor=None, at=timezone.now(), nobody_can_take_over=nobody_can_take_over)
        except SoleManager as refusal:
            raise CommandError(
                f"{' '.join(refusal.messages)}\nSi personne ne peut la reprendre : --nobody-can-take-over."
            ) from refusal
        self.stdout.write(f"✓ Oubliée. Le compte {user.uuid} ne dit plus rien de personne ; un adieu part.")

    def _user(self, person):
        known = User.objects.filter(forgotten_at=None)
        try:
            found = known.filter(uuid=uuid.UUID(person)).first()
        except ValueError:
            found = known.filter(emailaddress__email__iexact=person).first()
            found = found or known.filter(email__iexact=person).first()
        if found is None:
            raise CommandError(f"Personne n’est connu·e ici par « {person} ».")
        return found
