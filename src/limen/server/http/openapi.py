"""Describe the API in OpenAPI from the types that read its bodies and write its replies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from limen.server.http.problems import PROBLEM
from limen.server.http.query_string import parameter_docs

_REF = "#/components/schemas/{name}"
_components: dict[str, Any] = {}


class FieldError(msgspec.Struct):
    """Represents one field that is wrong."""

    field: str
    message: str
    hint: str = ""
    #: The old name of ``hint``, written for one version.
    mend: str = ""


class Problem(msgspec.Struct):
    """Represents the reason why a request was refused (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldError] = []


def _ref(kind: Any) -> dict[str, Any]:
    (schema,), components = msgspec.json.schema_components([kind], ref_template=_REF)
    _components.update(components)
    return schema


def request_doc(
    query: type[msgspec.Struct] | None = None,
    *,
    path: Mapping[str, str] | None = None,
    body: Any = None,
    example: Any = None,
    media: str = "application/json",
) -> dict[str, Any]:
    """Return ``openapi_extra`` of an endpoint: the types of its parameters and its body."""
    extra: dict[str, Any] = {}
    parameters = parameter_docs(query, path)
    if parameters:
        extra["parameters"] = parameters
    if body is not None:
        content = {media: {"schema": _ref(body), "example": example}}
        extra["requestBody"] = {"required": True, "content": content}
    return extra


def response_docs(
    kind: Any, *refusals: int, status: int = 200, media: str = "application/json"
) -> dict[int | str, dict[str, Any]]:
    """Return ``responses`` of an endpoint: the type it writes (or nothing), and its refusals."""
    replies: dict[int | str, dict[str, Any]] = {status: {"description": "Done"}}
    if kind is not None:
        replies[status]["content"] = {media: {"schema": _ref(kind)}}
    problem = {"description": "Refused", "content": {PROBLEM: {"schema": _ref(Problem)}}}
    for code in (*refusals, 401, 403, 429, 503):
        replies[code] = problem
    return replies


def install(app: FastAPI, description: str) -> None:
    """Complete the framework's description with the types of bodies and replies."""

    def complete() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = get_openapi(
                title=app.title,
                version=app.version,
                description=description,
                routes=app.routes,
            )
            components = schema.setdefault("components", {})
            components.setdefault("schemas", {}).update(_components)
            components["schemas"].pop("HTTPValidationError", None)
            components["schemas"].pop("ValidationError", None)
            _problems_for_validation(schema)
            app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = complete  # type: ignore[method-assign]


def _problems_for_validation(schema: dict[str, Any]) -> None:
    """Describe a wrong parameter as a problem document too."""
    problem = {"description": "Refused", "content": {PROBLEM: {"schema": _ref(Problem)}}}
    for path in schema["paths"].values():
        for operation in path.values():
            if "422" in operation.get("responses", {}):
                operation["responses"]["422"] = problem
