"""The search of the whole site with 100,000 things more: `python -m tools.bench.search`.

In the demo's database, in a transaction that is undone. Prints one JSON object of milliseconds of processor:
{"floor": the page of an empty box, "anonymous": [each search], "signed in": [each search]}.
"""

import json
import os
import random
import statistics
import time

ORGANISATIONS, COOPERATIONS = 60_000, 40_000
TURNS = 3
SEARCHES = (
    *("association", "association jardin", "jardins partagés", "ensemble cuisine", "cuis", "quartier", "en"),
    *("jardin compost vélo lecture", "terme12", "ter", "xyzzy", "cuisiner ensemble au jardin", "fête des voisins"),
)
WORDS = (
    "jardin partagé entraide cuisine quartier femme jeune sport boxe atelier vélo réparation médiation santé culture"
    " musique lecture école soutien scolaire emploi insertion numérique habitant parole logement climat compost fête"
    " voisin solidarité collectif maison centre social"
).split()


def measured():
    from django.db import connection, transaction
    from django.test import Client

    from maillage.accounts.models import User

    signed_in = Client(SERVER_NAME="localhost")
    signed_in.force_login(User.objects.get(email="elsa@demo.example"))
    readers = {"anonymous": Client(SERVER_NAME="localhost"), "signed in": signed_in}
    with transaction.atomic():
        _fill()
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        found = {name: [_cost(client, text) for text in SEARCHES] for name, client in readers.items()}
        found["floor"] = _cost(readers["anonymous"], "")
        transaction.set_rollback(True)
    return found


def _cost(client, text):
    client.get("/recherche/", {"q": text})
    times = []
    for _turn in range(TURNS):
        started = time.process_time()
        client.get("/recherche/", {"q": text})
        times.append((time.process_time() - started) * 1000)
    return statistics.median(times)


def _fill():
    """Words as people write them: thirty that come everywhere, three thousand that are rare."""
    from django.utils import timezone

    from maillage.cooperations.models import Cooperation
    from maillage.organisations.models import Organisation
    from maillage.search.actions import mend
    from maillage.search.sources import BY_KIND

    chance, now = random.Random(4), timezone.now()  # noqa: S311
    rare = [f"terme{number}" for number in range(3_000)]

    def words(number):
        return " ".join(chance.choice(WORDS if chance.random() < 0.6 else rare) for _ in range(number))

    Organisation.objects.bulk_create(
        (
            Organisation(
                name=f"Association {words(3)}",
                slug=f"banc-{rank}",
                search_name="banc",
                purpose=words(25),
                created_at=now,
                claimed_at=now,
            )
            for rank in range(ORGANISATIONS)
        ),
        batch_size=500,
    )
    # One in ten is between associations: nobody of the demo may see it.
    Cooperation.objects.bulk_create(
        (
            Cooperation(
                title=f"Ensemble {words(4)}",
                slug=f"banc-{rank}",
                aim=words(60),
                stage="under_way",
                created_at=now,
                published_at=now if rank % 10 else None,
            )
            for rank in range(COOPERATIONS)
        ),
        batch_size=500,
    )
    mend(BY_KIND["organisation"])
    mend(BY_KIND["cooperation"])


def measure(figures, environment):
    """The figures of `measured`: what 19 searches out of 20 cost at most."""
    from .server import run

    found = json.loads(run(environment, "-m", "tools.bench.search"))
    for name, most in (("anonymous", 50), ("signed in", 100)):
        p95 = statistics.quantiles(found[name], n=20, method="inclusive")[-1]
        figures.add(f"search of 100,000 things, {name}, p95 of processor", p95, "ms", most=most)
        figures.add(f"the same, to the page of an empty box ({name})", p95 / found["floor"], "×", most=most * 0.4)


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    os.environ["PAGE_CACHE_SECONDS"] = "0"
    os.environ["LIMIT_SEARCHES"] = ""
    import django

    django.setup()
    print(json.dumps(measured()))


if __name__ == "__main__":
    main()
