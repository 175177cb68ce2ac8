"""Doors of residents' voices: see `doors.py`. Everybody may speak; Elsa coordinates; Amina's association answers."""

import uuid

from .door import ANYBODY, SIGNED_IN, Door, _sent, _uuid

LOOKS = frozenset({"elsa"})
HERE = frozenset({"amina", "bruno", "elsa"})
CARRIES = frozenset({"amina", "elsa"})
OURS = frozenset({"amina"})


def _here(scene):
    return {"slug": scene["tilleuls"].slug}


def _voice(**fields):
    return lambda scene: {
        **{"key": str(uuid.uuid4()), "words": "Il manque des bancs.", "subject": "living"},
        **{"territory": scene["tilleuls"].slug, "language": "fr"},
        **fields,
    }


def _code(**fields):
    return lambda scene: {"code": scene["voice_code"], **fields}


DOORS = {
    "participation:speak": Door(ANYBODY, where=_here, data=_voice()),
    "participation:follow": Door(ANYBODY, data=_code(), only_shows=True),
    "participation:take-back": Door(ANYBODY, data=_code(sure="1")),
    "participation:note": Door(LOOKS, sees=SIGNED_IN, data=_voice()),
    "participation:look": Door(
        LOOKS, where=_uuid("voice"), data=_sent(shared_words="Quelqu’un a peur.", subject="living")
    ),
    "participation:set-aside": Door(LOOKS, where=_uuid("voice"), data=_sent(why="names")),
    "participation:group": Door(
        HERE,
        where=_here,
        data=lambda scene: {"voices": [scene["shared_voice"].pk], "wording": "De la lumière au parc"},
    ),
    "participation:ungroup": Door(HERE, where=_uuid("grouped_voice")),
    "participation:tell": Door(LOOKS, sees=HERE, where=_uuid("grouped_voice"), data=_sent(words="نعم")),
    "participation:take-up": Door(
        OURS, sees=HERE, where=_uuid("voiced_need"), data=lambda scene: {"organisation": scene["entraide"].slug}
    ),
    "participation:let-go": Door(CARRIES, sees=HERE, where=_uuid("taken_need")),
    "participation:answer": Door(CARRIES, sees=HERE, where=_uuid("taken_need"), data=_sent(answer="En juin.")),
    "participation:close": Door(
        CARRIES, sees=HERE, where=_uuid("answered_need"), data=_sent(told_words="Dans le hall.")
    ),
    "participation:reopen": Door(CARRIES, sees=HERE, where=_uuid("answered_need")),
    "participation:show": Door(
        LOOKS, sees=HERE, where=_uuid("voiced_need"), data=_sent(release_words="Réunion du 12 mars.")
    ),
    "participation:hide": Door(LOOKS, sees=SIGNED_IN, where=_uuid("shown_need")),
    "participation:reword": Door(
        HERE, where=_uuid("voiced_need"), data=_sent(wording="De la lumière au parc", subject="living")
    ),
    "participation:mediators": Door(LOOKS, sees=HERE, where=_here, data=_sent(email="nora@exemple.org")),
    "participation:end-mediation": Door(
        LOOKS, sees=HERE, where=lambda scene: {**_here(scene), "pk": scene["mediation"].pk}
    ),
}
