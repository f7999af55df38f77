"""Draw the simulation: which parties of a portfolio would be hit if an event met its condition."""

from __future__ import annotations

import asyncio
import tempfile
from itertools import islice
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.datastructures import FormData, UploadFile

from limen.batch.portfolio import read_holdings
from limen.batch.tables.open_table import open_table
from limen.model import InputError, LimenError
from limen.server.http.form_fields import check_fields
from limen.server.http.problems import ProblemError, problem_of
from limen.server.pages.event import FOUNDING
from limen.server.pages.view.templates import page
from limen.server.state import state_of
from limen.server.v1.what_if import Supposition, supposed
from limen.simulation.holding import Holding

router = APIRouter()


@router.get("/what-if")
async def ask(request: Request) -> HTMLResponse:
    """Draw the form for an event, a day and a portfolio."""
    return _page(request, fields={"event": FOUNDING[1], "at": FOUNDING[2]})


_FIELDS = ("event", "at", "file", "names", "assume")


@router.post("/what-if")
async def answer(request: Request) -> HTMLResponse:
    """Simulate, and draw the result."""
    state = state_of(request)
    async with request.form(max_files=1, max_fields=20) as form:
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        try:
            check_fields(form.multi_items(), _FIELDS)
            holdings = await _holdings(form, state.settings.limits.lines)
            supposition = Supposition(
                at=fields.get("at", ""),
                event=fields.get("event") or None,
                reading=fields.get("reading") or None,
                assume=tuple(
                    line for line in fields.get("assume", "").splitlines() if line.strip()
                ),
            )
            result = await supposed(
                state.engines.current, supposition, holdings, state.settings.limits
            )
        except (LimenError, ProblemError) as error:
            problem = error if isinstance(error, ProblemError) else problem_of(error)
            return _page(request, fields=fields, error=problem)
    return _page(request, fields=fields, result=result)


def _page(
    request: Request, *, fields: dict[str, str], result: Any = None, error: Any = None
) -> HTMLResponse:
    law = state_of(request).engines.current.engine.regimes.law
    status = error.status if error else 200
    return page(
        request, "what_if.html", status=status, events=law.events, fields=fields, result=result,
        error=error,
    )  # fmt: skip


async def _holdings(form: FormData, most: int) -> list[Holding]:
    """Return the rows of the file, or the lines of the box.

    Raises:
        InputError: neither was given.
        LimenError: the file cannot be read.
    """
    upload = form.get("file")
    if isinstance(upload, UploadFile) and upload.filename:
        with tempfile.TemporaryDirectory(prefix="limen-") as folder:
            path = Path(folder) / "portfolio"
            path.write_bytes(await upload.read())
            return await asyncio.to_thread(_rows, path, most)
    lines = [line.strip() for line in str(form.get("names", "")).splitlines() if line.strip()]
    if not lines:
        raise InputError(
            "there is no portfolio", where="file", hint="choose a file, or write names"
        )
    if len(lines) > most:
        raise InputError(f"more than {most:,} names", where="names", hint="simulate fewer")
    return [
        Holding({"schema": "LegalEntity", "properties": {"name": [line]}}, label=line)
        for line in lines
    ]


def _rows(path: Path, most: int) -> list[Holding]:
    with open_table(str(path)) as table:
        holdings = list(islice(read_holdings(table), most + 1))
    if len(holdings) > most:
        raise InputError(f"more than {most:,} rows", where="file")
    return holdings
