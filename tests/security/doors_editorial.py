"""Doors of what editors write: see `doors.py`. Gaël edits; Amina's and Bruno's associations are named."""

from .door import ANYBODY, SIGNED_IN, Door, _sent

EDITOR = frozenset({"gael"})
NAMED = frozenset({"amina", "bruno"})
REPRESENT = frozenset({"amina", "bruno", "hugo"})
OF = {"amina": "entraide", "bruno": "jardins", "hugo": "boxe"}


def _case(name):
    return lambda scene: {"slug": scene[name].slug}


def _page(name):
    return lambda scene: {"pk": scene[name].pk}


def _assent(name):
    """That of the persona's own association, or of Entraide."""

    def where(scene):
        organisation = scene[OF.get(scene["persona"], "entraide")]
        found = scene[name].assents.filter(organisation=organisation).first()
        return {"uuid": (found or scene[name].assents.get(organisation=scene["entraide"])).uuid}

    return where


def _link(scene):
    from maillage.editorial.links import assent_link

    return {"link": assent_link(scene["case_asked"].assents.get(organisation=scene["entraide"]))}


def _answered(scene):
    return {"agrees": "yes", "words_of": scene["case_asked"].assents.first().fingerprint}


def _copied(scene):
    own = scene.get(OF.get(scene["persona"], ""))
    place = own.territories.first() if own else scene["tilleuls"]
    return {"organisation": own.pk if own else "", "territories": [place.slug]}


DOORS = {
    "editorial:answer": Door(ANYBODY, where=_link, data=_answered),
    "editorial:my-answer": Door(NAMED, sees=EDITOR, where=_assent("case_asked"), data=_answered),
    "editorial:withdraw": Door(
        NAMED, sees=EDITOR, where=_assent("case_withdrawable"), data=_sent(words="Nous partons.")
    ),
    "editorial:tell": Door(NAMED, sees=SIGNED_IN - NAMED, where=_case("to_tell")),
    "editorial:ask": Door(EDITOR, sees=NAMED, where=_case("case_draft")),
    "editorial:publish": Door(EDITOR, sees=NAMED, where=_case("case_agreed")),
    "editorial:copy": Door(REPRESENT, sees=SIGNED_IN - REPRESENT, where=_case("case_live"), data=_copied),
    "editorial:keep": Door(SIGNED_IN, where=_page("case_live"), data=_sent(keep="yes")),
    "editorial:comment": Door(SIGNED_IN, where=_page("news_open"), data=_sent(text="Merci à vous.")),
    "editorial:settle-comment": Door(EDITOR, sees=SIGNED_IN - EDITOR, where=_page("said"), data=_sent(show="yes")),
    "editorial:editors": Door(
        EDITOR,
        sees=SIGNED_IN - EDITOR,
        data=lambda scene: {"email": scene["colleague"].email, "subject": "cases", "territory": ""},
    ),
    "editorial:end-editor": Door(EDITOR, sees=SIGNED_IN - EDITOR, where=_page("editor")),
}
