"""Select rows of a job's results: by outcome, by words, in file order or the best first."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from heapq import nlargest
from itertools import islice
from pathlib import Path
from typing import Literal

from limen.util.csv_text import csv_lines, plain_cell

Sort = Literal["", "score"]


@dataclass(frozen=True, slots=True)
class Selection:
    """Represents which rows of a file of results are selected.

    Attributes:
        show: an outcome, or all of them.
        words: words that the cells of the row contain, in any case.
        sort: ``"score"``, the highest first, or the order of the file.
        raw: whether the file has cells that spreadsheets would run.
    """

    show: str = ""
    words: str = ""
    sort: Sort = ""
    raw: bool = False


@dataclass(frozen=True, slots=True)
class ResultRow:
    """Represents a row of results and its place in the file, from 0."""

    number: int
    cells: Mapping[str, str]


def rows_of(path: Path, selection: Selection, start: int, count: int) -> list[ResultRow]:
    """Return selected rows from the ``start``-th on, at most ``count``."""
    selected = _selected(path, selection)
    if selection.sort == "score":
        selected = iter(nlargest(start + count, selected, key=_score))
    return list(islice(selected, start, start + count))


def lines_of(path: Path, selection: Selection) -> Iterator[bytes]:
    """Yield the selected rows as CSV, its headings first, cells as they are in the file."""
    with path.open(encoding="utf-8", newline="") as stream:
        headings = next(csv.reader(stream), [])
    yield csv_lines([headings], raw=True)
    for row in _selected(path, selection, plain=False):
        yield csv_lines([[row.cells.get(name, "") for name in headings]], raw=True)


def row_of(path: Path, number: int, *, raw: bool) -> ResultRow | None:
    """Return the row at a place of the file, if there is one."""
    return next(islice(_selected(path, Selection(raw=raw)), number, None), None)


def _selected(path: Path, selection: Selection, *, plain: bool = True) -> Iterator[ResultRow]:
    words = selection.words.casefold().split()
    with path.open(encoding="utf-8", newline="") as stream:
        for number, cells in enumerate(csv.DictReader(stream)):
            if selection.show and cells.get("limen_outcome") != selection.show:
                continue
            text = " ".join(str(cell) for cell in cells.values()).casefold() if words else ""
            if all(word in text for word in words):
                as_it_was = selection.raw or not plain
                yield ResultRow(number, cells if as_it_was else _plain(cells))


def _plain(cells: Mapping[str, str]) -> Mapping[str, str]:
    return {plain_cell(name): plain_cell(cell) for name, cell in cells.items()}


def _score(row: ResultRow) -> tuple[float, int]:
    """Return what sorts the highest score first, and equal ones in the order of the file."""
    try:
        return float(row.cells.get("limen_score") or 0.0), -row.number
    except ValueError:  # a column of the user's own has that name
        return 0.0, -row.number
