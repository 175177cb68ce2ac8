"""A signatory who waits, a territory proposed to somebody, a message that can be stopped."""

import re

from maillage.accounts.models import User
from maillage.digest import actions
from maillage.digest.models import FirstStep
from maillage.messaging.links import stop_link
from maillage.messaging.models import Message
from tests.factories.charters import signed
from tests.factories.organisations import TerritoryRoleFactory


def add_to(scene):
    scene["wishes"] = signed(
        scene["second"],
        organisation=scene["entraide"],
        email="amina@exemple.org",
        involvement="host",
        at=scene["now"],
    )
    FirstStep.objects.create(signature=scene["wishes"], sent_at=scene["now"])
    # Elsa coordinates a second territory, where she has asked somebody already.
    beside = TerritoryRoleFactory(user=scene["elsa"]).territory
    elsa = User.objects.get(pk=scene["elsa"].pk)
    scene["succession"] = actions.propose_succession(
        beside, email="suite@exemple.org", leaves=True, words="", actor=elsa, at=scene["now"]
    )
    body = Message.objects.filter(recipient="suite@exemple.org").latest("pk").body
    scene["succession_token"] = re.search(r"/accepter/([^/]+)/", body)[1]
    scene["stop_link"] = stop_link("amina@exemple.org", "texts")
