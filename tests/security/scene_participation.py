"""What residents of Les Tilleuls said, at each stage. Amina's association took one need up; Elsa coordinates."""

from maillage.organisations.models import TerritoryRole
from maillage.participation.codes import code_of
from tests.factories.organisations import TerritoryRoleFactory
from tests.factories.participation import HeardNeedFactory, ResidentVoiceFactory


def add_to(scene):
    here, now = scene["tilleuls"], scene["now"]
    scene["voice"] = ResidentVoiceFactory(territory=here, words="Mme Benali a peur.")
    scene["shared_voice"] = ResidentVoiceFactory(territory=here, shared=True, words="Le parc est noir.")
    scene["voice_code"] = code_of(scene["voice"].key)
    scene["voiced_need"] = HeardNeedFactory(territory=here, wording="De la lumière entre nous")
    ours = {"territory": here, "carrier": scene["entraide"], "taken_up_at": now}
    scene["taken_need"] = HeardNeedFactory(**ours, wording="Des bancs entre nous")
    scene["answered_need"] = HeardNeedFactory(**ours, answer="En mai.", answered_at=now)
    scene["shown_need"] = HeardNeedFactory(**ours, released=True)
    scene["grouped_voice"] = ResidentVoiceFactory(
        territory=here, shared=True, need=scene["answered_need"], language="ar"
    )
    scene["mediation"] = TerritoryRoleFactory(territory=here, role=TerritoryRole.Role.MEDIATOR)
