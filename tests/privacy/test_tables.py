"""The tables say what the database holds: a relation, a model or a sentence that is missing is seen here."""

from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.utils import translation

from maillage.privacy import processing, relations

ROOT = Path(__file__).resolve().parent.parent.parent
TABLES = (relations.DELETED, relations.ENDED, relations.EMPTIED, relations.KEPT)


def relations_to_a_person():
    """Each foreign key to a person, hidden ones included; keys without a constraint as well."""
    person = get_user_model()
    for model in apps.get_models(include_auto_created=False):
        for field in model._meta.local_fields:
            if field.remote_field is not None and field.remote_field.model is person:
                yield f"{model._meta.label}.{field.name}"


def test_somebody_has_decided_what_becomes_of_each_relation_to_a_person():
    decided = [label for table in TABLES for label in table]
    assert len(decided) == len(set(decided)), "decided twice"
    found = set(relations_to_a_person())
    assert found - set(decided) == set(), "say in privacy/relations.py what becomes of it"
    assert set(decided) - found == set(), "named, and gone"


def test_each_model_of_ours_that_knows_a_person_is_in_the_table_of_processing():
    told = {model for row in processing.KEPT for model in row.models}
    ours = {label.rpartition(".")[0] for label in relations_to_a_person() if not label.startswith("wagtail")}
    assert ours - told == set(), "say in privacy/processing.py why it is kept, and how long"
    for model in told:
        apps.get_model(model)


def test_the_register_of_processing_is_the_table_of_the_code():
    page = (ROOT / "docs" / "data" / "processing.md").read_text()
    with translation.override("fr"):
        assert processing.as_markdown() in page, "paste what `privacy.processing.as_markdown()` gives"


@pytest.mark.parametrize("label", relations.LEFT_EMPTY)
def test_what_may_be_left_empty_exists(label):
    for field in relations.LEFT_EMPTY[label]:
        apps.get_model(label)._meta.get_field(field)
