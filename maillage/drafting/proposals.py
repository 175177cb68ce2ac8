"""What an amendment would make of an article that may have changed since. Pure functions."""

from maillage.charters.merging import Conflict, merge_texts


def merged_words(amendment, article):
    """The title and the text of ``article`` with the changes of ``amendment``, word for word where the article has
    not moved. Raises Conflict where both changed one sentence.
    """
    if not amendment.is_behind(article):
        return {"title": amendment.title, "text": amendment.text}
    return {
        "title": merge_texts(amendment.base_title, article.title, amendment.title),
        "text": merge_texts(*map(_plain, (amendment.base_text, article.text, amendment.text))),
    }


def gathered_words(amendments, article):
    """(words, those that could not be taken in): ``article`` with as many of ``amendments`` as do not meet."""
    words, left = {"title": article.title, "text": _plain(article.text)}, []
    for amendment in amendments:
        try:
            words = {
                "title": merge_texts(amendment.base_title, words["title"], amendment.title),
                "text": merge_texts(_plain(amendment.base_text), words["text"], _plain(amendment.text)),
            }
        except Conflict:
            left.append(amendment)
    return words, left


def _plain(text):
    return text.replace("\r\n", "\n")
