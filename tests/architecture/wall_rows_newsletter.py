"""Letters of territories: who writes them, then everybody."""

from django.utils import timezone

from tests.factories.newsletter import LetterFactory

from .wall_rows import EVERYBODY, LeakRow


def letter(request):
    return LetterFactory(territory=request.getfixturevalue("tilleuls"))


def letter_sent(request):
    return LetterFactory(territory=request.getfixturevalue("tilleuls"), sent_at=timezone.now())


ROWS = {
    "newsletter.Letter": [
        LeakRow(letter, frozenset({"elsa", "gael"}), "who writes it"),
        LeakRow(letter_sent, EVERYBODY, "it has left"),
    ]
}
