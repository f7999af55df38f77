"""Screen a file's rows in several processes, and return the results in the file's order."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice

from msgspec.structs import fields

from limen.batch.output.writers import Format, encoder_for
from limen.batch.row_party import Columns
from limen.batch.run import Portfolio, screen_portfolio
from limen.batch.screen_arguments import ScreenArguments
from limen.batch.tables.table import Row, Table
from limen.batch.tally import Group, Tally
from limen.engine import Engine, open_engine

#: Rows in one piece of work: enough that sending them costs little, few enough to show progress.
CHUNK = 128


@dataclass(frozen=True, slots=True)
class SharedWork:
    """Represents what every process needs to know once."""

    snapshot: str
    query: ScreenArguments
    format: Format
    name: str
    headings: tuple[str, ...]
    columns: Columns


@dataclass(slots=True)
class _ProcessState:
    """Represents what one process has open."""

    share: SharedWork
    engine: Engine


_process_state: list[_ProcessState] = []


def screen_rows(
    share: SharedWork, rows: Iterator[Row]
) -> Generator[tuple[bytes, Tally], None, None]:
    """Yield the rows' results as bytes with their counts, piece by piece, in order.

    Pieces are read ahead only as far as every processor stays busy.
    """
    first = list(islice(rows, CHUNK))
    rows = chain(first, rows)
    processes = 1 if len(first) < CHUNK else os.cpu_count() or 1
    with ProcessPoolExecutor(
        processes, multiprocessing.get_context("fork"), _begin, (share, os.getpid())
    ) as pool:
        waiting: deque[Future[tuple[bytes, Tally]]] = deque()
        try:
            while piece := list(islice(rows, CHUNK)):
                waiting.append(pool.submit(_piece, piece))
                if len(waiting) > 2 * processes:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


def add(tally: Tally, more: Tally) -> None:
    """Add one piece's counts to those of the file."""
    for field in fields(Tally):
        sums, counts = getattr(tally, field.name), getattr(more, field.name)
        if isinstance(sums, int):
            setattr(tally, field.name, sums + counts)
            continue
        for key, group in counts.items():
            total = sums.setdefault(key, Group(0, group.first, group.example))
            total.count += group.count


def _begin(share: SharedWork, parent: int) -> None:
    _process_state.append(_ProcessState(share, open_engine(share.snapshot)))
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    """End this process when the one that started it is gone."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _piece(rows: list[Row]) -> tuple[bytes, Tally]:
    (state,) = _process_state
    share = state.share
    table = Table(share.name, share.headings, iter(rows), lambda: (0, 0))
    encoder = encoder_for(share.format, share.headings)
    tally, out = Tally(), []
    for row in screen_portfolio(state.engine, Portfolio(table, share.columns), share.query):
        tally.add(row)
        out.append(encoder.row(row))
    return b"".join(out), tally
