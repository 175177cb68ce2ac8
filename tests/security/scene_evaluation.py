"""Look backs of Les Tilleuls, in every state that a door needs: Entraide is asked."""

from django.utils import timezone

from maillage.evaluation import actions
from maillage.evaluation.links import look_back_link
from maillage.evaluation.models import LookBack
from tests.factories.charters import signed
from tests.factories.evaluation import answered, asked, campaign_row, signatory


def add_to(scene):
    here, version, now = scene["tilleuls"], scene["second"], scene["now"]
    year = timezone.localdate(now).year
    if not scene["entraide"].signatures.standing().filter(version=version).exists():
        signed(version, organisation=scene["entraide"], email="amina@exemple.org", at=now)
    running = scene["running"] = campaign_row(here, version=version)
    for name, campaign in (("asked", running), ("asked_2", campaign_row(here, version=version, year=year - 1))):
        scene[name] = LookBack.objects.create(campaign=campaign, organisation=scene["entraide"], invited_at=now)
    scene["principle"] = version.articles.get(key="avec")
    for one in (scene["asked_2"],):
        actions.save_principle(
            one, scene["principle"], state="done", note="", edition=0, actor=scene["amina"], at=now
        )
    scene["answer_link"] = look_back_link(scene["asked_2"], scene["amina"])
    closed = scene["closed"] = campaign_row(here, version=version, year=year - 2, closed_at=now)
    scene["next_step"] = closed.next_steps.create(text="Se voir")
    to_show = scene["to_show"] = campaign_row(here, version=version, year=year - 3)
    for _ in range(5):
        organisation, user = signatory(here, version=version)
        LookBack.objects.create(campaign=to_show, organisation=organisation)
        answered(asked(to_show, organisation), user=user, at=now)
    to_show.closed_at = now
    to_show.save()
