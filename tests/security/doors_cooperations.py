"""Doors of cooperations: see `doors.py`. Amina leads, Bruno takes part, Elsa coordinates and reads."""

from .door import SIGNED_IN, Door, _in, _sent

LEADS = frozenset({"amina"})
TAKES_PART = frozenset({"amina", "bruno"})
READS = frozenset({"amina", "bruno", "elsa"})
KNOWS = READS | {"fatou"}
"""The prefecture is invited: it knows that the cooperation exists."""
SCALE = {"trust": "fully", "sharing": "rather", "load": "little", "residents": "no"}


def _slug(name="cooperation"):
    return lambda scene: {"slug": scene[name].slug}


def _row(name):
    return lambda scene: {"slug": scene["cooperation"].slug, "pk": scene[name].pk}


def _own(scene):
    mine = {"amina": "entraide", "bruno": "jardins", "hugo": "boxe"}.get(scene["persona"])
    return scene[mine].pk if mine else ""


def _described(scene):
    places = [scene["boxe"].territories.get() if scene["persona"] == "hugo" else scene["tilleuls"]]
    return {
        "title": "Un terrain de sport",
        "aim": "Ouvrir le terrain.",
        "organisation": _own(scene),
        "territories": [place.slug for place in places],
        "form": "project",
        "depth": "",
        "residents": "",
    }


def _answering(scene):
    part = scene["looked_at"].partners.filter(organisation_id=_own(scene) or None).first()
    return {"slug": scene["looked_at"].slug, "pk": part.pk if part else 0}


def _answers(scene):
    return {f"o{_answering(scene)['pk']}-{name}": value for name, value in SCALE.items()}


DOORS = {
    "cooperations:propose": Door(frozenset({"amina", "bruno", "hugo"}), sees=SIGNED_IN, data=_described),
    "cooperations:edit": Door(TAKES_PART, sees=KNOWS, where=_slug(), data=_described),
    "cooperations:move-stage": Door(
        LEADS, sees=KNOWS, where=_slug(), data=_sent(stage="stopped", words="Nous nous arrêtons.")
    ),
    "cooperations:publish": Door(LEADS, sees=KNOWS, where=_slug(), data=_sent(published="yes")),
    "cooperations:ask": Door(
        TAKES_PART,
        sees=READS,
        where=_slug("idea_shared"),
        data=lambda scene: {"organisation": _own(scene), "words": "Avec joie."},
    ),
    "cooperations:partners": Door(
        LEADS, sees=KNOWS, where=_slug(), data=lambda scene: {"organisation": scene["left"].pk, "words": ""}
    ),
    "cooperations:answer": Door(LEADS, sees=READS, where=_row("asking"), data=_sent(accept="yes")),
    "cooperations:leave": Door(frozenset({"bruno"}), sees=KNOWS, where=_row("second_part"), data=_sent(words="")),
    "cooperations:pass-lead": Door(LEADS, sees=KNOWS, where=_row("second_part")),
    "cooperations:add-contribution": Door(
        LEADS,
        sees=frozenset({"elsa", "fatou"}),
        where=_row("own_part"),
        data=_sent(kind="hours", amount="3", words=""),
    ),
    "cooperations:remove-contribution": Door(LEADS, sees=frozenset({"elsa", "fatou"}), where=_row("contribution")),
    "cooperations:add-milestone": Door(
        TAKES_PART, sees=KNOWS, where=_slug(), data=_sent(title="Récolter", due_on=_in(90))
    ),
    "cooperations:keep-milestone": Door(TAKES_PART, sees=KNOWS, where=_row("milestone"), data=_sent(done="yes")),
    "cooperations:add-finding": Door(
        TAKES_PART, sees=KNOWS, where=_slug(), data=_sent(family="lever:shared", words="Une salle.")
    ),
    "cooperations:remove-finding": Door(TAKES_PART, sees=KNOWS, where=_row("finding")),
    "cooperations:journal": Door(
        TAKES_PART,
        sees=KNOWS,
        where=_slug(),
        data=lambda scene: {"organisation": _own(scene), "text": "Nous avons semé.", "alt": ""},
    ),
    "cooperations:share-entry": Door(LEADS, sees=KNOWS, where=_row("entry"), data=_sent(shared="yes")),
    "cooperations:open-review": Door(LEADS, sees=KNOWS, where=_slug()),
    "cooperations:answer-review": Door(TAKES_PART, sees=frozenset({"elsa"}), where=_answering, data=_answers),
    "cooperations:paper-answer": Door(
        LEADS,
        sees=READS,
        where=_slug("looked_at"),
        data=_sent(**{f"paper-{name}": value for name, value in SCALE.items()}),
    ),
    "cooperations:close-review": Door(LEADS, sees=READS, where=_slug("looked_at"), data=_sent(changes="Mieux.")),
    "cooperations:prepare-story": Door(TAKES_PART, sees=READS, where=_slug("assessed")),
    "cooperations:story": Door(
        TAKES_PART, sees=READS, where=_slug("told"), data=_sent(number=0, context="Le quartier.")
    ),
}
