"""Many people who confirm their signature at once, over HTTP. Knows Django only where it prepares their links.

`python -m tools.bench.crowd 5000` prepares as many links in the database of this instance and prints their tokens.
"""

import datetime
import http.client
import os
import sys
import threading
import time
import uuid
from urllib.parse import urlsplit

CSRF = "a" * 32
"""A form's token is what its cookie says: a client that has no page to read it from chooses it."""
HEADERS = {
    "Content-Type": "application/x-www-form-urlencoded",
    "Cookie": f"csrftoken={CSRF}",
    "Accept-Encoding": "gzip",
}
BODY = f"csrfmiddlewaretoken={CSRF}"


def prepare(count, *, people_each=1):
    """For ``count`` new associations, ``people_each`` links; returns the tokens, those of one association together.

    The rows are written directly: what is measured or tried afterwards is the confirmation.
    """
    from django.utils import timezone

    from maillage.charters.actions import digest
    from maillage.charters.models import CharterVersion, SignatureRequest
    from maillage.organisations.models import Organisation
    from maillage.organisations.words import keep_words

    now, version = timezone.now(), CharterVersion.objects.national().current().get()
    run = uuid.uuid4().hex[:12]
    organisations = Organisation.objects.bulk_create(
        [
            Organisation(
                name=f"Foule {run} {rank}",
                search_name=f"foule {run} {rank}",
                slug=f"foule-{run}-{rank}",
                created_at=now,
            )
            for rank in range(count)
        ],
        batch_size=500,
    )
    keep_words(organisations)
    tokens = [f"{run}-{rank}-{place}" for rank in range(count) for place in range(people_each)]
    SignatureRequest.objects.bulk_create(
        [
            SignatureRequest(
                version=version,
                organisation=organisations[place // people_each],
                first_name="Camille",
                last_name=f"Foule {place}",
                function="présidence",
                email=f"{token}@exemple.org",
                token_sha256=digest(token),
                requested_at=now,
                sent_at=now,
                expires_at=now + datetime.timedelta(days=7),
            )
            for place, token in enumerate(tokens)
        ],
        batch_size=500,
    )
    return tokens


class Crowd(threading.Thread):
    """``people`` threads that go through ``tokens``; ``answers`` holds the status of each token that was answered.

    Somebody who gets no answer asks again while ``patience`` seconds last, as a person would.
    """

    def __init__(self, address, tokens, *, people, patience=60.0):
        super().__init__(daemon=True)
        self.place = urlsplit(address)
        self.tokens, self.people = list(enumerate(tokens)), people
        self.patience = patience
        self.answers, self.durations, self.unanswered = {}, [], 0
        self._lock = threading.Lock()

    def run(self):
        self.limit = time.monotonic() + self.patience
        threads = [threading.Thread(target=self._person, daemon=True) for _person in range(self.people)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _person(self):
        while time.monotonic() < self.limit:
            with self._lock:
                if not self.tokens:
                    return
                rank, token = self.tokens.pop()
            started = time.monotonic()
            status = self._insist(token)
            with self._lock:
                self.durations.append(time.monotonic() - started)
                if status is not None:
                    self.answers[rank, token] = status

    def _insist(self, token):
        while time.monotonic() < self.limit:
            try:
                return self._post(token)
            except (OSError, http.client.HTTPException):
                with self._lock:
                    self.unanswered += 1
                time.sleep(0.1)
        return None

    def _post(self, token):
        connection = http.client.HTTPConnection(self.place.hostname, self.place.port, timeout=30)
        try:
            connection.request("POST", f"/charte/signer/confirmer/{token}/", BODY, HEADERS)
            answer = connection.getresponse()
            answer.read()
            return answer.status
        finally:
            connection.close()


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    import django

    django.setup()
    print("\n".join(prepare(int(sys.argv[1]))))


if __name__ == "__main__":
    main()
