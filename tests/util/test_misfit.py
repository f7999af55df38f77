"""What is said of a value that does not fit: what was expected, with its bounds, and what was found."""

from __future__ import annotations

from typing import Annotated

import msgspec
import pytest

from limen.util.misfit import explain_misfit


class Body(msgspec.Struct):
    """A body with an optional number that has bounds, and a text."""

    message: str = ""
    seconds: Annotated[float, msgspec.Meta(gt=0, le=60)] | None = None


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ({"seconds": 0}, "expected a number or nothing > 0 and <= 60, found 0"),
        ({"seconds": 90.5}, "expected a number or nothing > 0 and <= 60, found 90.5"),
        ({"seconds": "x"}, "expected a number or nothing > 0 and <= 60, found 'x'"),
        ({"message": 5}, "expected text, found 5"),
        ({"message": True}, "expected text, found true"),
        ({"message": {}}, "expected text, got keys and values"),
    ],
)
def test_what_was_found_is_said_as_it_is(value, what):
    with pytest.raises(msgspec.ValidationError) as error:
        msgspec.convert(value, Body)
    assert explain_misfit(value, Body, error.value, strict=True).what == what
