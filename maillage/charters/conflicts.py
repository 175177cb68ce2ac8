"""Two people wrote in one article: what it says now, beside what the second of them typed. Nothing is stored."""

import dataclasses

from .differences import word_differences


@dataclasses.dataclass(frozen=True)
class TwoWords:
    """``now``: the article as somebody else has just left it; ``title``, ``text``, ``plain_language``: as typed."""

    now: object
    title: str
    text: str
    plain_language: str = ""

    @property
    def title_runs(self):
        return word_differences(self.now.title, self.title)

    @property
    def text_runs(self):
        return word_differences(self.now.text, self.text)

    @property
    def plain_language_runs(self):
        if self.now.plain_language == self.plain_language:
            return []
        return word_differences(self.now.plain_language, self.plain_language)
