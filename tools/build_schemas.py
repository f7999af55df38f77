"""Write the published JSON Schemas from the types they describe: ``python tools/build_schemas.py``.

``tests/test_schemas.py`` fails when a committed schema is not what its type says.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec

from limen.model.answer import SCHEMA_VERSION, Answer

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "schemas"


def answer_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of ``Answer.to_dict()``."""
    _, definitions = msgspec.json.schema_components([Answer], ref_template="#/$defs/{name}")
    answer = definitions.pop("Answer")
    answer["properties"] = {"schema_version": {"const": SCHEMA_VERSION}, **answer["properties"]}
    answer["required"] = ["schema_version", *answer["required"]]
    for described in (answer, *definitions.values()):
        described["description"] = " ".join(described["description"].split())
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:limen:answer:{SCHEMA_VERSION}",
        "title": "Answer",
        **answer,
        "$defs": definitions,
    }


def text(schema: dict[str, Any]) -> str:
    """The schema as it is committed."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "answer.schema.json").write_text(text(answer_schema()))
