"""The wall: every model says who may see it, and a row that could leak does not, whoever asks."""

import importlib
from pathlib import Path

import pytest
from django.apps import apps

from maillage.organisations.audiences import OPEN, TECHNICAL, AudienceQuerySet
from tests.harness.people import PERSONAS


def leak_rows():
    """Every registry of this folder, `wall_rows.py` and `wall_rows_<app>.py`, put together."""
    rows = {}
    for file in sorted(Path(__file__).parent.glob("wall_rows*.py")):
        for label, of_model in importlib.import_module(f"tests.architecture.{file.stem}").ROWS.items():
            rows.setdefault(label, []).extend(of_model)
    return rows


ROWS = leak_rows()
MODELS = {
    model._meta.label: model
    for app in apps.get_app_configs()
    if app.name.startswith("maillage.")
    for model in app.get_models()
}
GUARDED = {
    label: model
    for label, model in MODELS.items()
    if label not in OPEN | TECHNICAL and isinstance(model._default_manager.all(), AudienceQuerySet)
}
CASES = [
    pytest.param(label, row, id=f"{label}-{row.make.__name__}")
    for label, of_model in ROWS.items()
    for row in of_model
]


@pytest.mark.parametrize("label", MODELS)
def test_every_model_says_who_may_see_it(label):
    if label in OPEN or label in TECHNICAL:
        return
    rows = MODELS[label]._default_manager.all()
    assert isinstance(rows, AudienceQuerySet), f"{label}: neither read through an AudienceQuerySet nor OPEN"
    assert type(rows).visible_to is not AudienceQuerySet.visible_to, f"{label} has no visible_to of its own"
    assert ROWS.get(label), f"{label} has no row in wall_rows.py: show one that could leak"


def test_the_lists_name_models_that_exist():
    named = OPEN.keys() | TECHNICAL.keys() | ROWS.keys()
    assert {label for label in named if label.partition(".")[0] in _labels()} - MODELS.keys() == set()
    assert OPEN.keys() & TECHNICAL.keys() == set()


def _labels():
    """Apps that have models: one still to be written may be named before."""
    return {label.partition(".")[0] for label in MODELS}


@pytest.mark.django_db
@pytest.mark.parametrize(("label", "row"), CASES)
def test_a_row_is_seen_by_those_who_may_and_nobody_else(request, label, row):
    # The people first: the row must not be what gives them their place.
    people = {name: request.getfixturevalue(name) for name in PERSONAS}
    made = row.make(request)
    rows = MODELS[label]._default_manager
    assert rows.filter(pk=made.pk).exists()
    seen_by = set()
    for name, somebody in people.items():
        if somebody.is_authenticated:
            somebody = type(somebody).objects.get(pk=somebody.pk)
        times = rows.visible_to(somebody).filter(pk=made.pk).count()
        assert times <= 1, f"the row comes several times for {name}"
        if times:
            seen_by.add(name)
    assert seen_by == row.seen_by, row.why


@pytest.mark.parametrize("label", ROWS)
def test_no_row_lets_a_public_partner_in_by_mistake(label):
    assert label in GUARDED
    for row in ROWS[label]:
        assert row.seen_by <= set(PERSONAS)
        if "fatou" in row.seen_by and not row.of_the_partner:
            assert row.seen_by == set(PERSONAS), f"{row.make.__name__}: a public partner reads it, a resident not"
