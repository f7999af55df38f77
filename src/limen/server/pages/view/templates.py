"""Draw templates, with what every page has: the lists in service and their coverage."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache
from html import escape
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.filters import do_mark_safe

from limen.model.countries import country_name
from limen.render.coverage_sentences import STATES, fails, rests_on, since
from limen.server.access.permissions import user_of
from limen.server.http.problems import ProblemError
from limen.server.pages.view.assets import asset_version
from limen.server.pages.view.case_words import OUTCOMES_OF_ALERTS, STATES_OF_ALERTS, moment
from limen.server.state import state_of

_CAPITAL = re.compile(r"(?<!^)[A-Z]")
_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
VERDICTS = {
    "equal": "equal",
    "near": "near",
    "conflict": "conflict",
    "missing_query": "not in the query",
    "missing_listed": "not on the list",
    "missing_both": "in neither",
}
#: Pages whose forms are sent to their own address: it can be opened again after signing in.
_ACTING = ("/cases/", "/queue", "/good-guys")
OUTCOMES = {"hit": "Hit", "review": "Review", "cannot_say": "Cannot say", "clear": "Clear"}


def spelled_out(name: str) -> str:
    """Return a property's name as words: ``birthDate`` is "birth date"."""
    return _CAPITAL.sub(lambda found: f" {found[0].lower()}", name)


def dated(text: str) -> str:
    """Return a text in which no line breaks inside a date, as browsers do it at a hyphen."""
    return do_mark_safe(_DATE.sub(r"<time>\g<0></time>", escape(text)))


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("limen.server.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        STATES=STATES,
        VERDICTS=VERDICTS,
        OUTCOMES=OUTCOMES,
        since=lambda day, basis: dated(since(day, basis)),
        rests_on=rests_on,
        version=asset_version(),
        STATES_OF_ALERTS=STATES_OF_ALERTS,
        OUTCOMES_OF_ALERTS=OUTCOMES_OF_ALERTS,
    )
    environment.filters.update(
        country=country_name,
        number=lambda value: f"{value:,}",
        words=spelled_out,
        moment=moment,
        dated=dated,
    )
    return environment


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Draw a page."""
    state = state_of(request)
    served = state.engines.current
    coverage = served.coverage()
    values.setdefault("signed_in", user_of(request))
    now = datetime.now(UTC)
    values.setdefault("today", now.date().isoformat())
    html = (
        _templates()
        .get_template(template)
        .render(
            coverage=coverage,
            failing=[entry for entry in coverage if fails(entry)],
            snapshot=served.manifest,
            samples=[info.id for info in served.manifest.lists if info.sample],
            path=request.url.path,
            url=str(request.url.remove_query_params(["api_key", "token"])),
            drawn_at=f"{now:%Y-%m-%d %H:%M}",
            caller=getattr(request.state, "caller", ""),
            sign_in=state.cases.exists,
            **values,
        )
    )
    return HTMLResponse(
        html,
        status,
        headers={"Cache-Control": "no-store", "Screening-Snapshot": served.manifest.id},
    )


def refused_page(problem: ProblemError) -> HTMLResponse:
    """Draw why a request is refused, and nothing of the snapshot: the caller may not see lists."""
    html = _templates().get_template("refused.html").render(problem=problem)
    headers = {"Cache-Control": "no-store", **problem.headers}
    return HTMLResponse(html, problem.status, headers=headers)


def sign_in_page(
    request: Request, error: str = "", *, status: int = 401, then: str = "/"
) -> HTMLResponse:
    """Draw the form for a name and a password or a key, and nothing of the snapshot.

    Args:
        request: what was asked for; a page is opened after signing in.
        error: why it was refused.
        status: of the response.
        then: where to go after signing in, where the request itself is none that can be repeated.
    """
    path = request.url.path
    if request.method == "GET" and path != "/sign-in":
        then = path + (f"?{request.url.query}" if request.url.query else "")
    elif path.startswith(_ACTING):
        then = path
    html = _templates().get_template("sign_in.html").render(error=error, then=then)
    return HTMLResponse(html, status, headers={"Cache-Control": "no-store"})
