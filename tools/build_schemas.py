"""Write the published JSON Schemas from the types they describe: ``python tools/build_schemas.py``.

``tests/test_schemas.py`` fails when a committed schema is not what its type says.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec

from limen.documents import DocumentReport
from limen.law.assess import assessment
from limen.law.assess.assessment import Assessment
from limen.law.records import RegimeFile
from limen.model.answer import SCHEMA_VERSION, Answer
from limen.payment_screening import payment_answer as payments
from limen.payment_screening.payment_answer import MessageAnswer
from limen.places import location
from limen.places.location import Location
from limen.simulation import between, results
from limen.simulation.between import Between
from limen.simulation.results import WhatIf

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "schemas"


def answer_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of ``Answer.to_dict()``."""
    return _schema(Answer, SCHEMA_VERSION)


def location_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of ``Location.to_dict()``."""
    return _schema(Location, location.SCHEMA_VERSION)


def assessment_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of ``Assessment.to_dict()``."""
    return _schema(Assessment, assessment.SCHEMA_VERSION)


def what_if_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of ``WhatIf.to_dict()``."""
    return _schema(WhatIf, results.SCHEMA_VERSION)


def between_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of ``Between.to_dict()``."""
    return _schema(Between, between.SCHEMA_VERSION)


def document_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of what ``limen read --format json`` writes."""
    return _schema(DocumentReport, "1", on_the_wire=False)


def payment_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of ``MessageAnswer.to_dict()``, what ``/v1/payments`` replies."""
    return _schema(MessageAnswer, payments.SCHEMA_VERSION)


def regime_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a regime file, for editors that read YAML with a schema."""
    return _schema(RegimeFile, "1", on_the_wire=False)


def _schema(kind: type, version: str, *, on_the_wire: bool = True) -> dict[str, Any]:
    _, definitions = msgspec.json.schema_components([kind], ref_template="#/$defs/{name}")
    told = definitions.pop(kind.__name__)
    if on_the_wire:
        told["properties"] = {"schema_version": {"const": version}, **told["properties"]}
        told["required"] = ["schema_version", *told["required"]]
    for described in (told, *definitions.values()):
        if "description" in described:
            described["description"] = " ".join(described["description"].split())
    _order_alternatives([told, definitions])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:limen:{kind.__name__.lower()}:{version}",
        "title": kind.__name__,
        **told,
        "$defs": definitions,
    }


def _order_alternatives(part: Any) -> None:
    """Order the alternatives of each value, ``null`` last: msgspec's own order is not fixed."""
    if isinstance(part, dict):
        if "anyOf" in part:
            part["anyOf"].sort(key=lambda kind: (kind == {"type": "null"}, json.dumps(kind)))
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            _order_alternatives(inner)


def text(schema: dict[str, Any]) -> str:
    """The schema as it is committed."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "answer.schema.json").write_text(text(answer_schema()))
    (FOLDER / "location.schema.json").write_text(text(location_schema()))
    (FOLDER / "assessment.schema.json").write_text(text(assessment_schema()))
    (FOLDER / "what_if.schema.json").write_text(text(what_if_schema()))
    (FOLDER / "between.schema.json").write_text(text(between_schema()))
    (FOLDER / "regime.schema.json").write_text(text(regime_schema()))
    (FOLDER / "document.schema.json").write_text(text(document_schema()))
    (FOLDER / "payment.schema.json").write_text(text(payment_schema()))
