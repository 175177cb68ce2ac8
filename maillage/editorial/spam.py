"""What looks like unwanted mail: a local look and, where the settings name one, an Akismet-compatible service.

A person decides; this only sorts.
"""

import logging
import re

import requests
from django.conf import settings

logger = logging.getLogger(__name__)

LINKS = re.compile(r"https?://|www\.", re.IGNORECASE)
WORDS = re.compile(r"\b(viagra|casino|crypto|bitcoin|forex|escort|porn\w*|rolex|prêt rapide|seo)\b", re.IGNORECASE)
SHOUTING = re.compile(r"[A-ZÀ-Ý]{12,}")
SECONDS = 3
"""As long as the service may take: whoever comments waits for it."""


def looks_like_spam(text):
    """More than two links, words that only sell, shouting; or what the service says, where there is one."""
    here = len(LINKS.findall(text)) > 2 or bool(WORDS.search(text)) or bool(SHOUTING.search(text))
    return here or (bool(settings.SPAM_SERVICE_URL) and service_says_so(text))


def service_says_so(text):
    """What the service at SPAM_SERVICE_URL answers to `comment-check` (akismet.com/developers); False where it does
    not answer. It is told the words and the address of this site: never who wrote them, nor from where.
    """
    told = {
        "api_key": settings.SPAM_SERVICE_KEY,
        "blog": settings.SITE_ADDRESS,
        "user_ip": "0.0.0.0",  # noqa: S104  what the protocol asks for; nobody's
        "comment_type": "comment",
        "comment_content": text,
    }
    try:
        answer = requests.post(settings.SPAM_SERVICE_URL, data=told, timeout=SECONDS)
    except requests.RequestException as error:
        logger.warning("the spam service does not answer: %s", type(error).__name__)
        return False
    return answer.status_code == requests.codes.ok and answer.text.strip() == "true"
