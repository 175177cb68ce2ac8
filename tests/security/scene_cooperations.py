"""Cooperations of Les Tilleuls, in each state that a door needs: Entraide leads, Les Jardins take part."""

from maillage.cooperations.models import CaseStudyDraft, Contribution
from tests.factories.cooperations import CooperationFactory


def add_to(scene):
    here, partners, now = [scene["tilleuls"]], [scene["entraide"], scene["jardins"]], scene["now"]
    made = scene["cooperation"] = CooperationFactory(partners=partners, territories=here)
    scene["idea_shared"] = CooperationFactory(partners=[scene["one"]], territories=here, stage="idea")
    scene["looked_at"] = CooperationFactory(partners=partners, territories=here)
    scene["looked_at"].reviews.create(opened_at=now)
    scene["assessed"] = CooperationFactory(partners=partners, territories=here, stage="assessed")
    scene["told"] = CooperationFactory(partners=partners, territories=here, stage="ended")
    CaseStudyDraft.objects.create(cooperation=scene["told"], prepared_at=now)
    scene["asking"] = made.partners.create(organisation=scene["other"], state="asking", since=now)
    scene["invited"] = made.partners.create(organisation=scene["prefecture"], state="invited", since=now)
    scene["own_part"] = made.partners.get(organisation=scene["entraide"])
    scene["second_part"] = made.partners.get(organisation=scene["jardins"])
    scene["contribution"] = Contribution.objects.create(partner=scene["own_part"], kind="hours", amount=5)
    scene["milestone"] = made.milestones.create(title="Semer", due_on="2026-03-01")
    scene["finding"] = made.findings.create(side="brake", family="time", words="Le temps.")
    scene["entry"] = made.journal.create(text="Ici.", written_at=now, organisation=scene["entraide"])
