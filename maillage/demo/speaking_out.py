"""What the town says beyond itself: echoes to the advocacy, a letter, an alert, support near here, links."""

import datetime
import tomllib
from pathlib import Path

from maillage.advocacy import actions as advocacy
from maillage.advocacy.models import Echo, Proposal
from maillage.advocacy.queries import letter_from
from maillage.alerts import actions as alerts
from maillage.organisations.models import TerritoryRole
from maillage.support import actions as support
from maillage.support.models import Support, SupportScheme
from maillage.watch import actions as watch
from maillage.watch.models import Link

from .lasting import fresh

AT = datetime.datetime(2026, 11, 16, 9, tzinfo=datetime.UTC)


def speak_out(story):
    told = tomllib.loads((Path(__file__).parent / "heard.toml").read_text())
    elsa, gael = fresh(story.people["elsa"]), fresh(story.people["gael"])
    for row in told["supports"]:
        _support(story, row, elsa)
    for row in told["echoes"]:
        _echo(story, row)
    _letter(story, elsa)
    for row in told["links"]:
        link = Link(**row, status=Link.Status.PROCESSED, is_public=True)
        watch.keep_link(link, actor=gael, at=AT)
    _alert(story, elsa)
    story.say("Deux échos au plaidoyer, une lettre à la mairie, encore sans réponse", "advocacy:advocacy")
    story.say("Une association alerte la coordination, et elle seule", "alerts:alert-list")
    story.say("Se faire aider, près des Tilleuls", "support:near")
    story.say("Une veille de liens annotés", "watch:links")


def _support(story, row, elsa):
    scheme = SupportScheme.objects.get(slug=row.pop("scheme"))
    entry = Support(
        scheme=scheme,
        territory=story.places[row.pop("place")],
        source_title="Fiche inventée pour la démonstration",
        source_url="https://exemple.invalid/",
        **row,
    )
    support.write_support(entry, actor=elsa, at=AT)


def _echo(story, row):
    actor = fresh(story.association(row["organisation"])["user"])
    advocacy.say_echo(
        Proposal.objects.get(number=row["proposal"]),
        organisation=story.organisations[row["organisation"]],
        words=row["words"],
        brake=row["brake"],
        figure=row.get("figure", ""),
        figure_source=row.get("figure_source", ""),
        may_be_cited=row["cited"],
        actor=actor,
        at=AT,
    )


def _letter(story, elsa):
    proposal, place = Proposal.objects.get(number=2), story.places["QN09901N"]
    echoes = list(Echo.objects.filter(proposal=proposal).order_by("pk"))
    told = {"addressee": "La mairie de Clairmont (inventée)", "subject": "Entendre les associations sans réseau"}
    text = letter_from(proposal, place, echoes)
    appeal = advocacy.write_appeal(proposal, territory=place, text=text, echoes=echoes, **told, actor=elsa, at=AT)
    advocacy.send_appeal(appeal, on=datetime.date(2026, 11, 16), channel="courrier", actor=elsa, at=AT)
    advocacy.note_state(
        proposal,
        territory=place,
        state="carried",
        on=datetime.date(2026, 11, 16),
        words="Portée par deux associations des Tilleuls.",
        source_title="Lettre à la mairie",
        actor=elsa,
        at=AT,
    )


def _alert(story, elsa):
    name = "Écrivains publics de quartier"
    alerts.send_alert(
        story.organisations[name],
        role=TerritoryRole.objects.get(user=elsa, territory=story.places["QN09901N"], role="coordinator"),
        kind="premises",
        words="La salle du rez-de-chaussée ferme en janvier. Nous n’avons pas d’autre lieu pour la permanence.",
        hoped="une salle chauffée, un soir par semaine",
        actor=fresh(story.association(name)["user"]),
        at=AT,
    )
