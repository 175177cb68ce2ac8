"""What looks like unwanted mail: a local look, no outside service. A person decides; this only sorts."""

import re

LINKS = re.compile(r"https?://|www\.", re.IGNORECASE)
WORDS = re.compile(r"\b(viagra|casino|crypto|bitcoin|forex|escort|porn\w*|rolex|prêt rapide|seo)\b", re.IGNORECASE)
SHOUTING = re.compile(r"[A-ZÀ-Ý]{12,}")


def looks_like_spam(text):
    """More than two links, words that only sell, or shouting."""
    return len(LINKS.findall(text)) > 2 or bool(WORDS.search(text)) or bool(SHOUTING.search(text))
