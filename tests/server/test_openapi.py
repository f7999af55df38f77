"""The API does what its description says, whatever is thrown at it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as limits
from schemathesis.specs.openapi.checks import positive_data_acceptance

from limen.server import create_app


@schemathesis.serializer("application/jsonl")
def json_lines(ctx, value):
    return json.dumps(value).encode()


@pytest.fixture(scope="module")
def api(settings):
    app = create_app(replace(settings, hosts=("testserver",)))
    return schemathesis.openapi.from_asgi("/openapi.json", app)


def test_every_operation_answers_as_described(api):
    """schemathesis draws requests, right ones and wrong ones, and checks every reply.

    Left out is the check that whatever fits the schema is accepted: which lists there are, which
    days have come and which parties have names is more than a schema can say.
    """
    faults = []
    for result in api.get_all_operations():
        operation = result.ok()
        try:
            _throw_at(operation)
        except BaseException as error:
            faults.append(f"{operation.label}: {error}")
    assert not faults, "\n\n".join(faults)


def _throw_at(operation):
    @given(case=operation.as_strategy())
    @limits(
        max_examples=6,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def throw(case):
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    throw()
