"""Encode answers as JSON bytes without building plain dictionaries first."""

from __future__ import annotations

from typing import Any

import msgspec

from limen.model import Answer
from limen.model.answer import SCHEMA_VERSION


def answer_wire(answer: Answer) -> dict[str, Any]:
    """Return the members of ``Answer.to_dict()``, ready to encode."""
    wire: dict[str, Any] = {"schema_version": SCHEMA_VERSION}
    for name in Answer.__struct_fields__:
        wire[name] = getattr(answer, name)
    return wire


def answer_json(answer: Answer) -> bytes:
    """Encode ``Answer.to_dict()``."""
    return msgspec.json.encode(answer_wire(answer))
