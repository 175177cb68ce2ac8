"""Where official files and public services are. Nothing here is called unless somebody asks for it."""

from urllib.parse import urlsplit

from config import env

GEOCODER_URL = env.text("GEOCODER_URL")
"""The public geocoder's address (`https://data.geopf.fr/geocodage`); empty: addresses are not looked up."""
GEOCODER_TIMEOUT_SECONDS = env.number("GEOCODER_TIMEOUT_SECONDS", 5.0)

FEEDS_FROM_INSIDE = env.flag("FEEDS_FROM_INSIDE")
"""Whether a calendar that people follow may stand on a private address of this network. Off: none is ever asked."""

QPV_FILE_URL = env.text(
    "QPV_FILE_URL", "https://www.data.gouv.fr/api/1/datasets/r/942d4ee8-8142-4556-8ea1-335537ce1119"
)
MAP_TILES_URL = env.text("MAP_TILES_URL")
"""Tiles under the interactive map, `{z}/{x}/{y}` style; empty: our own outlines alone, no outside request."""
MAP_TILES_CREDIT = env.text("MAP_TILES_CREDIT")
MAP_TILES_ORIGINS = ["{0.scheme}://{0.netloc}".format(urlsplit(MAP_TILES_URL))] if MAP_TILES_URL else []
"""What the content policy lets the map ask for; nothing by default."""
