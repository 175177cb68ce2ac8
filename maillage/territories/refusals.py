"""What the importers and the geocoder refuse, in words that can be shown to a person."""


class FileRefused(Exception):
    """An official file that cannot be trusted as it is. Nothing of it was kept."""


class GeometryRefused(Exception):
    """A border that is no polygon in WGS84. The message ends the sentence 'feature n: …'."""


class GeocoderUnavailable(Exception):
    """The public geocoder is off, silent, saturated, or says something that is not understood."""


class PlaceNotFound(Exception):
    """Neither an address nor a commune was recognised in a text."""
