"""Amina's association echoes the first proposal; Elsa writes letters, Gaël enters proposals."""

from tests.factories.advocacy import AppealFactory, EchoFactory


def add_to(scene):
    scene["echo"] = EchoFactory(organisation=scene["entraide"])
    scene["letter"] = AppealFactory(territory=scene["tilleuls"], subject="motlettre", text="motlettre")
    scene["letter_sent"] = AppealFactory(territory=scene["tilleuls"], sent_on="2026-01-05", channel="courrier")
