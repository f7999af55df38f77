"""Encode answers as JSON bytes without building plain dictionaries first."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from limen.model import Answer
from limen.model.answer import SCHEMA_VERSION, in_form_3

#: The forms of the wire in which answers are given.
Form = Literal[3, 4]


class FormOption(msgspec.Struct, frozen=True, kw_only=True):
    """Represents the form of the wire in which answers are given."""

    form: Annotated[
        Form, Meta(description="Form of the answer; 3 has no `parties` and no `party_id`.")
    ] = 4


def answer_wire(answer: Answer, form: Form = 4) -> dict[str, Any]:
    """Return the members of ``Answer.to_dict()`` in one of its forms, ready to encode."""
    if form == 3:
        return in_form_3(answer.to_dict())
    wire: dict[str, Any] = {"schema_version": SCHEMA_VERSION}
    for name in Answer.__struct_fields__:
        wire[name] = getattr(answer, name)
    return wire


def answer_json(answer: Answer, form: Form = 4) -> bytes:
    """Encode ``Answer.to_dict()`` in one of its forms."""
    return msgspec.json.encode(answer_wire(answer, form))
