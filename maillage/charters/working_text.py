"""The text that ships with Maillage: a working text in our own words, never the official charter."""

import tomllib
from pathlib import Path


def read_working_text():
    """(title, articles): what `draft_national_version` takes."""
    content = tomllib.loads((Path(__file__).parent / "working_text.toml").read_text(encoding="utf-8"))
    articles = [
        {**article, "text": article["text"].strip(), "plain_language": article["plain_language"].strip()}
        for article in content["articles"]
    ]
    return content["title"], articles
