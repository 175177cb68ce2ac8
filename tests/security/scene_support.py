"""A support on Les Tilleuls, where Elsa coordinates."""

from tests.factories.support import SupportFactory, SupportSchemeFactory


def add_to(scene):
    scene["scheme"] = SupportSchemeFactory()
    scene["support"] = SupportFactory(territory=scene["tilleuls"], scheme=scene["scheme"])
