"""A letter of Les Tilleuls, not sent; a link that confirms."""

from maillage.newsletter.links import confirm_link
from tests.factories.newsletter import LetterFactory


def add_to(scene):
    scene["territory_letter"] = LetterFactory(territory=scene["tilleuls"])
    scene["newsletter_link"] = confirm_link("nora@exemple.org", [scene["tilleuls"].pk], "fr", at=scene["now"])
