"""Draw the API's documentation from its OpenAPI document, without foreign assets."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from limen.server.pages.view.templates import page

router = APIRouter()


@router.get("/docs")
async def docs(request: Request) -> HTMLResponse:
    """Draw every operation with its parameters, its body and an example that runs."""
    described = request.app.openapi()
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            groups.setdefault(operation.get("tags", ["other"])[0], []).append(
                {
                    "method": method.upper(),
                    "path": path,
                    "summary": operation.get("summary", ""),
                    "description": operation.get("description", ""),
                    "parameters": operation.get("parameters", []),
                    "curl": _curl(method.upper(), path, operation, str(request.base_url)),
                }
            )
    return page(request, "docs.html", groups=groups, title=described["info"]["title"])


def _curl(method: str, path: str, operation: dict[str, Any], base: str) -> str:
    for parameter in operation.get("parameters", []):
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", str(parameter.get("example", "")))
    where = f"'{base.rstrip('/')}{path}'"
    content = operation.get("requestBody", {}).get("content", {})
    for media, body_doc in content.items():
        example = body_doc.get("example")
        if media == "multipart/form-data":
            return f"curl -F file=@portfolio.csv {where}"
        if media == "application/x-www-form-urlencoded":
            fields = " ".join(
                f"--data-urlencode '{name}={value}'" for name, value in example.items()
            )
            return f"curl {fields} {where}"
        body = json.dumps(example, ensure_ascii=False)
        return f"curl -H 'Content-Type: {media}' -d '{body}' {where}"
    return f"curl {where}" if method == "GET" else f"curl -X {method} {where}"
