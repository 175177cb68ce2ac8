from .answers import LookBack, Mention, PrincipleAnswer
from .campaigns import Campaign, NextStep, PaperCount
from .commitments import CommitmentState, State

__all__ = [
    "Campaign",
    "CommitmentState",
    "LookBack",
    "Mention",
    "NextStep",
    "PaperCount",
    "PrincipleAnswer",
    "State",
]
