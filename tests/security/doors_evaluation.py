"""Doors of look backs: see `doors.py`. Elsa coordinates; Amina's association is asked; inside is the territory."""

from .door import ANYBODY, SIGNED_IN, Door, _in, _sent

RUNS = frozenset({"elsa"})
INSIDE = frozenset({"amina", "bruno", "elsa"})
OWN = frozenset({"amina"})


def _of(name):
    return lambda scene: {"uuid": scene[name].uuid}


def _note(scene):
    return {
        "slug": scene["entraide"].slug,
        "year": scene["running"].year,
        "pk": scene["principle"].pk,
    }


def _paper(scene):
    return {"residents-together-yes": 7}


def _new(scene):
    here = scene["tilleuls"].pk if scene["persona"] == "elsa" else ""
    version = scene["adopted"] if scene["persona"] == "elsa" else scene["second"]
    return {"territory": here, "version": version.pk, "opens_on": _in(0), "closes_on": _in(14)}


DOORS = {
    "evaluation:open": Door(frozenset({"elsa", "gael"}), sees=SIGNED_IN, data=_new),
    "evaluation:close": Door(RUNS, sees=INSIDE, where=_of("running")),
    "evaluation:paper": Door(RUNS, sees=INSIDE, where=_of("running"), data=_paper),
    "evaluation:steps": Door(RUNS, sees=INSIDE, where=_of("closed"), data=_sent(text="Une fête")),
    "evaluation:adopt": Door(
        RUNS, sees=INSIDE, where=_of("closed"), data=_sent(adopted_on=_in(-1), adopted_by="la réunion")
    ),
    "evaluation:remove-step": Door(
        RUNS, sees=INSIDE, where=lambda scene: {"uuid": scene["closed"].uuid, "pk": scene["next_step"].pk}
    ),
    "evaluation:show": Door(RUNS, sees=INSIDE, where=_of("to_show"), data=_sent(how="publish")),
    "evaluation:look-back": Door(OWN, where=_of("asked_2")),
    "evaluation:step": Door(
        OWN,
        where=lambda scene: {"uuid": scene["asked"].uuid, "step": 1},
        data=_sent(state="done", note="", edition=0),
    ),
    "evaluation:by-link": Door(ANYBODY, where=lambda scene: {"link": scene["answer_link"]}),
    "evaluation:step-by-link": Door(
        ANYBODY,
        where=lambda scene: {"link": scene["answer_link"], "step": 1},
        data=_sent(state="under_way", note="", edition=1),
    ),
    "evaluation:note": Door(
        OWN,
        where=_note,
        data=_sent(state="done", note="Chaque mois.", proofs="https://exemple.org/", edition=0),
    ),
}
