"""The lists of what is done together, with 1, 100 and 10,000 rows more: `python -m tools.bench.together`.

In the demo's database, as its coordinator, in transactions that are undone. Prints one JSON object:
{page: {rows: [queries, milliseconds of processor]}}. What is compared is the same page in the same run.
"""

import copy
import datetime
import json
import os
import statistics
import time
import uuid

SIZES = (1, 100, 10_000)
TURNS = 5


def measured():
    from django.db import transaction
    from django.test import Client

    from maillage.accounts.models import User

    client, found = Client(SERVER_NAME="localhost"), {}
    client.force_login(User.objects.get(email="elsa@demo.example"))
    for name, (page, add) in _lists().items():
        found[name] = {}
        for size in SIZES:
            with transaction.atomic():
                add(size)
                found[name][size] = _cost(client, page)
                transaction.set_rollback(True)
    return found


def _cost(client, page):
    """[queries, median milliseconds of processor] of ``page``, once warm."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(page)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(page)
        number = len(asked)
    if answer.status_code != 200:
        raise SystemExit(f"{page} answers {answer.status_code}")
    times = []
    for _turn in range(TURNS):
        started = time.process_time()
        client.get(page)
        times.append(time.process_time() - started)
    return [number, statistics.median(times) * 1000]


def copies(row, number, **varying):
    """``number`` more rows like ``row``; ``varying``: fields that differ, each a function of the rank. Kept."""
    drawn = [field.name for field in row._meta.concrete_fields if field.get_internal_type() == "UUIDField"]
    made = []
    for rank in range(number):
        one = copy.copy(row)
        one.pk, one._state = None, copy.copy(row._state)
        one._state.adding = True
        for name in drawn:
            setattr(one, name, uuid.uuid4())
        for name, value in varying.items():
            setattr(one, name, value(rank))
        made.append(one)
    return type(row).objects.bulk_create(made, batch_size=500)


def linked(rows, field, target):
    """Each of ``rows`` is linked with ``target`` by its many-to-many ``field``."""
    through = getattr(type(rows[0]), field).through
    own, other = through._meta.local_fields[1].attname, through._meta.local_fields[2].attname
    links = [through(**{own: row.pk, other: target.pk}) for row in rows]
    through.objects.bulk_create(links, batch_size=500)


def _lists():
    """{name: (address, what adds that many rows to it)}."""
    from maillage.agreements.models import Agreement, Party
    from maillage.cooperations.models import Cooperation, Partner
    from maillage.events.models import Event, Occurrence
    from maillage.groups.models import ActionPoint, Decision, Group, Meeting
    from maillage.resources.models import Loan, Need, Resource

    group = Group.objects.get(name="Collectif des Tilleuls")
    page, place = group.get_absolute_url(), group.territory
    centre = group.members.get(facilitates=True).organisation

    def slug(rank):
        return f"banc-{rank}"

    def cooperations(number):
        rows = copies(Cooperation.objects.first(), number, slug=slug, published_at=lambda _: None)
        linked(rows, "territories", place)
        partner = Partner.objects.accepted().first()
        Partner.objects.bulk_create(
            [Partner(**{**_values(partner), "cooperation_id": row.pk}) for row in rows], batch_size=500
        )

    def resources(number):
        row = Resource.objects.filter(audience="territory").first()
        linked(copies(row, number, calendar_token=lambda rank: f"banc-{rank}"), "territories", place)

    def events(number):
        rows = copies(Event.objects.filter(feed=None, rule="", removed_at=None).first(), number)
        linked(rows, "territories", place)
        soon = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=3)
        Occurrence.objects.bulk_create(
            [
                Occurrence(
                    event=row,
                    original_at=soon,
                    starts_at=soon,
                    ends_at=soon,
                    first_day=soon.date(),
                    last_day=soon.date(),
                )
                for row in rows
            ],
            batch_size=500,
        )

    def agreements(number):
        rows = copies(Agreement.objects.filter(state="review").first(), number)
        told = {"organisation": centre, "role": "partner", "named_at": rows[0].created_at}
        Party.objects.bulk_create([Party(agreement=row, **told) for row in rows], batch_size=500)

    def days_before(rank):
        return datetime.date(2025, 12, 31) - datetime.timedelta(days=rank)

    held = Meeting.objects.filter(group=group).held().first()
    return {
        "groups": ("/groupes/", lambda number: copies(group, number, slug=slug)),
        "meetings of a group": (f"{page}reunions/", lambda number: copies(held, number, date=days_before)),
        "decision log": (
            f"{page}decisions/",
            lambda number: copies(Decision.objects.filter(group=group).first(), number),
        ),
        "actions of a group": (
            f"{page}actions/",
            lambda number: copies(ActionPoint.objects.filter(group=group).first(), number),
        ),
        "cooperations": ("/cooperations/", cooperations),
        "what is lent": ("/ressources/", resources),
        "what is sought": (
            "/ressources/besoins/",
            lambda number: copies(Need.objects.filter(closed_at=None).first(), number),
        ),
        "loans": (
            "/ressources/prets/",
            lambda number: copies(Loan.objects.filter(resource__owner=centre).first(), number),
        ),
        "calendar": ("/agenda/", events),
        "agreements": ("/conventions/", agreements),
    }


def _values(row):
    return {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }


def measure(figures, environment):
    """The figures of `measured`: no list asks more, or costs many times more, when it is long."""
    from .server import run

    found = json.loads(run(environment, "-m", "tools.bench.together"))
    for name, costs in found.items():
        one, most = costs["1"], costs["10000"]
        figures.add(f"{name}: queries with 10,000 rows, less those with 1", most[0] - one[0], "", most=0)
        figures.add(f"{name}: processor, 100 rows to 1", costs["100"][1] / one[1], "×", most=6)
        figures.add(f"{name}: processor, 10,000 rows to 1", most[1] / one[1], "×", most=12)


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    os.environ["PAGE_CACHE_SECONDS"] = "0"
    import django

    django.setup()
    print(json.dumps(measured()))


if __name__ == "__main__":
    main()
