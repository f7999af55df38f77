"""Serve the style sheet, the script and the icon, cached by their content's hash."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files

from fastapi import APIRouter
from fastapi.responses import Response

from limen.server.http.problems import ProblemError

router = APIRouter()

_KINDS = {
    "limen.css": "text/css; charset=utf-8",
    "limen.js": "text/javascript; charset=utf-8",
    "limen.svg": "image/svg+xml",
}


@cache
def _asset(name: str) -> bytes:
    return (files("limen.server.pages") / "static" / name).read_bytes()


@cache
def asset_version() -> str:
    """Return a hash of all assets, which their addresses carry, so that no old one is used."""
    return sha256(b"".join(map(_asset, _KINDS))).hexdigest()[:12]


@router.get("/static/{name}")
async def asset(name: str) -> Response:
    """Return one asset."""
    if name not in _KINDS:
        raise ProblemError(404, "this file does not exist")
    return Response(
        _asset(name),
        media_type=_KINDS[name],
        headers={"Cache-Control": "public, max-age=31536000, immutable"},
    )


@router.get("/favicon.ico")
async def icon() -> Response:
    """Return the icon."""
    return Response(_asset("limen.svg"), media_type=_KINDS["limen.svg"])
