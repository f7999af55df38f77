"""Read the query string into a type, and describe that type to the API's readers.

Lists are repeated keys. A name nobody knows is told as a warning by endpoints that can carry
one, and refused by those that cannot; a value that does not fit is refused with its name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

import msgspec
from fastapi import Request

from limen.server.http.problems import ProblemError
from limen.util.suggest import did_you_mean

Parameters = TypeVar("Parameters", bound=msgspec.Struct)
_AT = re.compile(r" - at `\$\.(?P<name>\w+)")
#: Known to every endpoint: the key, read elsewhere.
_EVERYWHERE = frozenset({"api_key"})


@cache
def _fields(kind: type[msgspec.Struct]) -> dict[str, bool]:
    """Parameter name -> whether it is a list."""
    described = msgspec.inspect.type_info(kind)
    return {
        field.encode_name: isinstance(_bare(field.type), msgspec.inspect.VarTupleType)
        for field in described.fields  # type: ignore[attr-defined]
    }


def _bare(told: msgspec.inspect.Type) -> msgspec.inspect.Type:
    return told.type if isinstance(told, msgspec.inspect.Metadata) else told


@cache
def _defaults(kind: type[Parameters]) -> Parameters:
    return msgspec.convert({}, kind)


def read_query(request: Request, kind: type[Parameters]) -> Parameters:
    """The query string as a type, text read as numbers and truth values where those are asked.

    Raises:
        ProblemError: 422, a value that does not fit.
    """
    if not request.scope["query_string"]:
        empty: Parameters = _defaults(kind)
        return empty
    lists = _fields(kind)
    found: dict[str, Any] = {}
    for name, value in request.query_params.multi_items():
        if lists.get(name):
            found.setdefault(name, []).append(value)
        elif name in lists:
            found[name] = value
    try:
        read: Parameters = msgspec.convert(found, kind, strict=False)
    except msgspec.ValidationError as error:
        at = _AT.search(str(error))
        raise ProblemError(
            422,
            _AT.split(str(error))[0].replace("`", ""),
            field=at["name"] if at else "query",
            hint="see the parameters at /openapi.json",
        ) from error
    return read


def unknown(request: Request, kind: type[msgspec.Struct]) -> tuple[str, ...]:
    """What to tell about parameters nobody reads."""
    if not request.scope["query_string"]:
        return ()
    known = _fields(kind)
    return tuple(
        f"there is no parameter {name[:40]!r}, so it was not used; {did_you_mean(name, known)}"
        for name in request.query_params
        if name not in known and name not in _EVERYWHERE
    )


def _plain(told: Mapping[str, Any]) -> dict[str, Any]:
    """A field's schema without its description; what may be left out is never null."""
    schema = {key: value for key, value in told.items() if key not in ("description", "default")}
    options = [each for each in schema.pop("anyOf", ()) if each != {"type": "null"}]
    return {**schema, **options[0]} if options else schema


def parameter_docs(
    kind: type[msgspec.Struct] | None = None, path: Mapping[str, str] | None = None
) -> list[dict[str, Any]]:
    """The parameters of an endpoint as OpenAPI describes them; ``path`` is name -> example."""
    found: list[dict[str, Any]] = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string"},
            "example": example,
        }
        for name, example in (path or {}).items()
    ]
    if kind is None:
        return found
    schema = msgspec.json.schema_components([kind])[1][kind.__name__]
    for name, told in schema["properties"].items():
        plain = _plain(told)
        parameter = {"name": name, "in": "query", "required": False, "schema": plain}
        if "description" in told:
            parameter["description"] = told["description"]
        if plain.get("type") == "array":
            parameter |= {"style": "form", "explode": True}
        if name in schema.get("required", ()):
            parameter["required"] = True
        found.append(parameter)
    return found
