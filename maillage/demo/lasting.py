"""The end of the story: texts that move, signatures that last, people who come and go."""

import datetime
import io

from PIL import Image, ImageDraw

from maillage.accounts.models import User
from maillage.charters import actions as charter_actions
from maillage.charters.models import Signature, TerritorialAdaptation
from maillage.organisations import actions as organisation_actions
from maillage.organisations.models import Network, Organisation
from maillage.privacy import actions as privacy_actions

from .town import moment


def fresh(user):
    """``user`` as at the start of a request: what they may see is worked out anew."""
    return User.objects.get(pk=user.pk)


def fall_asleep_and_wake(story):
    """An adaptation of the Sablière: adopted in May, asleep in October for want of a review, awake in November."""
    plan, bruno = story.town["sleeper"], fresh(story.people["bruno"])
    adaptation, draft = story.open(plan, actor=bruno, at=moment(2026, 5, 7))
    charter_actions.open_to_remarks(draft, until=datetime.date(2026, 5, 20), actor=bruno, at=moment(2026, 5, 7, 18))
    adopted = charter_actions.adopt_adaptation(
        draft,
        adopted_on=datetime.date(2026, 5, 22),
        adopted_by=plan["adopted_by"],
        signatures_needed=plan["signatures_needed"],
        review_on=datetime.date(2026, 7, 6),
        actor=bruno,
        at=moment(2026, 5, 23),
    )
    for number, name in enumerate(plan["signed_by"]):
        story.sign(adopted, story.association(name), at=moment(2026, 5, 26, 10 + number))
    # What the program does each morning: it reminds, twice, and nobody holds the review.
    for at in (moment(2026, 6, 8, 7), moment(2026, 7, 6, 7), moment(2026, 10, 5, 7)):
        charter_actions.follow_reviews(at=at)
    charter_actions.wake_adaptation(
        adaptation,
        words=plan["why_it_wakes"],
        next_review_on=datetime.date(2027, 6, 30),
        actor=bruno,
        at=moment(2026, 11, 4),
    )
    story.say("La charte à la Sablière s’est endormie, faute de point ; elle vient de se réveiller", adaptation)


def come_and_go(story):
    """One association written twice becomes one; somebody hands over, then asks to be forgotten."""
    twin = _sign_as_a_twin(story)
    elsa = fresh(story.people["elsa"])
    kept = story.organisations[story.town["twin"]["of"]]
    charter_actions.merge_organisations(kept, twin, actor=elsa, at=moment(2026, 11, 19, 9))
    story.say(f"« {twin.name} » était « {kept.name} », inscrite deux fois : les fiches sont réunies", kept)
    plan = story.town["farewell"]
    leaving = story.association(plan["association"])["user"]
    organisation_actions.hand_over(
        story.organisations[plan["association"]],
        email=plan["heir"],
        function=plan["function"],
        leaves=True,
        actor=fresh(leaving),
        at=moment(2026, 11, 19, 10),
    )
    User.objects.filter(email=plan["heir"]).update(first_name="Odile", last_name="Kaya")
    privacy_actions.forget_person(fresh(leaving), actor=fresh(leaving), at=moment(2026, 11, 19, 11))
    signature = Signature.objects.filter(organisation=story.organisations[plan["association"]]).earliest("signed_at")
    story.say("Une personne qui avait signé a demandé l’oubli : la signature se vérifie toujours", signature)


def _sign_as_a_twin(story):
    plan = story.town["twin"]
    user = User.objects.create_user("jardins@demo.example", first_name="Léo", last_name="Garnier")
    twin = organisation_actions.create_and_claim(
        user=user,
        at=moment(2026, 11, 18, 14),
        function="membre du bureau",
        name=plan["name"],
        territories=[story.places[plan["place"]]],
    )
    organisation_actions.confirm_organisation(twin, actor=fresh(story.people["elsa"]), at=moment(2026, 11, 18, 15))
    story.organisations[plan["name"]] = twin
    story.sign(story.national, {"name": plan["name"], "user": user}, at=moment(2026, 11, 18, 16))
    return Organisation.objects.get(pk=twin.pk)


def sign_on_paper(story, version):
    """The coordinator enters the sheet that was signed at the feast, two lines of it."""
    plan, elsa = story.town["sheet"], fresh(story.people["elsa"])
    gathering = charter_actions.record_gathering(
        version,
        place=plan["place"],
        held_on=datetime.date(2026, 11, 14),
        scan=_sheet(plan["lines"]),
        actor=elsa,
        at=moment(2026, 11, 19, 14),
    )
    for number, line in enumerate(plan["lines"]):
        charter_actions.sign_on_paper(
            gathering,
            territories=[story.places["QN09901N"]],
            involvement="take_part",
            actor=elsa,
            at=moment(2026, 11, 19, 14) + datetime.timedelta(minutes=5 + number),
            **line,
        )
    story.say("Deux associations ont signé sur papier, à la fête ; leur signature le dit", "charters:signatories")


def _sheet(lines):
    """A drawn sheet (PNG bytes), the same at each telling."""
    image = Image.new("L", (900, 120 + 90 * len(lines)), 255)
    draw = ImageDraw.Draw(image)
    draw.text((40, 30), "Feuille de signature (dessinee pour la demonstration)", fill=0)
    for number, line in enumerate(lines):
        top = 90 + 90 * number
        draw.rectangle((30, top, 870, top + 80), outline=0)
        draw.text(
            (45, top + 30), f"{line['first_name']} {line['last_name']}".encode("ascii", "ignore").decode(), fill=0
        )
        draw.line([(600 + 12 * step, top + 40 + (step % 3) * 8) for step in range(18)], fill=0, width=2)
    stream = io.BytesIO()
    image.save(stream, format="PNG")
    return stream.getvalue()


def renew(story):
    """In November of the first year, the first signatory renews: sixty days before its date."""
    row = story.town["associations"][0]
    signature = Signature.objects.get(organisation=story.organisations[row["name"]], version=story.national)
    charter_actions.renew_signature(signature, actor=fresh(row["user"]), at=moment(2026, 11, 19, 17))
    story.say("La première signataire a renouvelé sa signature, en un clic", signature)


def the_nation_moves(story):
    """A second national text; Grand-Clos follows it, Les Tilleuls have one sentence to decide, two have signed it."""
    plan, gael = story.town["second"], fresh(story.people["gael"])
    draft = charter_actions.draft_national_version(actor=gael, at=moment(2026, 11, 20, 9), title=story.national.title)
    for key, fields in plan["changed"].items():
        charter_actions.change_article(draft.articles.get(key=key), actor=gael, at=moment(2026, 11, 20, 9), **fields)
    charter_actions.add_article(draft, actor=gael, at=moment(2026, 11, 20, 9), **plan["added"])
    charter_actions.publish_national_version(draft, actor=gael, at=moment(2026, 11, 20, 10))
    story.say("Le texte national a une version 2 ; aucune signature n’a bougé", "charters:charter")
    for number, row in enumerate(story.town["associations"][1:3]):
        signature = Signature.objects.standing().get(
            organisation=story.organisations[row["name"]], version=story.national
        )
        at = moment(2026, 11, 20, 16) + datetime.timedelta(hours=number)
        charter_actions.sign_new_version(signature, actor=fresh(row["user"]), at=at)
    _follow(story)


def _follow(story):
    elsa = fresh(story.people["elsa"])
    adaptations = {adaptation.slug: adaptation for adaptation in TerritorialAdaptation.objects.promoted_by(elsa)}
    grand_clos = adaptations["la-charte-au-grand-clos"].versions.drafts().get()
    charter_actions.bring_national_changes(grand_clos, actor=elsa, at=moment(2026, 11, 21, 9))
    charter_actions.accept_changes_without_conflict(grand_clos, actor=elsa, at=moment(2026, 11, 21, 9, 30))
    story.say(
        "Au Grand-Clos, le projet a repris les changements nationaux à côté de ses mots",
        "charters:national-changes",
        "la-charte-au-grand-clos",
    )
    draft = charter_actions.revise_adaptation(
        adaptations["la-charte-aux-tilleuls"], actor=elsa, at=moment(2026, 11, 21, 10)
    )
    charter_actions.accept_changes_without_conflict(draft, actor=elsa, at=moment(2026, 11, 21, 10, 30))
    story.say(
        "Aux Tilleuls, une phrase a changé des deux côtés : Elsa et les autres doivent choisir",
        "charters:national-changes",
        "la-charte-aux-tilleuls",
    )


def share_an_idea(story):
    """An idea for the three neighbourhoods, that a second association joins."""
    plan = story.town["idea"]
    by, joined = story.association(plan["by"]), story.association(plan["joined_by"])
    adaptation = charter_actions.propose_adaptation(
        name=plan["name"],
        territories=[story.places[code] for code in by["places"]],
        organisation=story.organisations[plan["by"]],
        words=plan["words"],
        actor=fresh(by["user"]),
        at=moment(2026, 11, 17, 9),
    )
    charter_actions.join_adaptation(
        adaptation,
        organisation=story.organisations[plan["joined_by"]],
        actor=fresh(joined["user"]),
        at=moment(2026, 11, 18, 9),
    )
    story.say("Une idée circule entre associations, et deux la portent déjà", adaptation)


def bring_members(story):
    """Somebody of a federation brings the list of its members, and has not confirmed it yet."""
    at, plan = moment(2026, 11, 18, 11), story.town["member_list"]
    network = Network.objects.get(slug=plan["network"])
    organisation_actions.appoint_to_network(network, email=story.people["ines"].email, actor=None, at=at)
    organisation_actions.read_member_list(
        network, content=plan["content"].encode(), file_name=plan["file"], actor=fresh(story.people["ines"]), at=at
    )
    story.say(
        "Une fédération voit ses membres d’ici, et relit la liste qu’elle a apportée",
        "dashboard:network",
        network.slug,
    )


def profile_of(row):
    """What an association of the town tells of itself besides, as `create_organisation` takes it."""
    exchanges = [
        (side, kind, words)
        for side, told in (("offer", row.get("offers", {})), ("need", row.get("needs", {})))
        for kind, words in told.items()
    ]
    return {
        "publics": row.get("publics", ""),
        "languages": row.get("languages", ""),
        "opening_hours": row.get("hours", ""),
        "address": row.get("address", ""),
        "accessibility": row.get("access", ""),
        "contact_function": row.get("contact", ""),
        "contact_email": row.get("box", ""),
        "seeks_partners": row.get("seeks", False),
        "exchanges": exchanges,
    }


def read_again(story):
    """A year later each profile is asked about, and read again in one click; one is not."""
    organisation_actions.follow_profiles(at=moment(2026, 11, 21, 7))
    silent = {row["name"] for row in story.town["associations"] if row.get("stale")}
    asked = Organisation.objects.exclude(refresh_asked_at=None).exclude(name__in=silent).order_by("pk")
    for number, organisation in enumerate(asked):
        manager = organisation.memberships.standing().filter(role="manager").earliest("pk").user
        at = moment(2026, 11, 21, 8) + datetime.timedelta(minutes=number)
        organisation_actions.refresh_profile(organisation, actor=fresh(manager), at=at)
    stale = Organisation.objects.get(name__in=silent)
    story.say("Une fiche n’a pas été relue depuis un an, et le dit", stale)
