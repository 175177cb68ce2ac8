"""Doors of a text opened to a group: see `doors.py`."""

from .door import Door, _in

INSIDE = frozenset({"amina", "bruno", "elsa"})
ANIMATE = frozenset({"bruno", "elsa"})
AMINA_IS_TOLD = frozenset({"amina"})


def _group(scene):
    return {"slug": scene["writing_group"].slug}


def _workshop(scene):
    return {**_group(scene), "pk": scene["workshop"].pk}


def _article(scene):
    return {**_workshop(scene), "key": "dialogue"}


def _amendment(scene):
    return {**_workshop(scene), "number": scene["amendment"].pk}


def _comment(scene):
    return {**_workshop(scene), "number": scene["comment"].pk}


def _said(**fields):
    """In the name of who speaks: Bruno's or Amina's association, or the animation for Elsa."""

    def data(scene):
        organisation = {"bruno": scene["jardins"], "amina": scene["entraide"]}.get(scene["persona"])
        return {"voice": f"o{organisation.pk}" if organisation else "animation", **fields}

    return data


def _draft(scene):
    return {"version": scene["ready"].pk, "words": "Par où commencer ?", "closes_on": _in(20)}


def _sent(**fields):
    return lambda scene: fields


DOORS = {
    "drafting:open": Door(ANIMATE, sees=AMINA_IS_TOLD, where=_group, data=_draft),
    "drafting:change-day": Door(ANIMATE, sees=AMINA_IS_TOLD, where=_workshop, data=_sent(closes_on=_in(9))),
    "drafting:close": Door(ANIMATE, sees=AMINA_IS_TOLD, where=_workshop, data=_sent(words="Merci.")),
    "drafting:comment": Door(INSIDE, where=_workshop, data=_said(text="Et ici ?", article_key="avec")),
    "drafting:resolve": Door(INSIDE, where=_comment),
    "drafting:propose-article": Door(
        INSIDE, where=_workshop, data=_said(kind="value", title="Ici", text="Chez nous.", reason="Il manque.")
    ),
    "drafting:amend": Door(
        INSIDE, where=_article, data=_said(title="Dialogue", text="Nous parlons.", reason="Plus court.")
    ),
    "drafting:propose-removal": Door(INSIDE, where=_article, data=_said(reason="Il répète.")),
    "drafting:stance": Door(
        frozenset({"bruno"}),
        sees=frozenset({"elsa"}),
        told=AMINA_IS_TOLD,
        where=_amendment,
        data=_said(kind="object", words="Pas ainsi."),
    ),
    "drafting:withdraw": Door(frozenset({"amina"}), sees=ANIMATE, where=_amendment),
    "drafting:accept": Door(
        ANIMATE, sees=AMINA_IS_TOLD, where=_amendment, data=_sent(answer="Oui.", reason="Ici, nous.")
    ),
    "drafting:merge": Door(
        ANIMATE,
        sees=AMINA_IS_TOLD,
        where=_amendment,
        data=_sent(title="Avec", text="Nous décidons ensemble.", answer="Un peu des deux.", reason="Ici, nous."),
    ),
    "drafting:refuse": Door(ANIMATE, sees=AMINA_IS_TOLD, where=_amendment, data=_sent(answer="Pas cette fois.")),
}
