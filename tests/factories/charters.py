"""Texts and signatures, made through the actions: a test never starts from a state they cannot reach."""

import datetime

from django.utils import timezone

from maillage.charters import actions
from maillage.charters.models import Article, CharterVersion

from .accounts import UserFactory
from .organisations import OrganisationFactory

ARTICLES = [
    {"key": "pourquoi", "kind": "preamble", "title": "Pourquoi", "text": "Nous choisissons de coopérer."},
    {"key": "dialogue", "kind": "value", "title": "Dialogue", "text": "Nous nous parlons avant d’agir."},
    {"key": "avec", "kind": "principle", "title": "Avec les habitants", "text": "Nous décidons avec les habitants."},
]


def editor():
    return UserFactory(is_staff=True)


def national(*, publish=True, articles=None, title=None, at=None):
    """A national version, published unless told otherwise; its title says which, so that no two are the same."""
    title = title or f"Charte d’essai {CharterVersion.objects.national().count() + 1}"
    at = at or timezone.now()
    actor = editor()
    version = actions.draft_national_version(
        actor=actor, at=at, title=title, articles=ARTICLES if articles is None else articles
    )
    return actions.publish_national_version(version, actor=actor, at=at) if publish else version


def current_national():
    return CharterVersion.objects.national().current().first() or national()


def adaptation_draft(*, promoter, actor, territory, name="La charte aux Tilleuls", at=None, opened=False):
    """The first draft of an adaptation of the national text; open to remarks if ``opened``."""
    at = at or timezone.now()
    adaptation = actions.open_adaptation(
        current_national(), name=name, territories=[territory], promoters=[promoter], actor=actor, at=at
    )
    draft = adaptation.versions.get()
    if opened:
        until = timezone.localdate(at) + datetime.timedelta(days=30)
        draft = actions.open_to_remarks(draft, until=until, actor=actor, at=at)
    return draft


def adopted(*, promoter, actor, territory, needed=2, at=None, **options):
    """An adopted adaptation with one article adapted; it needs ``needed`` signatures to be in force."""
    at = at or timezone.now()
    draft = adaptation_draft(promoter=promoter, actor=actor, territory=territory, at=at, opened=True, **options)
    actions.change_article(
        draft.articles.get(key="avec"),
        actor=actor,
        at=at,
        treatment=Article.Treatment.ADAPTED,
        text="Nous décidons avec celles et ceux qui vivent aux Tilleuls.",
        reason="C’est ici que nous vivons.",
    )
    return actions.adopt_adaptation(
        draft,
        adopted_on=timezone.localdate(at),
        adopted_by="réunion du collectif",
        signatures_needed=needed,
        review_on=timezone.localdate(at) + datetime.timedelta(days=365),
        actor=actor,
        at=at,
    )


def request_for(version, *, organisation=None, email=None, at=None, **particulars):
    """A signature request, by somebody who is nobody yet unless ``email`` says who."""
    defaults = {"first_name": "Camille", "last_name": "Exemple", "function": "présidence"}
    return actions.request_signature(
        version,
        organisation=organisation or OrganisationFactory(),
        email=email or f"camille-{CharterVersion.objects.count()}-{id(particulars)}@exemple.org",
        at=at or timezone.now(),
        **{**defaults, **particulars},
    )


def signed(version=None, *, at=None, **options):
    """A standing signature."""
    version = version or current_national()
    return actions.confirm_signature(request_for(version, at=at, **options), at=at or timezone.now())


PDF_SHEET = b"%PDF-1.7\n% une feuille d'essai\n%%EOF\n"


def on_paper(*, actor, organisation=None, version=None, at=None, sheet=PDF_SHEET, **line):
    """A gathering with one line, entered by ``actor`` (a coordinator of the territory of ``organisation``)."""
    version = version or current_national()
    at = at or timezone.now()
    gathering = actions.record_gathering(
        version, place="Fête du quartier", held_on=timezone.localdate(at), scan=sheet, actor=actor, at=at
    )
    if organisation or line:
        known = {"first_name": "Fanta", "last_name": "Exemple", "function": "trésorière", "involvement": "take_part"}
        actions.sign_on_paper(gathering, organisation=organisation, actor=actor, at=at, **{**known, **line})
    return gathering
