"""What is lent and sought on Les Tilleuls, one of each state: Amina lends, Bruno borrows."""

import io

from django.core.files.base import ContentFile
from PIL import Image

from maillage.resources.models import Photo, Slot
from tests.factories.resources import (
    HoursEntryFactory,
    LedgerSwitchFactory,
    NeedFactory,
    ResourceFactory,
    at_hour,
    loan_of,
)
from tests.factories.territories import TerritoryFactory


def _small_photo():
    stream = io.BytesIO()
    Image.new("RGB", (1, 1), "white").save(stream, "JPEG")
    return ContentFile(stream.getvalue(), name="photo.jpg")


def add_to(scene):
    owner, borrower, here = scene["entraide"], scene["jardins"], scene["tilleuls"]
    room = scene["room"] = ResourceFactory(owner=owner, title="La salle")
    Slot.objects.create(resource=room, weekday=6, starts_at="00:00", ends_at="00:30")
    busy = ResourceFactory(owner=owner, title="Le minibus", quantity=50)
    for day, state in enumerate(("asked", "accepted", "out", "back"), start=3):
        hours = {"starts_at": at_hour(9, days=day), "ends_at": at_hour(10, days=day)}
        scene[f"loan_{state}"] = loan_of(busy, borrower, state=state, **hours)
    scene["slot"] = room.slots.get()
    scene["photo"] = Photo.objects.create(
        resource=room, image=_small_photo(), words="Elle", width=1, height=1, added_at=scene["now"]
    )
    scene["need"] = NeedFactory(organisation=borrower, territory=here)
    LedgerSwitchFactory(territory=here)
    # The coordinator's second territory has none yet: there is one to open.
    scene["without_ledger"] = TerritoryFactory(qpv=True, name="Les Peupliers")
    scene["elsa"].territory_roles.create(
        territory=scene["without_ledger"], role="coordinator", since=scene["now"].date()
    )
    scene["hours"] = HoursEntryFactory(territory=here, giver=owner, receiver=borrower)
