from maillage.editorial.fields import framed
from maillage.editorial.models import (
    CaseFinding,
    CaseName,
    CasesSection,
    CaseStudy,
    CaseTerritory,
    NewsPage,
    NewsSection,
)
from maillage.editorial.models.pages import NewsTerritory, section

TOLD = {
    "context": "Le quartier n’a qu’une salle.",
    "partners": "Deux associations.",
    "motivations": "Ouvrir le samedi.",
    "ways_of_working": "- une clé chacune\n- un calendrier",
    "results_obtained": "La salle ouvre le samedi.",
    "results_expected": "Ouvrir le dimanche.",
    "analysis": "Commencer petit.",
    "brakes": "Le temps.",
    "levers": "La confiance.",
}
_numbers = iter(range(1, 10**9))


def case_study(*, names=(), territories=(), findings=(), live=False, themes=(), forms=("pooling",), **fields):
    """A case study, a draft unless ``live`` (then published as if everybody had agreed)."""
    number = next(_numbers)
    said = {"title": f"La salle du samedi {number}", "slug": f"la-salle-du-samedi-{number}", **TOLD, **fields}
    case = CaseStudy(live=False, themes=framed(list(themes)), forms=framed(list(forms)), **said)
    case.names = [
        CaseName(organisation=one) if not isinstance(one, tuple) else CaseName(name=one[0], email=one[1])
        for one in names
    ]
    case.places = [CaseTerritory(territory=one) for one in territories]
    case.findings = [CaseFinding(side=side, family=family, words=words) for side, family, words in findings]
    section(CasesSection).add_child(instance=case)
    case.save_revision()
    if live:
        agree_to_all(case)
        case.get_latest_revision().publish()
    return CaseStudy.objects.get(pk=case.pk)


def agree_to_all(case, state="agreed"):
    """Every organisation named has answered, of the latest words."""
    from django.utils import timezone

    words, at = case.get_latest_revision_as_object(), timezone.now()
    for name in words.names.all():
        case.assents.update_or_create(
            organisation_id=name.key[0],
            email=name.key[1],
            defaults={
                "name": str(name),
                "fingerprint": words.fingerprint,
                "state": state,
                "asked_at": at,
                "answered_at": None if state == "asked" else at,
            },
        )


def news(*, territories=(), live=True, **fields):
    number = next(_numbers)
    page = NewsPage(live=False, **{"title": f"Une nouvelle {number}", "slug": f"une-nouvelle-{number}", **fields})
    page.places = [NewsTerritory(territory=one) for one in territories]
    section(NewsSection).add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    return NewsPage.objects.get(pk=page.pk)
