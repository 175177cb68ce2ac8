"""The invented town, read from its data files."""

import datetime
import json
import tomllib
import zoneinfo
from pathlib import Path

HERE = Path(__file__).parent
PARIS = zoneinfo.ZoneInfo("Europe/Paris")


def read_town():
    """Associations, people and adaptations, as `town.toml` says them."""
    return tomllib.loads((HERE / "town.toml").read_text(encoding="utf-8"))


def read_neighbourhoods():
    """The invented priority neighbourhoods: the features of `town.geojson`, in the official 2024 style."""
    return json.loads((HERE / "town.geojson").read_text(encoding="utf-8"))["features"]


def moment(year, month, day, hour=18, minute=0):
    """A moment of the story, in the time of the town."""
    return datetime.datetime(year, month, day, hour, minute, tzinfo=PARIS)
