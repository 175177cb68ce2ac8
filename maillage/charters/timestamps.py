"""Asking a time-stamp service (RFC 3161) for the time of a seal. Off unless a setting names the service."""

import threading
import urllib.error
import urllib.request

from asn1crypto import tsp
from django.conf import settings
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError

LONGEST_ANSWER = 100_000
"""Bytes; a time stamp with its certificates takes some thousands."""


class TimestampService(TimeStamper):
    """The service at ``SEAL_TIMESTAMP_URL``: it receives a digest, never the document."""

    async def async_request_tsa_response(self, req):
        return tsp.TimeStampResp.load(_answer(req.dump()), strict=True)


def _answer(question):
    """What the service answers (bytes) within the time-out, even if it sends one byte a second."""
    answers = []
    thread = threading.Thread(target=_ask, args=(question, answers), daemon=True)
    thread.start()
    thread.join(settings.SEAL_TIMESTAMP_TIMEOUT_SECONDS)
    if not answers:
        raise TimestampRequestError("no answer in time")
    if isinstance(answers[0], Exception):
        raise TimestampRequestError(f"no time stamp: {answers[0]}") from answers[0]
    return answers[0]


def _ask(question, answers):
    try:
        request = urllib.request.Request(  # noqa: S310 (the settings refuse anything but http and https)
            settings.SEAL_TIMESTAMP_URL,
            data=question,
            headers={"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"},
        )
        with urllib.request.urlopen(request, timeout=settings.SEAL_TIMESTAMP_TIMEOUT_SECONDS) as response:  # noqa: S310
            answer = response.read(LONGEST_ANSWER + 1)
            if response.headers.get_content_type() != "application/timestamp-reply" or len(answer) > LONGEST_ANSWER:
                raise ValueError("the answer is not a time stamp")
            answers.append(answer)
    except urllib.error.HTTPError as refusal:
        # It holds the connection open until somebody closes it.
        refusal.close()
        answers.append(ValueError(f"the service answered {refusal.code}"))
    except Exception as error:  # a thread tells its caller of whatever went wrong
        answers.append(error)
