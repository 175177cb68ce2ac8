"""What a cooperation is, who takes part, what was learned."""

from .cooperations import Cooperation, CooperationTheme, Partner, StageChange
from .following import CaseStudyDraft, Contribution, Finding, JournalEntry, Milestone, Review, ReviewAnswer

__all__ = [
    "CaseStudyDraft",
    "Contribution",
    "Cooperation",
    "CooperationTheme",
    "Finding",
    "JournalEntry",
    "Milestone",
    "Partner",
    "Review",
    "ReviewAnswer",
    "StageChange",
]
