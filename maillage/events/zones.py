"""Which clock a place lives by."""

import re

HEXAGON = "Europe/Paris"
OVERSEAS = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
    "977": "America/St_Barthelemy",
    "978": "America/Marigot",
    "986": "Pacific/Wallis",
    "987": "Pacific/Tahiti",
    "988": "Pacific/Noumea",
}
"""INSEE code of the département or collectivity → name in the IANA time zone database."""


def zone_of(territory):
    """The IANA name of the zone of ``territory``, read in its official code ("QN97403M", "97411", "974")."""
    code = re.match(r"(?:Q[NP])?(9[78]\d)", territory.code)
    return OVERSEAS.get(code[1], HEXAGON) if code else HEXAGON
