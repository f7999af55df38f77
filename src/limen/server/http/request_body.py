"""Read a JSON body into a type, or report which field is wrong and how to fix it."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec
from fastapi import Request

from limen.server.http.problems import ProblemError
from limen.util.json_keys import repeated_key
from limen.util.misfit import Path, explain_misfit

Body = TypeVar("Body")


async def read_json(request: Request, decoder: msgspec.json.Decoder[Body]) -> Body:
    """Decode the body of a request.

    Raises:
        ProblemError: 400, not JSON at all (bad UTF-8, nested too deep, a number that no
            machine holds) or a key twice in one object; 422, JSON of another shape.
    """
    return decode(await request.body(), decoder)


def decode(raw: bytes, decoder: msgspec.json.Decoder[Body]) -> Body:
    """Decode bytes; see :func:`read_json`."""
    try:
        body = decoder.decode(raw)
    except msgspec.ValidationError as error:
        raise _refusal(raw, decoder.type, error) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ProblemError(
            400, f"the body is not JSON: {error}", field="body", hint="send one JSON object, UTF-8"
        ) from error
    except RecursionError as error:
        raise ProblemError(
            400, "the body is nested too deep", field="body", hint="a party has no inner objects"
        ) from error
    if key := repeated_key(raw):
        raise ProblemError(
            400,
            f"the key {key!r} is there twice in one object",
            field="body",
            hint="give a list of values: of two keys only the last would be used",
        )
    return body


def _refusal(raw: bytes, kind: Any, error: msgspec.ValidationError) -> ProblemError:
    """Return the refusal of a body of another shape, with the place and the reason."""
    hint = "see the schema at /openapi.json"
    try:
        value = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ProblemError(422, "the body is of another shape", field="body", hint=hint)
    misfit = explain_misfit(value, kind, error, strict=True)
    field = field_of(misfit.path) or "body"
    return ProblemError(422, misfit.what, field=field, hint=misfit.hint or hint)


def field_of(path: Path) -> str:
    """Return the place of a value as problems print it: ``parties[0].schema``."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")
