"""Rows of the letter, of first steps and of successions that could leak."""

from django.utils import timezone

from maillage.digest import actions
from maillage.digest.models import DigestPreference, FirstStep
from tests.factories import charters

from .wall_rows import LeakRow


def preference_of_amina(request):
    return DigestPreference.objects.create(user=request.getfixturevalue("amina"), told={"a": "2026-01-01"})


def first_step_of_entraide(request):
    entraide = request.getfixturevalue("entraide")
    signature = charters.signed(organisation=entraide, email="amina@exemple.org", involvement="host")
    return FirstStep.objects.create(signature=signature, sent_at=timezone.now())


def succession_of_the_neighbourhood(request):
    return actions.propose_succession(
        request.getfixturevalue("tilleuls"),
        email="suite@exemple.org",
        leaves=True,
        words="Tu connais tout le monde.",
        actor=request.getfixturevalue("elsa"),
        at=timezone.now(),
    )


ROWS = {
    "digest.DigestPreference": [
        LeakRow(preference_of_amina, frozenset({"amina"}), "what somebody receives is theirs")
    ],
    "digest.FirstStep": [
        LeakRow(first_step_of_entraide, frozenset({"amina", "elsa"}), "who wishes to act is never published")
    ],
    "digest.Succession": [
        LeakRow(succession_of_the_neighbourhood, frozenset({"elsa"}), "an address, and words, of the coordination")
    ],
}
