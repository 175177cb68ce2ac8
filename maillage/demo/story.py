"""The story of Clairmont-sur-Orle, told through the product's own actions: it shows no state they cannot reach."""

import datetime
import enum

from django.urls import reverse
from django.utils import timezone

from maillage.accounts.models import User
from maillage.charters import actions as charter_actions
from maillage.charters.models import Article, CharterVersion, Signature
from maillage.charters.working_text import read_working_text
from maillage.messaging.models import Message
from maillage.organisations import actions as organisation_actions
from maillage.organisations.models import (
    Mandate,
    Network,
    NetworkMembership,
    Organisation,
    TerritoryRole,
)
from maillage.territories.actions import import_neighbourhoods
from maillage.territories.models import Territory
from maillage.ui.page_cache import drop_public_pages

from . import acting, announcing, lasting, listening, practising, speaking_out, telling, together
from .chance import seeded_identifiers
from .lasting import fresh
from .models import Story
from .town import moment, read_neighbourhoods, read_town

FIRST_NAMES = "Aïcha Basile Camille Denise Emre Fanta Gilles Hawa Inès Jonas Khadija Léo Maryam Nadir Odile".split()
LAST_NAMES = "Abadie Bensaïd Cissé Delorme Evrard Ferreira Garnier Haddad Kaya Lemaire Morel Ndiaye Petit".split()


class Stage(enum.StrEnum):
    """How far the story is told; each stage contains the ones before."""

    EMPTY = "empty"
    SIGNED = "signed"
    ADAPTED = "adapted"
    COOPERATING = "cooperating"

    @property
    def steps(self):
        return list(Stage).index(self)


class Telling:
    """One telling of the story: what it builds, and the lines it says."""

    def __init__(self, *, say, dice):
        self.say, self.dice = say, dice
        self.town = read_town()
        self.people, self.organisations, self.places = {}, {}, {}

    def tell(self, stage):
        self.settle()
        if stage.steps >= 1:
            self.publish_and_sign()
        if stage.steps >= 2:
            lasting.fall_asleep_and_wake(self)
            self.adapt_the_tilleuls()
            self.draft_the_grand_clos()
        if stage.steps >= 3:
            self.act_together()
            lasting.share_an_idea(self)
            lasting.come_and_go(self)
            lasting.sign_on_paper(self, self.tilleuls)
            lasting.renew(self)
            lasting.bring_members(self)
            lasting.the_nation_moves(self)
            together.live_a_year(self)
            acting.cooperate(self)
            announcing.announce(self)
            practising.practise(self)
            telling.tell_stories(self)
            listening.listen(self)
            speaking_out.speak_out(self)
            lasting.read_again(self)

    # the town, its people, its associations

    def settle(self):
        at = moment(2025, 11, 20)
        import_neighbourhoods(
            read_neighbourhoods(), vintage=2024, source="Territoires inventés pour la démonstration", at=at
        )
        for code, population in self.town["neighbourhoods"].items():
            Territory.objects.filter(code=code).update(
                population=population, population_source="chiffre inventé, 2024"
            )
        self.places = {place.code: place for place in Territory.objects.priority_neighbourhoods()}
        self.say(
            "Clairmont-sur-Orle existe, avec trois quartiers prioritaires inventés", "directory:neighbourhood-list"
        )
        self._welcome_people(at)
        for row in self.town["associations"]:
            self._settle_association(row, at)
        self._confirm_associations(moment(2025, 12, 2))
        self.say(
            f"{len(self.town['associations'])} associations y agissent, avec ou sans numéro, fédérées ou non",
            "directory:organisation-list",
        )

    def _welcome_people(self, at):
        for row in self.town["personas"]:
            first, last = row["name"]
            self.people[row["key"]] = User.objects.create_user(row["email"], first_name=first, last_name=last)
        gael = self.people["gael"]
        gael.is_staff = gael.is_superuser = True
        gael.save()
        for code in ("QN09901N", "QN09902N"):
            TerritoryRole.objects.create(
                user=self.people["elsa"],
                territory=self.places[code],
                role="coordinator",
                since=timezone.localdate(at),
            )
        organisation_actions.create_and_claim(
            user=self.people["fatou"],
            at=at,
            function="déléguée du préfet",
            name="Préfecture (démonstration)",
            kind=Organisation.Kind.PUBLIC_PARTNER,
            legal_regime=Organisation.LegalRegime.OTHER,
        )
        networks = {}
        for row in self.town["networks"]:
            parent = networks.get(row.pop("parent", None))
            networks[row["slug"]] = Network.objects.create(parent=parent, **row)

    def _settle_association(self, row, at):
        user = self.people.get(row.get("person")) or self._somebody(row)
        organisation = organisation_actions.create_and_claim(
            user=user,
            at=at,
            function=row.get("function", "membre du bureau"),
            decided_on=datetime.date(2025, 9, 20) if row.get("network") else None,
            name=row["name"],
            acronym=row.get("acronym", ""),
            kind=row["kind"],
            legal_regime=row["regime"],
            rna=row.get("rna", ""),
            siret=row.get("siret", ""),
            purpose=row["purpose"],
            employer=row["employer"],
            **lasting.profile_of(row),
            seat=Territory.objects.communes().get(code="99001"),
            territories=[self.places[code] for code in row["places"]],
            themes=row["themes"],
        )
        if row.get("network"):
            NetworkMembership.objects.create(
                organisation=organisation,
                network=Network.objects.get(slug=row["network"]),
                since=datetime.date(2019, 1, 1),
            )
        self.organisations[row["name"]] = organisation
        row["user"] = user

    def _somebody(self, row):
        first, last = self.dice.choice(FIRST_NAMES), self.dice.choice(LAST_NAMES)
        box = self.organisation_box(row["name"])
        return User.objects.create_user(f"{box}@demo.example", first_name=first, last_name=last)

    @staticmethod
    def organisation_box(name):
        from django.utils.text import slugify

        return slugify(name)[:40]

    def _confirm_associations(self, at):
        """The coordinator confirms those of her territories; a peer, the others."""
        regie = next(row["user"] for row in self.town["associations"] if row["kind"] == "regie")
        rows = [row for row in self.town["associations"] if row.get("confirmed", True)]
        # The board of the three neighbourhoods first: it can then vouch for the others.
        for row in sorted(rows, key=lambda row: row["kind"] != "regie"):
            organisation = self.organisations[row["name"]]
            coordinated = {"QN09901N", "QN09902N"} & set(row["places"])
            actor = self.people["elsa"] if coordinated and row.get("person") != "elsa" else regie
            organisation_actions.confirm_organisation(organisation, actor=fresh(actor), at=at)

    # the charter

    def publish_and_sign(self):
        gael = self.people["gael"]
        title, articles = read_working_text()
        version = charter_actions.draft_national_version(
            actor=gael, at=moment(2025, 12, 5), title=title, articles=articles
        )
        charter_actions.publish_national_version(version, actor=gael, at=moment(2025, 12, 10))
        self.national = CharterVersion.objects.get(pk=version.pk)
        self.say("Le texte national, version 1, est publié (un texte de travail, et il le dit)", "charters:charter")
        for number, row in enumerate(self.town["associations"][:16]):
            self.sign(self.national, row, at=moment(2026, 1, 12, 9) + datetime.timedelta(days=3 * number))
        self._confirm_mandates(moment(2026, 3, 2), but=3)
        last = self.town["associations"][15]
        signature = Signature.objects.get(organisation__name=last["name"])
        charter_actions.withdraw_signature(
            signature, actor=fresh(last["user"]), at=moment(2026, 5, 6), reason="Nous manquons de temps cette année."
        )
        self.say("Seize associations l’ont signé ; l’une s’est retirée : il en reste quinze", "charters:signatories")
        self.say("Chaque signature est dans le registre, et se vérifie", "charters:verify")

    def association(self, name):
        return next(row for row in self.town["associations"] if row["name"] == name)

    def sign(self, version, row, *, at):
        user = row["user"]
        request = charter_actions.request_signature(
            version,
            organisation=self.organisations[row["name"]],
            email=user.email,
            at=at,
            first_name=user.first_name,
            last_name=user.last_name,
            function=row.get("function", "membre du bureau"),
            involvement=self.dice.choice(["sign_only", "take_part", "take_part", "host", "animate", "evaluate"]),
        )
        return charter_actions.confirm_signature(request, at=at + datetime.timedelta(minutes=4))

    def _confirm_mandates(self, at, *, but):
        """The coordinator confirms the mandates of her territories, but the last ``but``."""
        elsa = fresh(self.people["elsa"])
        waiting = Mandate.objects.visible_to(elsa).to_confirm().exclude(user=elsa).distinct().order_by("pk")
        for mandate in list(waiting)[: -but or None]:
            organisation_actions.confirm_mandate(mandate, actor=elsa, at=at)

    # the adaptations

    def adapt_the_tilleuls(self):
        plan, elsa = self.town["adaptation"], fresh(self.people["elsa"])
        adaptation, draft = self.open(plan, actor=elsa, at=moment(2026, 2, 20))
        charter_actions.open_to_remarks(draft, until=datetime.date(2026, 4, 30), actor=elsa, at=moment(2026, 3, 3))
        for number, row in enumerate(plan["remarks"]):
            at = moment(2026, 3, 20) + datetime.timedelta(days=9 * number)
            author = next(a["user"] for a in self.town["associations"] if a["name"] == row["by"])
            remark = charter_actions.make_remark(
                draft,
                organisation=self.organisations[row["by"]],
                text=row["text"],
                article_key=row["article"],
                author=fresh(author),
                at=at,
            )
            charter_actions.answer_remark(
                remark, answer=row["answer"], actor=elsa, at=at + datetime.timedelta(days=4)
            )
        adopted = charter_actions.adopt_adaptation(
            draft,
            adopted_on=datetime.date(2026, 6, 12),
            adopted_by=plan["adopted_by"],
            signatures_needed=plan["signatures_needed"],
            review_on=datetime.date(2027, 3, 15),
            actor=elsa,
            at=moment(2026, 6, 15),
        )
        self.tilleuls = adopted
        signing = [row for row in self.town["associations"] if row.get("tilleuls")]
        days = [moment(2026, 6, 20, 10) + datetime.timedelta(days=15 * number) for number in range(9)]
        days += [moment(2026, 11, 14, 11), moment(2026, 11, 16, 17), moment(2026, 11, 18, 9)]
        for row, at in zip(signing, days, strict=True):
            self.sign(adopted, row, at=at)
        self.say("La charte aux Tilleuls : adaptée, adoptée, en vigueur, signée par douze associations", adaptation)
        self.say("… et comparée au texte national", "charters:adaptation-differences", adaptation.slug)

    def draft_the_grand_clos(self):
        plan, elsa = self.town["draft"], fresh(self.people["elsa"])
        adaptation, draft = self.open(plan, actor=elsa, at=moment(2026, 10, 8))
        charter_actions.open_to_remarks(draft, until=datetime.date(2026, 12, 20), actor=elsa, at=moment(2026, 11, 2))
        self.say("La charte au Grand-Clos s’écrit encore, entre associations", "charters:workshop", adaptation.slug)

    def open(self, plan, *, actor, at):
        adaptation = charter_actions.open_adaptation(
            self.national,
            name=plan["name"],
            territories=[self.places[code] for code in plan["places"]],
            promoters=[self.organisations[name] for name in plan["promoters"]],
            actor=actor,
            at=at,
        )
        draft = adaptation.versions.drafts().get()
        for treatment, changes in (
            (Article.Treatment.ADAPTED, plan.get("adapted", {})),
            (Article.Treatment.LEFT_OUT, plan.get("left_out", {})),
        ):
            for key, fields in changes.items():
                article = draft.articles.get(key=key)
                charter_actions.change_article(article, actor=actor, at=at, treatment=treatment, **fields)
        for fields in plan.get("added", []):
            charter_actions.add_article(draft, actor=actor, at=at, **fields)
        return adaptation, draft

    def act_together(self):
        """A remark waits for its answer at the Grand-Clos: what the coordinator finds in her space."""
        row = next(row for row in self.town["associations"] if row["name"] == "Amicale des locataires du Grand-Clos")
        draft = CharterVersion.objects.drafts().get(adaptation__slug="la-charte-au-grand-clos")
        charter_actions.make_remark(
            draft,
            organisation=self.organisations[row["name"]],
            text="Peut-on tenir la rencontre mensuelle au local des locataires une fois sur deux ?",
            article_key="se-rencontrer",
            author=fresh(row["user"]),
            at=moment(2026, 11, 12),
        )
        self.say("Une remarque attend sa réponse, et Elsa la trouve dans son espace", "dashboard:my-space")


def tell_story(*, seed, stage, say, at):
    """Tell the story in this (empty) database up to ``stage``; ``say(line, path)`` hears each line.

    The e-mails of the story belong to its past: they are marked as sent, and none leaves.
    """

    def say_with_address(line, where, *arguments):
        say(line, reverse(where, args=arguments) if isinstance(where, str) else where.get_absolute_url())

    with seeded_identifiers(seed) as dice:
        Telling(say=say_with_address, dice=dice).tell(Stage(stage))
    Message.objects.waiting().update(sent_at=at, body="", attachment_builder="", attachment_arguments={})
    drop_public_pages()
    return Story.objects.create(seed=seed, stage=stage, told_at=at)
