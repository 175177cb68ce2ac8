"""A text written elsewhere (Word, OpenDocument, Markdown, plain text) read into the articles of a draft.

Pure: bytes in, articles and warnings out; no database, no disk, no network. Every paragraph of the file is in an
article, in the title, or named in a warning.
"""

from . import markdown, opendocument, word
from .articles import LONGEST_TEXT, LONGEST_TITLE, MOST_ARTICLES, ImportedArticle, ImportedText, arrange
from .matching import free_key, title_mark
from .sniffing import MOST_BYTES, FileRefused, kind_of

__all__ = [
    "LONGEST_TEXT",
    "LONGEST_TITLE",
    "MOST_ARTICLES",
    "MOST_BYTES",
    "FileRefused",
    "ImportedArticle",
    "ImportedText",
    "free_key",
    "read",
    "title_mark",
]

READERS = {"word": word.read, "opendocument": opendocument.read, "text": markdown.read}


def read(content):
    """The `ImportedText` of a file's ``content`` (bytes). Its nature is read in its bytes, never in its name.

    Raises FileRefused, with a sentence for people: another format, macros, a password, a trap, too long, empty.
    """
    return arrange(READERS[kind_of(content)](content))
