"""Redirect the id of a record, or a former id of a party, to the party that has it now."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import RedirectResponse


def moved_to(request: Request, path: str) -> RedirectResponse:
    """Return a redirect to a path of this server, with the parameters of the request.

    It is permanent for clients and not for caches: a party may be split later.
    """
    query = request.url.query
    where = request.scope.get("root_path", "") + path
    headers = {"Cache-Control": "no-cache"}
    return RedirectResponse(f"{where}?{query}" if query else where, 308, headers)
