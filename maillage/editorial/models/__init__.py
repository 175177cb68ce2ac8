"""Pages that editors write, who may write them, and what the organisations named said of a case study."""

from .assents import Assent, CaseReading
from .cases import GRID, CaseFinding, CaseName, CaseStudy, CaseTerritory
from .pages import CasesSection, Guide, GuideChapter, NewsPage, NewsSection, SiteNotes
from .people import Comment, Editor, ReadingTask, SavedPage, Subject

__all__ = [
    "GRID",
    "Assent",
    "CaseFinding",
    "CaseName",
    "CaseReading",
    "CaseStudy",
    "CaseTerritory",
    "CasesSection",
    "Comment",
    "Editor",
    "Guide",
    "GuideChapter",
    "NewsPage",
    "NewsSection",
    "ReadingTask",
    "SavedPage",
    "SiteNotes",
    "Subject",
]
