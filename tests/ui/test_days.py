"""The first of a month, as French writes it."""

import datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from maillage.ui.days import date_format

FIRST, SECOND = datetime.date(2026, 12, 1), datetime.date(2026, 12, 2)


@pytest.mark.parametrize(
    ("day", "language", "written"),
    [
        (FIRST, "fr", "mardi 1er décembre 2026"),
        (SECOND, "fr", "mercredi 2 décembre 2026"),
        (FIRST, "en", "Tuesday 1 December 2026"),
    ],
)
def test_a_day_in_words(day, language, written):
    with translation.override(language):
        assert date_format(day, "l j F Y") == written
        assert Template('{{ day|date:"l j F Y" }}').render(Context({"day": day})) == written


def test_without_a_format_too_and_never_in_a_short_one():
    with translation.override("fr"):
        assert date_format(FIRST) == "1er décembre 2026"
        assert Template("{{ day|date }}").render(Context({"day": FIRST})) == "1er décembre 2026"
        assert Template('{{ day|date:"j/m/Y" }}').render(Context({"day": FIRST})) == "1/12/2026"
        assert Template('{{ day|date:"Y-m-d" }}').render(Context({"day": None})) == ""


def test_a_moment_is_that_of_the_reader(settings):
    """Half past eleven of the evening in UTC is the next day in Paris."""
    moment = datetime.datetime(2026, 11, 30, 23, 30, tzinfo=datetime.UTC)
    with translation.override("fr"):
        assert Template('{{ at|date:"j F" }}').render(Context({"at": moment})) == "1er décembre"
