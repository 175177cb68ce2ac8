"""What stands in addresses, read and written."""

import datetime

from django.urls import register_converter


class IsoDate:
    """A day, as 2026-12-31."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value):
        return datetime.date.fromisoformat(value)

    def to_url(self, value):
        return f"{value:%Y-%m-%d}" if isinstance(value, datetime.date) else value


register_converter(IsoDate, "isodate")
