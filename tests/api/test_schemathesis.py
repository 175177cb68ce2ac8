"""The contract against the program, by thousands of questions that the contract makes: drawn the same at each run."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

pytestmark = pytest.mark.django_db
PATHS = ("", *"territoires organisations versions articles adaptations signatures registre localisation".split())
CONFORMS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    unsupported_method,
]
QUESTIONS = 80
"""To each resource, right ones and wrong ones each."""


@pytest.fixture
def described(world):
    # As Django's own client does: the end of a request must not end the transaction of the test.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def ask(operation, mode, checks):
    answers = set()

    @settings(
        max_examples=QUESTIONS,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def one(case):
        answer = case.call(headers={"Accept-Encoding": "identity"})  # it reads bytes as they come
        answers.add(answer.status_code)
        case.validate_response(answer, checks=checks)

    one()
    return answers


@pytest.mark.parametrize("path", PATHS)
def test_right_questions_are_answered_as_the_contract_says(described, path):
    operation = described[f"/api/v1/{path}"]["GET"]
    assert 200 in ask(operation, GenerationMode.POSITIVE, CONFORMS) or path == "localisation"


@pytest.mark.parametrize("path", PATHS[1:])
def test_wrong_questions_are_refused_as_the_contract_says(described, path):
    operation = described[f"/api/v1/{path}"]["GET"]
    assert 400 in ask(operation, GenerationMode.NEGATIVE, [*CONFORMS, negative_data_rejection])


def test_every_address_of_the_contract_is_asked(described):
    assert {operation.ok().path for operation in described.get_all_operations()} == {f"/api/v1/{p}" for p in PATHS}
