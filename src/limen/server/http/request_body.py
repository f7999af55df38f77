"""Read a JSON body into a type, or report which field is wrong and how to fix it."""

from __future__ import annotations

import re
from typing import TypeVar

import msgspec
from fastapi import Request

from limen.server.http.problems import ProblemError
from limen.util.json_keys import repeated_key

Body = TypeVar("Body")
_AT = re.compile(r"^(?P<what>.*?)(?: - at `\$?\.?(?P<where>.*)`)?$", re.DOTALL)


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
        found = _AT.match(str(error))
        what, where = (found["what"], found["where"] or "") if found else (str(error), "")
        raise ProblemError(
            422, _plain(what), field=where or "body", hint="see the schema at /openapi.json"
        ) from error
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


def _plain(what: str) -> str:
    return what.replace("`", "").replace("Object", "the object")
