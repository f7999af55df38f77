"""The same ten faults for lists that are tables: rows of cells, with a heading or without.

A fault changes the text of one file; files that lack its columns stay as they are.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping

Rows = list[list[str]]
Fault = Callable[[str], str]

#: By format: the columns of the kind of record, a name, a programme, a number, and two that are
#: about equally full. Where a file has no heading, the numbers of the columns.
FIELDS: Mapping[str, tuple[str, str, str, str, str, str]] = {
    "us_csl_csv": ("type", "name", "programs", "ids", "name", "addresses"),
    "uk_ofsi_csv": ("Group Type", "Name 6", "Regime", "Passport Details", "Name 1", "Name 6"),
    "uk_fcdo_csv": (
        "Designation Type", "Name 6", "Regime Name", "Passport number", "Name 1", "Name 6"
    ),
    "eu_fsf_csv": (
        "Entity_SubjectType", "NameAlias_WholeName", "Entity_Regulation_Programme",
        "Identification_Number", "NameAlias_FirstName", "NameAlias_LastName",
    ),
    "eu_journal_csv": ("schema", "name", "programKey", "birthDate", "name", "reason"),
    "ftm_simple_csv": ("schema", "name", "program_ids", "identifiers", "name", "countries"),
    "ofac_legacy_csv": ("2", "1", "3", "11", "1", "3"),
}  # fmt: skip
_HEADLESS = ("ofac_legacy_csv",)
#: Files whose records are joined to those of the leading one.
_JOINED = ("alt", "add")
#: Columns that number the records whose rows follow one another.
_KEYS = {
    "eu_fsf_csv": "Entity_LogicalId",
    "uk_fcdo_csv": "Unique ID",
    "uk_ofsi_csv": "Group ID",
}
_SEMICOLONS = ("eu_fsf_csv",)
_DATE = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_SLASHED = re.compile(r"\b(\d\d)/(\d\d)/(\d{4})\b")
_DOTTED = re.compile(r"\b(\d\d)\.(\d\d)\.(\d{4})\b")
_WORDED = re.compile(r"\b(\d\d) ([A-Z][a-z]{2}) (\d{4})\b")


def part(layout: str, texts: Mapping[str, str], count: int) -> dict[str, str]:
    """Return the largest file with about so many records, and the rows joined to them."""
    if layout not in _HEADLESS:
        largest = max(texts, key=lambda role: len(texts[role]))
        head, rows = _parse(layout, texts[largest])
        at = head[-1].index(_KEYS.get(layout, FIELDS[layout][1]))
        keys = list(dict.fromkeys(row[at] for row in rows))
        chosen = set(keys[:: max(1, len(keys) // count)])
        return {largest: _write(layout, head, [row for row in rows if row[at] in chosen])}
    leading = _parse(layout, texts["sdn"])[1]
    few = [row for row in leading[:: max(1, len(leading) // count)] if len(row) > 1]
    ids = {row[0] for row in few}
    joined = {
        role: _write(layout, [], [row for row in _parse(layout, texts[role])[1] if row[0] in ids])
        for role in _JOINED
        if role in texts
    }
    return {"sdn": _write(layout, [], few), **joined}


def faults(layout: str) -> dict[str, Fault]:
    """Return the faults of a format by name."""
    kind, name, programme, number, one, two = FIELDS[layout]

    def on_cells(column: str, change: Callable[[str], str]) -> Fault:
        return lambda text: _on_cells(layout, text, column, change)

    return {
        "columns swapped": lambda text: _swapped(layout, text, one, two),
        "label renamed": lambda text: _renamed(layout, text, number, f"{number} new"),
        "record renamed": on_cells(kind, lambda value: f"{value}New" if value.strip() else value),
        "field emptied": on_cells(number, lambda _: "" if layout not in _HEADLESS else "-0- "),
        "half dropped": lambda text: _halved(layout, text),
        "names elsewhere": lambda text: _renamed(layout, text, name, "Remark"),
        "dates otherwise": lambda text: _other_dates(layout, text),
        "programme constant": on_cells(programme, lambda _: "X"),
        "numbers cut": on_cells(number, lambda value: value[:4]),
        "wrong encoding": lambda text: text.encode().decode("latin-1"),
    }


def _parse(layout: str, text: str) -> tuple[Rows, Rows]:
    """Return what is before the first record, its heading last, and the records."""
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(layout)))
    if layout in _HEADLESS:
        return [], rows
    name = FIELDS[layout][1]
    at = next(index for index, row in enumerate(rows) if name in row) + 1
    return rows[:at], rows[at:]


def _write(layout: str, head: Rows, rows: Rows) -> str:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=_separator(layout)).writerows(head + rows)
    return written.getvalue()


def _separator(layout: str) -> str:
    return ";" if layout in _SEMICOLONS else ","


def _on_cells(layout: str, text: str, column: str, change: Callable[[str], str]) -> str:
    if _is_joined(layout, text):
        return text
    head, rows = _parse(layout, text)
    at = head[-1].index(column) if head else int(column)
    for row in rows:
        row[at] = change(row[at])
    return _write(layout, head, rows)


def _swapped(layout: str, text: str, one: str, two: str) -> str:
    if _is_joined(layout, text):
        return text
    head, rows = _parse(layout, text)
    first, second = (head[-1].index(one), head[-1].index(two)) if head else (int(one), int(two))
    for row in rows:
        row[first], row[second] = row[second], row[first]
    return _write(layout, head, rows)


def _renamed(layout: str, text: str, column: str, new: str) -> str:
    """Rename a heading; where there is none, the labels in the remarks, or no name is left."""
    if layout in _HEADLESS:
        pattern = r"\b(Passport|DOB|POB|ID No\.)" if column != FIELDS[layout][1] else r"\b[A-Z]{4,}"
        return re.sub(pattern, r"New \1" if column != FIELDS[layout][1] else "", text)
    head, rows = _parse(layout, text)
    head[-1] = [new if cell == column else cell for cell in head[-1]]
    return _write(layout, head, rows)


def _halved(layout: str, text: str) -> str:
    if _is_joined(layout, text):
        return text
    head, rows = _parse(layout, text)
    return _write(layout, head, rows[: len(rows) // 2])


def _other_dates(layout: str, text: str) -> str:
    """Print every date of a record in another form; the head of the file keeps its own."""
    head, rows = _parse(layout, text)
    return _write(layout, head, [[_other_date(cell) for cell in row] for row in rows])


def _other_date(cell: str) -> str:
    if _DATE.search(cell):
        return _DATE.sub(r"\2/\3/\1", cell)
    cell = _DOTTED.sub(r"\2/\1/\3", _SLASHED.sub(r"\2/\1/\3", cell))
    return _WORDED.sub(r"\2. \1st, '\3", cell)


def _is_joined(layout: str, text: str) -> bool:
    """Return whether the file's rows only add to the records of another."""
    return layout in _HEADLESS and len(_parse(layout, text)[1][0]) < len(FIELDS[layout]) * 2
