"""What organisations agree in writing: an agreement, its clauses and parties, what is asked, what is joined."""

from .agreements import Agreement, Clause, Instalment
from .parties import Attachment, ChangeRequest, Party

__all__ = ["Agreement", "Attachment", "ChangeRequest", "Clause", "Instalment", "Party"]
