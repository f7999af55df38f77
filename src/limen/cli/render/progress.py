"""Display how far a long run is, on stderr: rows, rate, time left, hits so far."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Literal, Protocol

from limen.cli.render.text import counted


class Tally(Protocol):
    """Represents the counts that a progress display needs."""

    @property
    def rows(self) -> int: ...
    @property
    def hit(self) -> int: ...


class Readable(Protocol):
    """Represents what is being read: how far the reading is, and how far it goes, or 0."""

    @property
    def position(self) -> Callable[[], tuple[int, int]]: ...


Kind = Literal["auto", "plain", "off"]
Advance = Callable[[], None]
_PLAIN_SECONDS = 5.0
_BAR_SECONDS = 0.1


@contextmanager
def progress(kind: Kind, tables: Sequence[Readable], tally: Tally) -> Iterator[Advance]:
    """Show how far the tables are read; call what comes out after each row."""
    if kind == "plain":
        yield _plain(tables, tally)
    elif kind == "auto" and sys.stderr.isatty():
        with _bar(tables, tally) as advance:
            yield advance
    else:
        yield lambda: None


def _done(tables: Sequence[Readable]) -> tuple[int, int]:
    places = [table.position() for table in tables]
    total = sum(size for _, size in places)
    known = all(size for _, size in places)
    return sum(done for done, _ in places), total if known else 0


def _plain(tables: Sequence[Readable], tally: Tally) -> Advance:
    started = last = time.monotonic()

    def advance() -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < _PLAIN_SECONDS:
            return
        last = now
        done, total = _done(tables)
        rate = tally.rows / (now - started)
        left = f", {(now - started) * (total - done) / done:,.0f} s left" if total and done else ""
        sys.stderr.write(
            f"{counted(tally.rows, 'row')}, {rate:,.0f} a second{left}, "
            f"{counted(tally.hit, 'hit')}\n"
        )

    return advance


@contextmanager
def _bar(tables: Sequence[Readable], tally: Tally) -> Iterator[Advance]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(file=sys.stderr, highlight=False)
    columns = (
        BarColumn(bar_width=None),
        TextColumn("{task.percentage:>3.0f}%"),
        TextColumn("{task.fields[rows]:,} rows"),
        TextColumn("{task.fields[rate]:,.0f}/s"),
        TimeRemainingColumn(compact=True),
        TextColumn("[red]{task.fields[hits]:,} hits"),
    )
    started = last = time.monotonic()
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=_done(tables)[1] or None, rows=0, rate=0.0, hits=0)

        def advance() -> None:
            nonlocal last
            now = time.monotonic()
            if now - last < _BAR_SECONDS:
                return
            last = now
            rate = tally.rows / (now - started)
            bar.update(task, completed=_done(tables)[0], rows=tally.rows, rate=rate, hits=tally.hit)

        yield advance
