"""The style sheet and the script: two small files of our own, cached by their content's hash."""

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
    """A hash of all of them, so that a browser never keeps an old one."""
    return sha256(b"".join(map(_asset, _KINDS))).hexdigest()[:12]


@router.get("/static/{name}")
async def asset(name: str) -> Response:
    """One of our files."""
    if name not in _KINDS:
        raise ProblemError(404, "there is no such file")
    return Response(
        _asset(name),
        media_type=_KINDS[name],
        headers={"Cache-Control": "public, max-age=31536000, immutable"},
    )


@router.get("/favicon.ico")
async def icon() -> Response:
    """The mark."""
    return Response(_asset("limen.svg"), media_type=_KINDS["limen.svg"])
