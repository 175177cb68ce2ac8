"""What a cooperation is, who takes part, what was learned."""

from .cooperations import Cooperation, CooperationTheme, Partner, StageChange
from .families import FAMILIES, Brake, Lever, Side
from .following import CaseStudyDraft, Contribution, Finding, JournalEntry, Milestone, Review, ReviewAnswer

__all__ = [
    "FAMILIES",
    "Brake",
    "CaseStudyDraft",
    "Contribution",
    "Cooperation",
    "CooperationTheme",
    "Finding",
    "JournalEntry",
    "Lever",
    "Milestone",
    "Partner",
    "Review",
    "ReviewAnswer",
    "Side",
    "StageChange",
]
