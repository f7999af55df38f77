"""Read the query string into a type, and describe that type in OpenAPI.

Lists are repeated keys. An unknown parameter becomes a warning where the endpoint's reply has
warnings; a value that does not fit is refused with its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

import msgspec
from fastapi import Request

from limen.server.http.problems import ProblemError
from limen.util.misfit import explain_misfit
from limen.util.suggest import did_you_mean

Parameters = TypeVar("Parameters", bound=msgspec.Struct)
#: Every endpoint accepts the key, which ``limen.server.access`` reads.
_EVERYWHERE = frozenset({"api_key"})


@cache
def _fields(kind: type[msgspec.Struct]) -> dict[str, bool]:
    """Map the names of parameters to whether each is a list."""
    info = msgspec.inspect.type_info(kind)
    return {
        field.encode_name: isinstance(_bare(field.type), msgspec.inspect.VarTupleType)
        for field in info.fields  # type: ignore[attr-defined]
    }


def _bare(kind: msgspec.inspect.Type) -> msgspec.inspect.Type:
    return kind.type if isinstance(kind, msgspec.inspect.Metadata) else kind


@cache
def _defaults(kind: type[Parameters]) -> Parameters | None:
    """Return a type without any parameter given; ``None`` where one has to be."""
    try:
        return msgspec.convert({}, kind)
    except msgspec.ValidationError:
        return None


def read_query(request: Request, kind: type[Parameters]) -> Parameters:
    """Read the query string into a type, with text as numbers and truth values where it has them.

    Raises:
        ProblemError: 422, a value that does not fit.
    """
    empty: Parameters | None = _defaults(kind)
    if empty is not None and not request.scope["query_string"]:
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
        misfit = explain_misfit(found, kind, error)
        raise ProblemError(
            422,
            misfit.what,
            field=str(misfit.path[0]) if misfit.path else "query",
            hint=misfit.hint or "see the parameters at /openapi.json",
        ) from error
    return read


def unknown(request: Request, kind: type[msgspec.Struct]) -> tuple[str, ...]:
    """Return a warning for each parameter that is unknown and so not used."""
    if not request.scope["query_string"]:
        return ()
    known = _fields(kind)
    return tuple(
        f"there is no parameter {name[:40]!r}, so it was not used; {did_you_mean(name, known)}"
        for name in request.query_params
        if name not in known and name not in _EVERYWHERE
    )


def refuse_unknown(request: Request, kind: type[msgspec.Struct] | None) -> None:
    """Refuse parameters that are unknown, where one that is not used would change the answer.

    Args:
        request: the request.
        kind: the parameters; ``None`` where the body has all options.

    Raises:
        ProblemError: 422, there is one.
    """
    known = _fields(kind) if kind else {}
    for name in request.query_params:
        if name not in known and name not in _EVERYWHERE:
            hint = did_you_mean(name, known) if kind else "the body has the options"
            what = f"there is no parameter {name[:40]!r}"
            raise ProblemError(422, what, field=name[:40], hint=hint)


def _plain(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return a field's schema without its description; an optional parameter is never null."""
    plain = {key: value for key, value in schema.items() if key not in ("description", "default")}
    options = [option for option in plain.pop("anyOf", ()) if option != {"type": "null"}]
    return {**plain, **options[0]} if options else plain


def parameter_docs(
    kind: type[msgspec.Struct] | None = None, path: Mapping[str, str] | None = None
) -> list[dict[str, Any]]:
    """Return the parameters of an endpoint for OpenAPI; ``path`` is name -> example."""
    parameters: list[dict[str, Any]] = [
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
        return parameters
    schema = msgspec.json.schema_components([kind])[1][kind.__name__]
    for name, field in schema["properties"].items():
        plain = _plain(field)
        parameter = {"name": name, "in": "query", "required": False, "schema": plain}
        if "description" in field:
            parameter["description"] = field["description"]
        if plain.get("type") == "array":
            parameter |= {"style": "form", "explode": True}
        if name in schema.get("required", ()):
            parameter["required"] = True
        parameters.append(parameter)
    return parameters
