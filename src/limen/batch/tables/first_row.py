"""Decide whether the first row of a table holds headings, by the whole row and what is below it.

A row taken for a heading is not screened, so that one word that could be a heading decides nothing:
``Bank`` and ``Company`` are headings in one file and values in the next.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from limen.batch.columns.contents import LEAST_NAME_LIKENESS, speaks_against
from limen.batch.columns.headings import DATES, ID, NAME_PARTS, NAME_WORDS, target_of
from limen.batch.columns.values import has_digit, is_date, is_name, name_likeness, share
from limen.model.countries import country_code
from limen.model.identifier_text import is_placeholder
from limen.model.identifiers import SCHEMES
from limen.model.schemata import NAME_PROPERTIES, properties

#: So many headings that the cells below bear out make a heading of a row, whatever else is in it.
_ENOUGH_HEADINGS = 2
#: So many numbers below a word contrast with it.
_FEW = 2
#: Of the cells below, the share that has to be what a heading means, to prove it one.
_LEAST_PROOF = 0.9


def is_header(
    first: Sequence[str], below: Sequence[Sequence[str]], *, named: Collection[str] = ()
) -> bool | None:
    """Return whether a row holds headings; ``None`` where that is not clear.

    Of a row without a word of headings that fits what is below it, it is clear enough: a heading
    that is screened as a row hides no one.

    Args:
        first: the cells of the row.
        below: some rows below it.
        named: columns that the user named, which are therefore headings.
    """
    if any(cell.strip() in named for cell in first):
        return True
    cells = [(cell.strip(), _column(at, below)) for at, cell in enumerate(first) if cell.strip()]
    headings = [cell for cell, values in cells if _is_heading(cell, values)]
    if len(headings) >= min(_ENOUGH_HEADINGS, len(cells)):
        return True
    if any(_proves(cell, values) for cell, values in cells if cell in headings):
        return True
    with_values = any(_is_value(cell, values) for cell, values in cells)
    if not any(map(has_digit, first)) and _contrasts(cells, with_values=with_values):
        return True
    if headings:
        return None if with_values else True
    return False if with_values and all(_fits(cell, values) for cell, values in cells) else None


def _contrasts(cells: Sequence[tuple[str, Sequence[str]]], *, with_values: bool) -> bool:
    """Return whether words are above columns of numbers: two of them, or one and a heading.

    A row that may be a party's contrasts with nothing: what is above names must say so.
    """
    if any(
        name_likeness(values) >= LEAST_NAME_LIKENESS and not _says_name(cell)
        for cell, values in cells
    ):
        return False
    above = [
        cell
        for cell, values in cells
        if len(values) >= _FEW
        and any(map(str.isalpha, cell))
        and not is_placeholder(cell)
        and share(values, has_digit) == 1.0
    ]
    if len(above) >= _ENOUGH_HEADINGS:
        return True
    return bool(above) and not with_values and any(target_of(cell) for cell, _ in cells)


def _says_name(cell: str) -> bool:
    """Return whether a cell is a heading, or has a word in it that says that it is one of names."""
    return bool(target_of(cell)) or not NAME_WORDS.isdisjoint(cell.casefold().split())


def _column(at: int, below: Sequence[Sequence[str]]) -> list[str]:
    return [row[at].strip() for row in below if at < len(row) and row[at].strip()]


def _is_heading(cell: str, values: Sequence[str]) -> bool:
    """Return whether a cell is a heading's word and the cells below are values under it."""
    target = target_of(cell)
    if target is None or cell.casefold() in {value.casefold() for value in values}:
        return False
    if values and share(values, target_of) >= 0.5:
        return False
    return target == ID or not speaks_against(target, values)


def _proves(heading: str, values: Sequence[str]) -> bool:
    """Return whether the cells below are what a heading means, and it is no such value itself."""
    target = target_of(heading) or ""
    if target in NAME_PROPERTIES or target in NAME_PARTS:
        return name_likeness(values) >= LEAST_NAME_LIKENESS
    if properties("Person").get(target) == "country":
        return share(values, country_code) >= _LEAST_PROOF
    if target in DATES:
        return share(values, is_date) >= _LEAST_PROOF
    return target in SCHEMES and share(values, has_digit) >= _LEAST_PROOF


def _fits(cell: str, values: Sequence[str]) -> bool:
    """Return whether a cell is no word of headings, or no letters where those below have none."""
    if any(map(str.isalpha, cell)):
        return target_of(cell) is None or cell in values
    return share(values, has_digit) >= _LEAST_PROOF


def _is_value(cell: str, values: Sequence[str]) -> bool:
    """Return whether a cell is rather a value: a date, a number, or a name in a column of names."""
    if is_date(cell) or not any(char.isalpha() for char in cell) or cell in values:
        return True
    return is_name(cell) and not target_of(cell) and name_likeness(values) >= LEAST_NAME_LIKENESS
