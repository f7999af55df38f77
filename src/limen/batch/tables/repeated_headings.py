"""Read the cells under a heading that a table has more than once: together, with a warning.

Exports repeat a heading over the parts of a name, over a second address, or over the same column
twice. Every value is read; only a key and a kind, of which a party has one, may not differ. Of
names single words may be parts (``limen.batch.name_cells``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from limen.batch.columns.headings import ID, SCHEMA, target_of
from limen.model import DataError

#: What follows in the warning of a heading of names.
_OF_NAMES = (
    "; single words also as the parts of one name, and usual ones alone only as they are written"
)


class RepeatedCells(list[str]):
    """Represents what is different in the cells of a row under one heading of several columns."""


def warnings_of(headings: Sequence[str]) -> Iterator[str]:
    """Yield a warning for each heading that is there more than once."""
    columns: dict[str, list[int]] = {}
    for column, heading in enumerate(headings, start=1):
        columns.setdefault(heading, []).append(column)
    for heading, places in columns.items():
        if len(places) > 1:
            how = _OF_NAMES if target_of(heading) == "name" else ""
            yield (
                f"the heading {heading!r} is {len(places)} times there (columns "
                f"{', '.join(map(str, places))}): their cells are read together{how}"
            )


def joined_cells(headings: Sequence[str], cells: Sequence[str]) -> dict[str, str | RepeatedCells]:
    """Return the cells by heading; under one that is repeated all that are different."""
    values: dict[str, dict[str, None]] = {heading: {} for heading in headings}
    for heading, cell in zip(headings, cells, strict=True):
        if cell.strip():
            values[heading][cell] = None
    return {
        heading: RepeatedCells(found) if len(found) > 1 else next(iter(found), "")
        for heading, found in values.items()
    }


def contradiction(cells: Mapping[str, str | RepeatedCells], where: str) -> DataError | None:
    """Return the problem of a row with two keys or two kinds, of which a party has one."""
    for heading, cell in cells.items():
        if isinstance(cell, RepeatedCells) and target_of(heading) in (ID, SCHEMA):
            return DataError(
                f"{' and '.join(map(repr, cell))} under the heading {heading!r}, which is repeated",
                where=where,
                why="it would not be clear which of them is meant",
                hint="rename all but one",
            )
    return None
