"""What residents say, case studies, news, links: `python -m tools.bench.told`, in the demo's database, undone.

10,000 voices, 2,000 case studies, 500 news, 10,000 links more: {page: {rows: [queries, milliseconds of processor]}}.
"""

import json
import os
import uuid

VOICES, CASES, NEWS, LINKS = 10_000, 2_000, 500, 10_000


def measured():
    from django.db import transaction
    from django.test import Client

    from maillage.accounts.models import User

    from .together import _cost

    client, found = Client(SERVER_NAME="localhost"), {}
    client.force_login(User.objects.get(email="elsa@demo.example"))
    for name, (page, most, add) in _lists().items():
        found[name] = {}
        for size in (1, most):
            with transaction.atomic():
                add(size)
                found[name][size] = _cost(client, page)
                transaction.set_rollback(True)
    return found


def _lists():
    """{name: (address, how many, what adds that many)}."""
    from maillage.editorial.models import CasesSection, CaseStudy, NewsPage, NewsSection
    from maillage.participation.models import HeardNeed, ResidentVoice
    from maillage.territories.models import Territory
    from maillage.watch.models import Link

    from .together import copies

    place = Territory.objects.get(code="QN09901N")

    def shown(number):
        voice = ResidentVoice.objects.filter(need__released_at__isnull=False, may_be_shown=True).first()
        needs = copies(HeardNeed.objects.exclude(released_at=None).first(), max(1, number // 4))
        _said(copies, voice, number, need=lambda rank: needs[rank % len(needs)])

    def heard(number):
        _said(copies, ResidentVoice.objects.filter(need=None).exclude(shared_at=None).first(), number)

    def pages(section, model):
        def add(number):
            parent, row = section.objects.get(), model.objects.live().first()
            for _rank in range(number):
                told = {"title": row.title, "slug": uuid.uuid4().hex, "live": True, "summary": row.summary}
                parent.add_child(instance=model(**told, first_published_at=row.first_published_at))

        return add

    def links(number):
        copies(Link.objects.filter(is_public=True).first(), number, url=lambda rank: f"https://exemple.org/{rank}")

    return {
        "voices and answers, for all": (f"/paroles/{place.slug}/", VOICES, shown),
        "voices, for the collective": (f"/paroles/{place.slug}/collectif/", VOICES, heard),
        "case studies": ("/pratiques/", CASES, pages(CasesSection, CaseStudy)),
        "news": ("/actualites/", NEWS, pages(NewsSection, NewsPage)),
        "links of the watch": ("/veille/", LINKS, links),
    }


def _said(copies, voice, number, **varying):
    copies(voice, number, code_hash=lambda rank: f"{rank:064d}", **varying)


def measure(figures, environment):
    """No list asks more when it is long, nor costs many times more."""
    from .server import run

    found = json.loads(run(environment, "-m", "tools.bench.told"))
    for name, costs in found.items():
        (_one, least), (number, most) = sorted(costs.items(), key=lambda pair: int(pair[0]))
        figures.add(f"{name}: queries with {int(number):,} rows, less those with 1", most[0] - least[0], "", most=0)
        figures.add(f"{name}: processor, {int(number):,} rows to 1", most[1] / least[1], "×", most=12)


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    os.environ["PAGE_CACHE_SECONDS"] = "0"
    import django

    django.setup()
    print(json.dumps(measured()))


if __name__ == "__main__":
    main()
