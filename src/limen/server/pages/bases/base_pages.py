"""Draw the customer bases of the home, and one of them with its file, columns and runs."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from limen.rescreening.bases.base import Base
from limen.rescreening.bases.base_format import REFUSED, BaseManifest, RefusedRow
from limen.rescreening.bases.base_home import base_folder, base_names, open_base
from limen.rescreening.run_record import RunRecord, last_run, read_lines, read_run, runs_folder
from limen.server.pages.view.templates import page
from limen.server.service.case_service import check_reader, with_cases
from limen.server.state import state_of

router = APIRouter()

#: Runs of a base on its page; the ones before are in its folder.
_RUNS = 50
#: Refused rows on a base's page; `limen base show` has all.
_REFUSED = 50


class DrawnBase(NamedTuple):
    """Represents a base: what its version is made of, and its last run, if there is one."""

    name: str
    manifest: BaseManifest
    last: RunRecord | None


@router.get("/bases")
async def bases_page(request: Request) -> HTMLResponse:
    """Draw every base of the home."""
    await with_cases(request, lambda cases: check_reader(request, cases))
    home = state_of(request).settings.home
    drawn = await asyncio.to_thread(lambda: [_drawn(home, name) for name in base_names(home)])
    return page(request, "bases/list.html", drawn=drawn)


@router.get("/bases/{name}")
async def base_page(request: Request, name: str) -> HTMLResponse:
    """Draw a base with its file, its columns, its refused rows and its runs."""
    await with_cases(request, lambda cases: check_reader(request, cases))
    home = state_of(request).settings.home
    base = await asyncio.to_thread(open_base, home, name)
    runs = await asyncio.to_thread(lambda: list(islice(_runs(base_folder(home, name)), _RUNS)))
    return page(
        request, "bases/base.html", name=name, manifest=base.manifest, runs=runs,
        refused=list(islice(_refused(base), _REFUSED)),
    )  # fmt: skip


def _drawn(home: Path, name: str) -> DrawnBase:
    runs = _runs(base_folder(home, name))
    return DrawnBase(name, open_base(home, name).manifest, next(runs, None))


def _runs(folder: Path) -> Iterator[RunRecord]:
    """Yield the runs of a base, the last first: each names the one before it."""
    run = last_run(folder)
    while run is not None:
        record = read_run(runs_folder(folder) / run)
        yield record
        run = record.before


def _refused(base: Base) -> Iterator[RefusedRow]:
    path = base.folder / REFUSED
    return read_lines(path, RefusedRow) if path.exists() else iter(())
