"""A text opened to a group of Les Tilleuls, with an amendment, a comment: to be harmed."""

from maillage.charters.models import CharterVersion
from maillage.drafting import actions
from tests.factories import drafting


def add_to(scene):
    """Bruno's association animates, Amina's takes part; Elsa coordinates the territory."""
    jardins, entraide = scene["jardins"], scene["entraide"]
    tilleuls, now = scene["tilleuls"], scene["now"]
    group = drafting.group_of(
        jardins, entraide, territory=tilleuls, facilitator=jardins, name="Qui écrit", slug="qui-ecrit", at=now
    )
    scene["writing_group"] = group
    opened = CharterVersion.objects.get(pk=scene["open"].pk)
    scene["workshop"] = workshop = actions.open_workshop(opened, group=group, actor=scene["bruno"], at=now)
    scene["amendment"] = drafting.amendment_to(workshop, actor=scene["amina"], organisation=entraide, at=now)
    scene["comment"] = actions.make_comment(
        workshop, text="Et les jeunes ?", article_key="avec", organisation=entraide, actor=scene["amina"], at=now
    )
