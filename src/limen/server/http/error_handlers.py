"""Answer every error that an endpoint may raise with a problem document, or with a page of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from limen.model import LimenError
from limen.server.http.problems import (
    PROBLEM,
    ProblemError,
    field_error,
    problem_document,
    problem_of,
)

#: Draws a problem as a page; the pages give it, because they are built on this module.
ProblemPage = Callable[[Request, ProblemError], Response]


def problem_response(problem: ProblemError) -> Response:
    """Return a problem's document as a response."""
    return Response(
        msgspec.json.encode(problem_document(problem)),
        problem.status,
        headers=problem.headers,
        media_type=PROBLEM,
    )


def install(app: FastAPI, problem_page: ProblemPage) -> None:
    """Answer every error an endpoint may raise with a problem document.

    Args:
        app: the application.
        problem_page: draws the problem for a browser that accepts HTML.
    """
    app.add_exception_handler(ClientDisconnect, _gone)

    def respond(request: Request, problem: ProblemError) -> Response:
        if request.headers.get("accept", "").startswith("text/html"):
            return problem_page(request, problem)
        return problem_response(problem)

    @app.exception_handler(ProblemError)
    async def _problem(request: Request, error: ProblemError) -> Response:
        return respond(request, error)

    @app.exception_handler(LimenError)
    async def _limen(request: Request, error: LimenError) -> Response:
        return respond(request, problem_of(error))

    @app.exception_handler(RequestValidationError)
    async def _fields(request: Request, error: RequestValidationError) -> Response:
        return respond(request, _validation(error.errors()))

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> Response:
        if isinstance(error.__cause__, ProblemError):  # raised while a form was read
            return respond(request, error.__cause__)
        detail = "this address does not exist" if error.detail == "Not Found" else str(error.detail)
        return respond(request, ProblemError(error.status_code, detail, headers=error.headers))

    @app.exception_handler(Exception)
    async def _fault(request: Request, _: Exception) -> Response:
        fault = ProblemError(500, "this is a fault of Limen", hint="see the server's log")
        try:
            return respond(request, fault)
        except Exception:  # the page itself may be at fault
            return problem_response(fault)


async def _gone(_: Request, __: Exception) -> Response:
    """Return a response that is for the log and the metrics alone."""
    return Response(None, 499)


def _validation(errors: Sequence[Mapping[str, Any]]) -> ProblemError:
    fields = [
        {
            **field_error(".".join(str(step) for step in error["loc"][1:]), error["msg"], ""),
            "in": str(error["loc"][0]),
        }
        for error in errors
    ]
    first = fields[0]
    return ProblemError(422, f"{first['field']}: {first['message']}", members={"errors": fields})
