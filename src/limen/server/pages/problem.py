"""Draw a refused request as a page; ``limen.server.http.problems`` decides when."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from limen.server.http.problems import ProblemError
from limen.server.pages.view.templates import page, refused_page, sign_in_page

_ENDED = "You are signed out, so nothing was done. Sign in, and do it again."


def problem_page(request: Request, problem: ProblemError) -> Response:
    """Draw a problem as a page, ask for a key where one is missing.

    Pages show lists and their ages, so a caller without the right to them gets a page without.
    """
    if problem.status == 401:
        return sign_in_page(request, _ENDED if request.method == "POST" else "")
    if problem.status in (403, 429):
        return refused_page(problem)
    html = page(request, "problem.html", status=problem.status, problem=problem)
    html.headers.update(problem.headers)
    return html
