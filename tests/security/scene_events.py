"""The calendar of Les Tilleuls: Amina's association announces, Bruno's is named, Elsa coordinates."""

from maillage.events import actions
from tests.factories.events import EventFactory, ImportedFeedFactory
from tests.factories.resources import day_in


def add_to(scene):
    here = [scene["tilleuls"]]
    scene["event"] = EventFactory(
        organiser=scene["entraide"], territories=here, title="Le repas entre nous", audience="space"
    )
    scene["event"].others.add(scene["jardins"])
    scene["series"] = EventFactory(
        organiser=scene["entraide"],
        territories=here,
        title="La permanence entre nous",
        audience="space",
        repeats="WEEKLY",
        repeats_until=day_in(60),
    )
    moved = actions.change_date(
        scene["series"], day_in(10), cancelled=True, words="Férié.", actor=scene["amina"], at=scene["now"]
    )
    scene["cancelled_event"] = EventFactory(
        organiser=scene["entraide"],
        territories=here,
        audience="space",
        cancelled_at=scene["now"],
        cancel_words="Il pleut.",
    )
    scene["series"] = moved
    # From a file: reading it again says so, without asking anything of anybody.
    scene["feed"] = ImportedFeedFactory(territory=scene["tilleuls"], organisation=scene["entraide"], url="")
    actions.give_key(actor=scene["amina"], at=scene["now"])
