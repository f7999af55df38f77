"""The published schemas are those of the types, and say so of every answer."""

from tests.conftest import ROOT

import build_schemas


def test_the_answer_schema_is_current():
    committed = (ROOT / "docs/schemas/answer.schema.json").read_text()
    assert committed == build_schemas.text(build_schemas.answer_schema()), (
        "run python tools/build_schemas.py"
    )


def test_the_location_schema_is_current():
    committed = (ROOT / "docs/schemas/location.schema.json").read_text()
    assert committed == build_schemas.text(build_schemas.location_schema()), (
        "run python tools/build_schemas.py"
    )


def test_the_payment_schema_is_current():
    committed = (ROOT / "docs/schemas/payment.schema.json").read_text()
    assert committed == build_schemas.text(build_schemas.payment_schema()), (
        "run python tools/build_schemas.py"
    )
