"""Amina's association has alerted Elsa, who coordinates Les Tilleuls."""

from maillage.organisations.models import TerritoryRole
from tests.factories.alerts import AlertFactory
from tests.factories.organisations import TerritoryRoleFactory


def add_to(scene):
    scene["elsas_role"] = TerritoryRole.objects.get(user=scene["elsa"], role="coordinator")
    scene["another_role"] = TerritoryRoleFactory(territory=scene["tilleuls"])
    scene["alert"] = AlertFactory(
        organisation=scene["entraide"], territory_role=scene["elsas_role"], words="Dire motalerte."
    )
