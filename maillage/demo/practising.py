"""What the town does after signing: it lends, writes together, keeps its word, looks back, agrees in writing."""

import datetime
import tomllib
from pathlib import Path

from maillage.agreements import actions as agreeing
from maillage.charters.models import CharterVersion
from maillage.cooperations.models import Cooperation
from maillage.drafting import actions as drafting
from maillage.drafting.models import Amendment
from maillage.evaluation import actions as evaluating
from maillage.evaluation.synthesis import articles_of
from maillage.groups import actions as grouping
from maillage.groups.models import Group
from maillage.organisations.models import Mandate
from maillage.resources import actions as lending
from maillage.resources.availability import moment as at_hour
from maillage.resources.models import Loan, Resource

from .lasting import fresh

MORNING, EVENING = datetime.time(9), datetime.time(18)
RESOURCE = (
    "kind",
    "title",
    "description",
    "quantity",
    "place",
    "accessibility",
    "conditions",
    "deposit",
    "is_public",
)


def practise(story):
    """Everything of `practice.toml`, through the actions of those who do it."""
    told = tomllib.loads((Path(__file__).parent / "practice.toml").read_text())
    _Practice(story).tell(told)


def _at(day, hour=10):
    return at_hour(day, datetime.time(hour))


class _Practice:
    def __init__(self, story):
        self.story = story

    def acting(self, name):
        """Who acts for it today: of one association, somebody else took over."""
        standing = self.organisation(name).memberships.standing().select_related("user").order_by("pk")
        return fresh(standing[0].user)

    def organisation(self, name):
        return self.story.organisations[name]

    def tell(self, told):
        self.lend(told)
        for row in told["workshops"]:
            self.write_together(row)
        self.keep_one_s_word(told["commitments"])
        self.look_back(told["look_back"])
        for row in told["agreements"]:
            self.agree(row)
        say = self.story.say
        say("Cinq choses à emprunter, huit prêts, de la demande au retour", "resources:resource-list")
        say("Deux conventions : une salle, signée ; un reversement, en relecture", "agreements:agreement-list")

    # what is lent

    def lend(self, told):
        for row in told["resources"]:
            owner = self.organisation(row["owner"])
            lending.offer_resource(
                owner=owner,
                territories=list(owner.territories.filter(kind="qpv")),
                actor=self.acting(row["owner"]),
                at=_at(datetime.date(2026, 3, 2)),
                **{name: row[name] for name in RESOURCE if name in row},
            )
        for row in told["loans"]:
            self.borrow(row)
        for row in told["needs"]:
            self.seek(row)
        self.count_hours(told["hours"])

    def borrow(self, row):
        resource, at = Resource.objects.get(title=row["what"]), _at(row["at"])
        lender, borrower = self.acting(resource.owner.name), self.acting(row["to"])
        starts, ends = at_hour(row["from"], MORNING), at_hour(row["from"], EVENING)
        loan = lending.ask_loan(
            resource,
            borrower=self.organisation(row["to"]),
            starts_at=starts,
            ends_at=ends,
            quantity=row.get("quantity", 1),
            message=row.get("message", ""),
            actor=borrower,
            at=at,
        )
        state, later = Loan.State(row["state"]), at + datetime.timedelta(days=1)
        if state == "refused":
            lending.refuse_loan(loan, words=row["words"], actor=lender, at=later)
        elif state != "asked":
            lending.accept_loan(loan, actor=lender, at=later)
            self.hand_over(loan, row, state, lender, borrower)

    def hand_over(self, loan, row, state, lender, borrower):
        starts, ends = loan.starts_at, loan.ends_at
        if state == "cancelled":
            before = starts - datetime.timedelta(days=2)
            lending.cancel_loan(loan, words=row["words"], actor=borrower, at=before)
        if state not in ("out", "back", "closed"):
            return
        loan = lending.hand_out(loan, state_noted="Propre, complet.", deposit_received=True, actor=lender, at=starts)
        if state == "out":
            return
        incident = row.get("incident", "")
        loan = lending.take_back(
            loan,
            state_noted="Rendu à l’heure.",
            incident=incident,
            deposit_returned=not incident,
            actor=lender,
            at=ends,
        )
        if state == "closed" and loan.state == Loan.State.BACK:
            later = ends + datetime.timedelta(days=9)
            lending.close_loan(loan, words=row["settled"], deposit_returned=True, actor=lender, at=later)

    def seek(self, row):
        need = lending.say_need(
            organisation=self.organisation(row["by"]),
            kind=row["kind"],
            title=row["title"],
            territory=self.story.places["QN09901N"],
            to_on=row["to_on"],
            actor=self.acting(row["by"]),
            at=_at(row["at"]),
        )
        if "answer" in row:
            lending.answer_need(
                need,
                organisation=self.organisation(row["answer_by"]),
                words=row["answer"],
                actor=self.acting(row["answer_by"]),
                at=_at(row["at"], 18),
            )

    def count_hours(self, row):
        place, elsa = self.story.places[row["place"]], fresh(self.story.people["elsa"])
        lending.open_ledger(place, words=row["words"], actor=elsa, at=_at(row["at"]))
        for giver, receiver, hours, day, words in row["entries"]:
            lending.note_hours(
                territory=place,
                giver=self.organisation(giver),
                receiver=self.organisation(receiver),
                hours=hours,
                day=day,
                words=words,
                actor=self.acting(giver),
                at=_at(day, 19),
            )

    # what is written together

    def write_together(self, row):
        at = _at(row["at"])
        draft = CharterVersion.objects.drafts().get(adaptation__slug=row["text"])
        elsa = fresh(self.story.people["elsa"])
        group = self.group_of(row, at)
        workshop = drafting.open_workshop(
            draft, group=group, words=row["words"], closes_on=row["closes_on"], actor=elsa, at=at
        )
        for comment in row.get("comments", ()):
            drafting.make_comment(
                workshop,
                text=comment["text"],
                article_key=comment["article"],
                organisation=self.organisation(comment["by"]),
                actor=self.acting(comment["by"]),
                at=at + datetime.timedelta(hours=3),
            )
        proposed = [(self.propose(workshop, told, at), told) for told in row["amendments"]]
        self.answer(workshop, proposed, elsa, at + datetime.timedelta(days=3))
        self.story.say(f"« {draft.adaptation.name} » s’écrit à plusieurs, amendement par amendement", group)

    def group_of(self, row, at):
        if "group_name" in row:
            return Group.objects.get(name=row["group_name"])
        plan, elsa = row["group"], fresh(self.story.people["elsa"])
        group = grouping.create_group(
            name=plan["name"],
            kind=Group.Kind.NEIGHBOURHOOD_TABLE,
            territory=self.story.places[plan["place"]],
            organisation=self.organisation(row["by"]),
            founding_text="Écrire la charte du Grand-Clos, puis la faire vivre.",
            actor=self.acting(row["by"]),
            at=at - datetime.timedelta(days=2),
        )
        for name in plan["members"]:
            grouping.add_member(group, organisation=self.organisation(name), actor=elsa, at=at)
        return group

    def propose(self, workshop, told, at):
        article = workshop.version.articles.get(key=told["article"])
        text = article.text.replace(told["old"], told["new"]) if "old" in told else article.text + told["add"]
        amendment = drafting.propose_amendment(
            workshop,
            kind=Amendment.Kind.CHANGE,
            article_key=article.key,
            title=article.title,
            text=text,
            reason=told["reason"],
            organisation=self.organisation(told["by"]),
            actor=self.acting(told["by"]),
            at=at + datetime.timedelta(days=1),
        )
        stances = [(name, "support", "") for name in told.get("supported_by", ())]
        if "objected_by" in told:
            stances.append((told["objected_by"][0], "object", told["objected_by"][1]))
        for name, kind, words in stances:
            drafting.take_stance(
                amendment,
                kind=kind,
                words=words,
                organisation=self.organisation(name),
                actor=self.acting(name),
                at=at + datetime.timedelta(days=2),
            )
        return amendment

    def answer(self, workshop, proposed, actor, at):
        merged = [amendment for amendment, told in proposed if told["outcome"] == "merged"]
        for amendment, told in proposed:
            article = workshop.version.articles.get(key=amendment.article_key)
            answer, reason = {"answer": told.get("answer", ""), "actor": actor, "at": at}, told["reason"]
            if told["outcome"] == "accepted":
                drafting.accept_amendment(amendment, reason=reason, **answer)
            elif told["outcome"] == "refused":
                drafting.refuse_amendment(amendment, **answer)
            elif "merged_text" in told:
                text = article.text + told["merged_text"]
                drafting.merge_amendments(merged, title=article.title, text=text, reason=reason, **answer)

    # what was promised, and how it went

    def signatories(self):
        rows = [row for row in self.story.town["associations"] if row.get("tilleuls")]
        return [row["name"] for row in rows]

    def keep_one_s_word(self, row):
        """What the first ten signatories say of three of their commitments: thirty."""
        text = self.story.tilleuls
        articles = {article.key: article for article in text.articles.filter(key__in=row["articles"])}
        for rank, name in enumerate(self.signatories()[:10]):
            for turn, key in enumerate(row["articles"]):
                number = (rank + 2 * turn) % len(row["states"])
                evaluating.note_commitment(
                    self.organisation(name),
                    articles[key],
                    row["year"],
                    state=row["states"][number],
                    note=row["notes"][number],
                    proofs=row["proof"] if row["states"][number] == "done" else "",
                    edition=0,
                    actor=self.acting(name),
                    at=_at(row["at"]),
                )

    def look_back(self, row):
        elsa, opens, text = fresh(self.story.people["elsa"]), _at(row["opens_on"]), self.story.tilleuls
        campaign = evaluating.open_campaign(
            text,
            territory=self.story.places[row["place"]],
            year=2026,
            opens_on=row["opens_on"],
            closes_on=row["closes_on"],
            actor=elsa,
            at=opens,
        )
        asked = campaign.look_backs.select_related("campaign__version", "organisation")
        for rank, look_back in enumerate(asked.order_by("pk")[: len(row["brakes"])]):
            self.answer_look_back(look_back, rank, row, opens + datetime.timedelta(days=2))
        closed = evaluating.close_campaign(campaign, actor=elsa, at=_at(row["closes_on"]))
        for step in row["steps"]:
            evaluating.add_step(
                closed,
                text=step["text"],
                carried_by=self.organisation(step["by"]),
                due_on=step["due_on"],
                actor=elsa,
                at=_at(row["adopted_on"]),
            )
        evaluating.adopt_steps(
            closed,
            adopted_on=row["adopted_on"],
            adopted_by=row["adopted_by"],
            actor=elsa,
            at=_at(row["adopted_on"], 20),
        )
        evaluating.publish_synthesis(closed, actor=elsa, at=_at(row["adopted_on"], 21))
        self.story.say("Sept associations ont regardé leur année : la synthèse, et ce qui change", closed)

    def answer_look_back(self, look_back, rank, row, at):
        user = self.acting(look_back.organisation.name)
        for number, article in enumerate(articles_of(look_back.campaign.version)):
            state = row["states"][(rank + number) % len(row["states"])]
            evaluating.save_principle(look_back, article, state=state, note="", edition=0, actor=user, at=at)
        evaluating.save_pages(
            look_back,
            edition=0,
            brakes=row["brakes"][rank],
            levers=row["levers"][rank],
            change=row["change"],
            need=row["need"],
            actor=user,
            at=at,
        )
        evaluating.finish_look_back(look_back, actor=user, at=at)

    # what is agreed in writing

    def agree(self, row):
        at, actor = _at(row["at"]), self.acting(row["by"])
        cooperation = row.get("cooperation")
        agreement = agreeing.start_agreement(
            kind=row["kind"],
            title=row["title"],
            organisation=self.organisation(row["by"]),
            others=[self.organisation(name) for name in row["with"]],
            starts_on=row["starts_on"],
            ends_on=row["ends_on"],
            cooperation=Cooperation.objects.get(title=cooperation) if cooperation else None,
            actor=actor,
            at=at,
        )
        told = {"actor": actor, "at": at}
        if clauses := row.get("clauses"):
            clauses = [tuple(clause) for clause in clauses]
            agreement = agreeing.change_clauses(agreement, clauses, edition=agreement.edition, **told)
        if "amount" in row:
            amount, payments = row["amount"], [tuple(payment) for payment in row["instalments"]]
            agreement = agreeing.change_agreement(agreement, edition=agreement.edition, amount=amount, **told)
            agreement = agreeing.change_instalments(agreement, payments, edition=agreement.edition, **told)
        agreement = agreeing.open_review(agreement, **told)
        later = at + datetime.timedelta(days=2)
        if words := row.get("change_asked"):
            other = row["with"][0]
            agreeing.ask_change(
                agreement,
                organisation=self.organisation(other),
                words=words,
                actor=self.acting(other),
                at=later,
            )
        if row["state"] == "signed":
            self.sign(agreement, [row["by"], *row["with"]], later)

    def sign(self, agreement, names, at):
        for name in names:
            agreement = agreeing.approve(
                agreement,
                organisation=self.organisation(name),
                edition=agreement.edition,
                actor=self.acting(name),
                at=at,
            )
        for name in names:
            organisation, actor = self.organisation(name), self.acting(name)
            standing = Mandate.objects.filter(organisation=organisation, user=actor, ended_at=None).exists()
            by = {} if standing else {"function": "présidence", "decided_on": datetime.date(2026, 8, 30)}
            agreement = agreeing.sign_agreement(
                agreement, organisation=organisation, sha256=agreement.sha256, actor=actor, at=at, **by
            )
