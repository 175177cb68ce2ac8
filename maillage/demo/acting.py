"""What associations of the town do together: six cooperations, one at each stage."""

import datetime
import tomllib
from pathlib import Path

from maillage.cooperations import actions
from maillage.cooperations.models import Cooperation

from .lasting import fresh

SCALE = {"trust": "fully", "sharing": "rather", "load": "little", "residents": "rather"}
TOLD = ("aim", "needs", "form", "depth", "residents", "results_obtained")


def cooperate(story):
    """Each cooperation of `cooperations.toml`, through the actions of its partners."""
    rows = tomllib.loads((Path(__file__).parent / "cooperations.toml").read_text())["cooperations"]
    for row in rows:
        _Telling(story, row).tell()
    shown = Cooperation.objects.get(title=rows[3]["title"])
    story.say("Six coopérations, de l’idée au bilan ; l’atelier vélo circule entre deux quartiers", shown)
    story.say("… et toutes celles qui sont publiées", "cooperations:cooperation-list")


class _Telling:
    """One cooperation, told from its row."""

    def __init__(self, story, row):
        self.story, self.row = story, row
        self.at = datetime.datetime.combine(row["at"], datetime.time(10), datetime.UTC)

    def acting(self, name):
        return fresh(self.story.association(name)["user"])

    def later(self, **length):
        self.at += datetime.timedelta(**length)
        return self.at

    def tell(self):
        story, row = self.story, self.row
        lead = self.acting(row["lead"])
        made = actions.propose_cooperation(
            title=row["title"],
            organisation=story.organisations[row["lead"]],
            territories=[story.places[code] for code in row["places"]],
            themes=row["themes"],
            actor=lead,
            at=self.at,
            **{name: row[name] for name in TOLD if name in row},
        )
        for name in row["partners"]:
            partner = actions.invite_partner(
                made, organisation=story.organisations[name], words="", actor=lead, at=self.later(hours=1)
            )
            actions.answer_invitation(partner, accept=True, actor=self.acting(name), at=self.later(hours=5))
        if asking := row.get("asking"):
            words, actor = "Nous avons une salle le mardi.", self.acting(asking)
            organisation = story.organisations[asking]
            actions.ask_to_take_part(made, organisation=organisation, words=words, actor=actor, at=self.later(days=2))
        self.follow(made, lead)
        self.move(made, lead)
        if row.get("published"):
            actions.publish_cooperation(made, published=True, actor=lead, at=self.later(days=1))

    def follow(self, made, lead):
        row, organisation = self.row, self.story.organisations[self.row["lead"]]
        for day, text in row.get("journal", ()):
            at = datetime.datetime.combine(day, datetime.time(18), datetime.UTC)
            actions.write_entry(made, organisation=organisation, text=text, actor=lead, at=at)
        for side in ("brake", "lever"):
            for family, words in row.get(f"{side}s", ()):
                actions.add_finding(made, side=side, family=family, words=words, actor=lead, at=self.later(hours=1))
        for title, due_on in row.get("milestones", ()):
            actions.add_milestone(made, title=title, due_on=due_on, actor=lead, at=self.later(hours=1))

    def move(self, made, lead):
        for stage in self.row["stages"]:
            if stage == "assessed":
                self.look_back(made, lead)
            words = self.row.get("why", "") if stage == "stopped" else ""
            actions.move_stage(made, stage=stage, words=words, actor=lead, at=self.later(days=9))

    def look_back(self, made, lead):
        self.at = datetime.datetime.combine(self.row["looked_at"], datetime.time(10), datetime.UTC)
        review = actions.open_review(made, actor=lead, at=self.later(days=2))
        for name in [self.row["lead"], *self.row["partners"]]:
            organisation, actor = self.story.organisations[name], self.acting(name)
            actions.answer_review(review, organisation=organisation, actor=actor, at=self.later(hours=7), **SCALE)
        for _ in range(self.row["residents_answers"]):
            actions.enter_resident_answer(review, actor=lead, at=self.later(hours=1), **SCALE)
        actions.close_review(review, changes=self.row["changes"], actor=lead, at=self.later(days=4))
