"""The guide, assembled: its chapters as editors wrote them, what the platform knows, the published cases."""

import dataclasses

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Site

from maillage.agreements.models import Agreement
from maillage.agreements.text import models_of_text
from maillage.cooperations.models import FAMILIES, Cooperation, Side
from maillage.organisations.audiences import anybody
from maillage.organisations.models import Network
from maillage.territories.models import Territory
from maillage.ui.days import date_format

from . import queries
from .blocks_of import of_body, of_plain, paragraph, run, sources_of
from .models import CaseStudy, Guide, GuideChapter, SiteNotes
from .models.pages import section

MOST_TITLES = 100
"""Cases named on the page of a chapter; the list has its own pages, the PDF has them all."""
USUAL = ("acquainted", "agreed", "under_way", "assessed")
"""The four steps of the guide: getting acquainted, agreeing, acting, looking back."""


@dataclasses.dataclass(frozen=True)
class Selection:
    """Which cases the guide holds: all, those of a territory, those that name members of a network."""

    territory: Territory | None = None
    network: Network | None = None

    @property
    def label(self):
        chosen = self.territory or self.network
        return _("Choix de %(name)s") % {"name": chosen.name} if chosen else ""

    @property
    def query(self):
        if self.territory:
            return f"?territoire={self.territory.slug}"
        return f"?reseau={self.network.slug}" if self.network else ""

    def cases(self):
        """Published cases of this selection, told whole; shells that wait for their source come last."""
        found = CaseStudy.objects.visible_to(anybody()).live()
        if self.territory:
            found = found.filter(places__territory__in=Territory.objects.within(self.territory).values("pk"))
        if self.network:
            found = found.filter(names__organisation__network_memberships__in=_standing(self.network))
        return queries.with_all(found.distinct().order_by("to_complete", "-first_published_at", "-pk"))


def _standing(network):
    return network.memberships.filter(until=None).values("pk")


def selection(territory="", network=""):
    """The `Selection` of two slugs; None where one of them is unknown."""
    place = Territory.objects.filter(slug=territory).first() if territory else None
    gathered = Network.objects.filter(slug=network).first() if network else None
    if (territory and place is None) or (network and gathered is None):
        return None
    return Selection(place, gathered)


def notes():
    """The words of the site that editors change."""
    site = Site.objects.filter(is_default_site=True).first()
    kept = SiteNotes.objects.filter(site=site).first() if site else None
    return kept or SiteNotes()


def chapters():
    """The published chapters, in the editors' order."""
    head = section(Guide)
    if head is None:
        return []
    return list(GuideChapter.objects.visible_to(anybody()).live().child_of(head).order_by("path"))


def blocks_of_chapter(chapter, chosen, *, whole_cases=None):
    """What a chapter shows: an editor's words, then what is assembled of its kind. ``whole_cases``: cases to tell
    entirely, for paper; None: their titles, with links.
    """
    blocks = of_body(chapter.body)
    kind = GuideChapter.Kind
    if chapter.kind == kind.PLACES:
        blocks += _places(chosen)
    elif chapter.kind == kind.COOPERATION:
        blocks += _cooperation()
    elif chapter.kind == kind.FINDINGS:
        blocks += _findings(chosen)
    elif chapter.kind == kind.AGREEMENTS:
        blocks += _agreements()
    elif chapter.kind == kind.CASES:
        blocks += _titles(chosen) if whole_cases is None else [one for case in whole_cases for one in of_case(case)]
    # On its page, the sources stand at the foot.
    return blocks if whole_cases is None else blocks + sources_of(chapter)


def _places(chosen):
    rows = [[str(vintage), str(count)] for vintage, count in queries.counted_places()]
    if not rows:
        return [paragraph(_("Aucun quartier n’a encore été importé sur cette plateforme."))]
    head = [_("Millésime"), _("Quartiers connus de cette plateforme")]
    blocks = [{"kind": "table", "caption": _("Quartiers prioritaires, par millésime"), "head": head, "rows": rows}]
    if chosen.territory:
        places = Territory.objects.within(chosen.territory).filter(kind=Territory.Kind.QPV).order_by("name")[:60]
        items = [[run(_told_of(one))] for one in places]
        if items:
            blocks += [{"kind": "list", "ordered": False, "entries": items}]
    return blocks


def _told_of(place):
    told = f"{place.name} ({place.code}, {place.vintage})"
    if not place.population:
        return told
    people = _("%(count)s personnes") % {"count": number_format(place.population, force_grouping=True)}
    return f"{told} : {people} ({place.population_source or place.vintage})"


def _cooperation():
    def listed(codes):
        items = [[run(str(label)[0].upper() + str(label)[1:])] for label in codes]
        return {"kind": "list", "ordered": False, "entries": items}

    steps = dict(Cooperation.Stage.choices)
    return [
        {"kind": "heading", "text": _("Sous quelles formes")},
        listed(Cooperation.Form.labels),
        {"kind": "heading", "text": _("Jusqu’où")},
        listed(Cooperation.Depth.labels),
        {"kind": "heading", "text": _("Quatre étapes")},
        {**listed([steps[code] for code in USUAL]), "ordered": True},
    ]


def _findings(chosen):
    shown = queries.families_shown(chosen.cases())
    blocks = []
    for side, title in ((Side.BRAKE, _("Ce qui freine")), (Side.LEVER, _("Ce qui aide"))):
        blocks.append({"kind": "heading", "text": title})
        items: list = []
        for family in FAMILIES[side]:
            runs = [run(str(family.label)[0].upper() + str(family.label)[1:], b=True)]
            told = shown.get((side.value, family.value), [])
            for number, (title, slug) in enumerate(told):
                runs.append(run(" : " if number == 0 else ", "))
                runs.append(run(title, href=_address(slug)))
            items.append(runs)
        blocks.append({"kind": "list", "ordered": False, "entries": items})
    return blocks


def _agreements():
    """The models that an agreement starts from, article by article."""
    models = models_of_text()
    blocks = []
    for kind, label in Agreement.Kind.choices:
        clauses = models.get(kind, {}).get("clauses", [])
        if clauses:
            items = [[run(f"{one['title']} : ", b=True), run(one["text"])] for one in clauses]
            blocks.append({"kind": "case", "text": str(label)[0].upper() + str(label)[1:], "slug": kind})
            blocks.append({"kind": "list", "ordered": True, "entries": items})
    return blocks


def _titles(chosen):
    told = list(chosen.cases().values_list("title", "slug")[: MOST_TITLES + 1])
    if not told:
        return [paragraph(_("Aucune pour l’instant."))]
    items = [[run(title, href=_address(slug))] for title, slug in told[:MOST_TITLES]]
    blocks = [{"kind": "list", "ordered": False, "entries": items}]
    if len(told) > MOST_TITLES:
        everything = settings.SITE_ADDRESS + reverse("editorial:case-list")
        blocks.append({"kind": "text", "runs": [run(_("Toutes les pratiques"), href=everything)]})
    return blocks


def _address(slug):
    return settings.SITE_ADDRESS + reverse("editorial:case", args=[slug])


def facts_of(case):
    """[(label, words)] at the head of a case."""
    places = ", ".join(
        f"{one.territory.name} ({one.territory.vintage or one.territory.code})" for one in case.places.all()
    )
    rows = [
        (_("Territoire"), places),
        (_("Thèmes"), ", ".join(case.theme_labels)),
        (_("Formes de coopération"), ", ".join(case.form_labels)),
        (_("Contact"), case.contact),
    ]
    return [(label, words) for label, words in rows if words]


def of_case(case):
    """A case told whole, as blocks: it opens with a heading of the level above its grid's."""
    blocks = [{"kind": "case", "text": case.title, "slug": case.slug}]
    if case.to_complete:
        blocks.append({"kind": "note", "blocks": [paragraph(_("Dossier à compléter d’après le guide."))]})
    if case.summary:
        blocks += of_plain(case.summary)
    facts = facts_of(case)
    if facts:
        blocks.append({"kind": "lines", "rows": [list(row) for row in facts]})
    for _name, label, words in case.plain_grid:
        blocks += [{"kind": "heading", "text": str(label)[0].upper() + str(label)[1:]}, *of_plain(words)]
    blocks += of_body(case.body)
    findings = list(case.findings.all())
    if findings:
        blocks.append({"kind": "heading", "text": _("En une phrase")})
        items = [
            [run(f"{one.get_side_display().capitalize()}, {one.family_label} : ", b=True), run(one.words)]
            for one in findings
        ]
        blocks.append({"kind": "list", "ordered": False, "entries": items})
    return blocks + sources_of(case)


def document(chosen, *, at):
    """The whole guide as one tree, for the PDF and the EPUB: the same for everybody."""
    head, told, cases = section(Guide), notes(), list(chosen.cases())
    parts = [
        {
            "title": one.title,
            "slug": one.slug,
            "summary": one.summary,
            "blocks": blocks_of_chapter(one, chosen, whole_cases=cases),
        }
        for one in chapters()
    ]
    day = date_format(timezone.localdate(at), "j F Y")
    return {
        "title": head.title,
        "subtitle": " · ".join(filter(None, [told.guide_subtitle, chosen.label])),
        "author": told.guide_publisher or "Maillage",
        "description": head.summary,
        "keywords": ["QPV", "associations", "coopération"],
        "lang": (get_language() or "fr")[:2],
        "notice": _(
            "Ce guide est assemblé par la plateforme, avec les mots de qui l’écrit. Ce n’est pas le guide officiel "
            "du Mouvement associatif, dont il suit la grille."
        ),
        "licence": told.guide_licence,
        "contents": _("Table des matières"),
        "day": _("Au %(day)s") % {"day": day},
        "footer": f"{head.title} · {settings.SITE_ADDRESS}",
        "intro": of_body(head.body),
        "closing": sources_of(head),
        "parts": parts,
    }
