"""What residents of the town say, in four languages, and what its associations answer: at every stage."""

import datetime
import tomllib
import uuid
from pathlib import Path

from maillage.participation import actions
from maillage.participation.codes import code_of

from .lasting import fresh


def listen(story):
    """Each voice of `voices.toml`: noted by Chloé or sent by a resident, looked at by Elsa; then the needs."""
    told = tomllib.loads((Path(__file__).parent / "voices.toml").read_text())
    elsa = fresh(story.people["elsa"])
    actions.appoint_mediator(
        story.places["QN09901N"], email=story.people["chloe"].email, actor=elsa, at=_moment(told["voices"][0]["at"])
    )
    heard = {}
    for row in told["voices"]:
        voice = _hear(story, row, elsa)
        if row.get("need"):
            heard.setdefault(row["need"], []).append((voice, row))
    for row in told["needs"]:
        _answer(story, row, heard[row["key"]], elsa)
    first = heard["bancs"][1][0]
    first.refresh_from_db()
    story.say("Douze paroles d’habitants et d’habitantes, en quatre langues", "participation:places")
    story.say("… trois besoins montrés à tout le monde, deux réponses", first.need)
    story.say(f"… celle d’une dame qui parle arabe a le code {code_of(first.key)}", "participation:follow")


def _hear(story, row, elsa):
    at = _moment(row["at"])
    said = {
        "key": uuid.UUID(int=story.dice.getrandbits(128), version=4),
        "words": row["words"],
        "language": row.get("language", "fr"),
        "subject": row["subject"],
        "may_be_shown": row.get("shown", False),
        "at": at,
    }
    place = story.places[row["place"]]
    if by := row.get("by"):
        return actions.note_voice(place, **said, actor=fresh(story.people[by]))
    voice = actions.deposit_voice(place, **said)
    stage = row.get("stage", "shared")
    if stage == "aside":
        return actions.set_aside(voice, why=row["why"], actor=elsa, at=at)
    if stage == "shared":
        words = row.get("in_french", row["words"])
        return actions.share_voice(voice, shared_words=words, actor=elsa, at=at)
    return voice


def _answer(story, row, heard, elsa):
    voices = [voice for voice, _said in heard]
    territory = voices[0].territory
    need = actions.group_voices(
        voices, territory=territory, wording=row["wording"], actor=elsa, at=_moment(row["at"])
    )
    if decision := row.get("decision"):
        need = actions.show_need(need, release_words=decision, actor=elsa, at=_moment(row["shown_at"]))
    if not (carrier := row.get("carrier")):
        return
    who = {"actor": fresh(story.association(carrier)["user"])}
    organisation = story.organisations[carrier]
    need = actions.take_up(need, organisation=organisation, **who, at=_moment(row["taken_at"]))
    if answer := row.get("answer"):
        need = actions.answer_need(need, answer=answer, **who, at=_moment(row["answered_at"]))
        for voice, said in heard:
            if words := said.get("answer"):
                actions.tell_in_own_language(voice, words=words, actor=elsa, at=_moment(row["answered_at"]))
    if told := row.get("told"):
        actions.close_need(need, told_words=told, **who, at=_moment(row["told_at"]))


def _moment(day):
    return datetime.datetime.combine(day, datetime.time(9), datetime.UTC)
