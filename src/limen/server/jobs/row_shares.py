"""SharedWork a file's rows out among processes, and take the results back in the file's order."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, fields
from itertools import chain, islice

from limen.batch.output.writers import Format, encoder_for
from limen.batch.row_party import Columns
from limen.batch.run import Portfolio, screen_portfolio
from limen.batch.screen_arguments import Asking
from limen.batch.tables.table import Row, Table
from limen.batch.tally import Group, Tally
from limen.engine import Engine, open_engine

#: Rows in one piece of work: enough to pay for compiled kernels, few enough to tell progress.
CHUNK = 512


@dataclass(frozen=True, slots=True)
class SharedWork:
    """What every process needs to know once."""

    snapshot: str
    asking: Asking
    format: Format
    name: str
    headings: tuple[str, ...]
    columns: Columns


@dataclass(slots=True)
class _ProcessState:
    """What one process has open."""

    share: SharedWork
    engine: Engine


_process_state: list[_ProcessState] = []


def screen_rows(
    share: SharedWork, rows: Iterator[Row]
) -> Generator[tuple[bytes, Tally], None, None]:
    """The rows' results as bytes with their counts, piece by piece, in order.

    Not all pieces are read ahead: as many as keep every processor busy.
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
        mine, theirs = getattr(tally, field.name), getattr(more, field.name)
        if isinstance(mine, int):
            setattr(tally, field.name, mine + theirs)
            continue
        for key, group in theirs.items():
            known = mine.setdefault(key, Group(0, group.first, group.example))
            known.count += group.count


def _begin(share: SharedWork, parent: int) -> None:
    _process_state.append(_ProcessState(share, open_engine(share.snapshot)))
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    """End when the process that shares out the work is gone."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _piece(rows: list[Row]) -> tuple[bytes, Tally]:
    (mine,) = _process_state
    share = mine.share
    table = Table(share.name, share.headings, iter(rows), lambda: (0, 0))
    encoder = encoder_for(share.format, share.headings)
    tally, out = Tally(), []
    for each in screen_portfolio(mine.engine, Portfolio(table, share.columns), share.asking):
        tally.add(each)
        out.append(encoder.row(each))
    return b"".join(out), tally
