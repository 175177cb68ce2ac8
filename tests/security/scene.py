"""A site where everything that can be harmed is there to be: one object, at least, for each door."""

import datetime
import importlib
import re
from pathlib import Path

from django.utils import timezone

from maillage.accounts.models import User
from maillage.charters import actions
from maillage.charters.links import renewal_link
from maillage.charters.models import BorderChange, Signature
from maillage.messaging.models import Message
from maillage.organisations import actions as organisation_actions
from maillage.organisations.links import refresh_link
from tests.factories.accounts import UserFactory
from tests.factories.charters import ARTICLES, adaptation_draft, adopted, national, on_paper, request_for, signed
from tests.factories.organisations import MandateFactory, MembershipFactory, OrganisationFactory
from tests.factories.territories import TerritoryFactory
from tests.harness.people import PERSONAS

REWRITTEN = [*ARTICLES[:2], {**ARTICLES[2], "text": "Nous décidons avec toutes et tous."}]


def build_scene(request):
    """Everything by its name. All of it belongs to Les Tilleuls: Hugo, of another territory, harms nothing."""
    get = request.getfixturevalue
    people = {name: get(name) for name in PERSONAS}
    scene = {**people, **{name: get(name) for name in ("tilleuls", "entraide", "jardins", "boxe", "prefecture")}}
    now = scene["now"] = timezone.now()
    _organisations(scene)
    _texts(scene, now)
    _signatures(scene, now)
    for file in sorted(Path(__file__).parent.glob("scene_*.py")):
        importlib.import_module(f"{__package__}.{file.stem}").add_to(scene)
    return scene


def _organisations(scene):
    here = [scene["tilleuls"]]
    for name in ("free", "new", "one", "other", "left"):
        scene[name] = OrganisationFactory(name=f"Association {name}", territories=here)
    for name in ("free", "new"):
        scene[name].confirmed_at = None
        scene[name].save()
    colleague = scene["colleague"] = UserFactory(email="zoe@exemple.org")
    scene["membership"] = MembershipFactory(user=colleague, organisation=scene["entraide"])
    scene["mandate"] = MandateFactory(user=colleague, organisation=scene["entraide"])
    MembershipFactory(user=UserFactory(), organisation=scene["new"], manager=True)
    MembershipFactory(user=scene["bruno"], organisation=scene["left"])
    _ended(scene)
    network = scene["network"] = scene["ines"].network_roles.get().network
    scene["list"] = organisation_actions.read_member_list(
        network, content=b"Nom\nAssociation one\n", file_name="membres.csv", actor=scene["ines"], at=scene["now"]
    )


def _ended(scene):
    """A neighbourhood of the former geography, that Les Tilleuls follow; Entraide stood there."""
    scene["ended"] = TerritoryFactory(qpv=True, vintage=2015, valid_until=datetime.date(2024, 1, 1))
    scene["tilleuls"].predecessors.add(scene["ended"])
    scene["change"] = BorderChange.objects.create(
        former=scene["ended"], organisation=scene["entraide"], noticed_at=scene["now"]
    )


def _texts(scene, now):
    before, elsa = now - datetime.timedelta(days=20), scene["elsa"]
    place = {"promoter": scene["jardins"], "actor": elsa, "territory": scene["tilleuls"]}
    scene["first"] = national(at=before)
    scene["adopted"] = adopted(**place, needed=1, at=before, name="Adoptée")
    signed(scene["adopted"], organisation=scene["jardins"], email="bruno@exemple.org", at=before)
    scene["asleep"] = adopted(**place, at=before, name="Endormie")
    actions.review_adaptation(
        scene["asleep"].adaptation, outcome=actions.Outcome.REST, words="Une pause.", actor=elsa, at=now
    )
    scene["open"] = adaptation_draft(**place, at=before, opened=True, name="Ouverte")
    scene["remark"] = actions.make_remark(
        scene["open"], organisation=scene["entraide"], text="Et les jeunes ?", author=scene["amina"], at=before
    )
    scene["ready"] = adaptation_draft(**place, at=before, opened=True, name="Prête")
    scene["to_bring"] = adaptation_draft(**place, at=before, name="À amener")
    scene["brought"] = adaptation_draft(**place, at=before, name="Amenée")
    scene["added"] = actions.add_article(
        scene["open"], actor=elsa, at=before, key="ici", kind="value", title="Ici", text="Un article à nous."
    )
    scene["national_signature"] = signed(
        scene["first"], organisation=scene["jardins"], email="bruno@exemple.org", at=before
    )
    scene["second"] = national(at=now - datetime.timedelta(days=2), articles=REWRITTEN)
    actions.bring_national_changes(scene["brought"], actor=elsa, at=now)
    scene["draft"] = actions.draft_national_version(actor=scene["gael"], at=now, title="La suivante")
    scene["idea"] = actions.propose_adaptation(
        name="Une idée",
        territories=[scene["tilleuls"]],
        organisation=scene["jardins"],
        words="Ici.",
        actor=elsa,
        at=now,
    )


def _signatures(scene, now):
    elsa, second = scene["elsa"], scene["second"]
    scene["request"] = request_for(
        second, organisation=scene["one"], email="une@exemple.org", at=now - datetime.timedelta(hours=1)
    )
    scene["confirm_token"] = _last_link("une@exemple.org")
    Signature.objects.filter(pk=scene["national_signature"].pk).update(
        renew_by=timezone.localdate(now) + datetime.timedelta(days=5)
    )
    scene["national_signature"].refresh_from_db()
    bruno = User.objects.get(email="bruno@exemple.org")
    scene["renewal_link"] = renewal_link(scene["national_signature"], bruno)
    scene["profile_link"] = refresh_link(scene["entraide"], User.objects.get(email="amina@exemple.org"), now)
    scene["helped"] = actions.help_sign(
        second,
        organisation=scene["other"],
        email="aidee@exemple.org",
        actor=elsa,
        at=now,
        first_name="Aïcha",
        last_name="Aidée",
        function="trésorière",
    )
    body = Message.objects.filter(recipient="aidee@exemple.org").latest("pk").body
    scene["code"] = re.search(r"\b(\d{3} \d{3})\b", body)[1]
    scene["gathering"] = on_paper(actor=elsa, version=second, at=now)


def _last_link(recipient):
    body = Message.objects.filter(recipient=recipient).latest("pk").body
    return re.search(r"/confirmer/([^/]+)/", body)[1]
