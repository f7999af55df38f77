"""Templates to pages, with what every page shows: the lists in service and their freshness."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from limen.model import ListCoverage
from limen.model.countries import country_name
from limen.server.pages.view.assets import asset_version
from limen.server.state import state_of

_CAPITAL = re.compile(r"(?<!^)[A-Z]")
#: A list's state in words.
STATES = {
    "ok": "current",
    "overridden": "accepted as it is",
    "missing": "never loaded",
    "empty": "empty",
    "out_of_band": "wrong size",
    "stale": "stale",
    "too_early": "speaks later",
}
VERDICTS = {
    "equal": "equal",
    "near": "near",
    "conflict": "conflict",
    "missing_query": "you do not say",
    "missing_listed": "the list does not say",
    "missing_both": "nobody says",
}
OUTCOMES = {"hit": "Hit", "clear": "Clear", "cannot_say": "Cannot say"}
BASES = {
    "publisher": "since {}",
    "first_seen": "first seen {}",
    "on_or_before": "on or before {}",
}


def spelled_out(name: str) -> str:
    """A property's name as words: ``birthDate`` is "birth date"."""
    return _CAPITAL.sub(lambda found: f" {found[0].lower()}", name)


@cache
def _templates() -> Environment:
    found = Environment(
        loader=PackageLoader("limen.server.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals.update(
        STATES=STATES, VERDICTS=VERDICTS, OUTCOMES=OUTCOMES, BASES=BASES, version=asset_version()
    )
    found.filters.update(country=country_name, number=lambda value: f"{value:,}", words=spelled_out)
    return found


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Draw a page."""
    state = state_of(request)
    served = state.engines.current
    coverage = served.coverage()
    values.setdefault("today", datetime.now(UTC).date().isoformat())
    html = (
        _templates()
        .get_template(template)
        .render(
            coverage=coverage,
            failing=[each for each in coverage if _fails(each)],
            snapshot=served.manifest,
            samples=[info.id for info in served.manifest.lists if info.sample],
            path=request.url.path,
            **values,
        )
    )
    return HTMLResponse(
        html,
        status,
        headers={"Cache-Control": "no-store", "Screening-Snapshot": served.manifest.id},
    )


def sign_in_page(told: str) -> HTMLResponse:
    """Ask for a key, and show nothing of what is served."""
    html = _templates().get_template("sign_in.html").render(told=told)
    return HTMLResponse(html, 401, headers={"Cache-Control": "no-store"})


def _fails(each: ListCoverage) -> bool:
    return each.state not in ("ok", "overridden")
